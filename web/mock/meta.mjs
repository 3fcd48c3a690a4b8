// The meta document of the mock: close to what the server derives from its .def files.
const L = (zh, en) => ({ zh, en })
const MAY = { read: true, create: true, update: true, delete: true, export: true, import: true, bulk: true }

/** flags: r required, o readonly, u unique, q search, s sort, f filter, l list, p pii, m multiline, c custom. */
function field(name, zh, en, kind, block, flags = '', more = {}) {
  const has = (x) => flags.includes(x)
  return {
    name, label: L(zh, en), help: null, kind, block, required: has('r'), readonly: has('o'), unique: has('u'), search: has('q'),
    sort: has('s'), filter: has('f'), list: has('l'), pii: has('p'), custom: has('c'), multiline: has('m'), min: null, max: null,
    choices: null, ref: null, access: has('o') ? 'read' : has('k') ? 'masked' : 'write', ...more,
  }
}
const choices = (...list) => ({ choices: list.map(([name, zh, en]) => ({ name, label: L(zh, en) })) })

export const LIFECYCLE = [['prospect', '潜在', 'Prospect'], ['new', '新客', 'New'], ['active', '活跃', 'Active'], ['loyal', '忠诚', 'Loyal'], ['at_risk', '流失风险', 'At risk'], ['churned', '已流失', 'Churned']]
export const GENDERS = [['male', '男', 'Male'], ['female', '女', 'Female'], ['unknown', '未知', 'Unknown']]
export const PLATFORMS = [['taobao', '淘宝/天猫', 'Taobao/Tmall'], ['jd', '京东', 'JD'], ['pdd', '拼多多', 'Pinduoduo'], ['douyin', '抖音', 'Douyin'], ['youzan', '有赞', 'Youzan'], ['shopify', 'Shopify', 'Shopify']]
export const ORDER_STATES = [['unpaid', '待付款', 'Unpaid'], ['paid', '已付款', 'Paid'], ['shipped', '已发货', 'Shipped'], ['completed', '已完成', 'Completed'], ['closed', '已关闭', 'Closed'], ['refunded', '已退款', 'Refunded']]

const systemFields = [
  field('created_at', '创建时间', 'Created', 'instant', 'system', 'osf'),
  field('updated_at', '更新时间', 'Updated', 'instant', 'system', 'osf'),
]
const customer = [
  field('name', '姓名', 'Name', 'text', 'basic', 'rqsfl', { max: 80 }),
  field('gender', '性别', 'Gender', 'choice', 'basic', 'sf', choices(...GENDERS)),
  field('birthday', '生日', 'Birthday', 'day', 'basic', 'sfp'),
  field('occupation', '职业', 'Occupation', 'text', 'basic', 'f', { max: 60 }),
  field('company', '单位', 'Company', 'text', 'basic', 'qf', { max: 120 }),
  field('owner_id', '负责人', 'Owner', 'id', 'basic', 'sfl', { ref: 'user' }),
  field('lifecycle', '生命周期', 'Life cycle', 'choice', 'class', 'sflo', choices(...LIFECYCLE)),
  field('phone', '手机', 'Phone', 'text', 'contact', 'qfplu', { help: L('中国大陆号码可不写 +86', 'Mainland numbers need no +86'), max: 20 }),
  field('email', '邮箱', 'E-mail', 'text', 'contact', 'qfp', { max: 120 }),
  field('province', '省份', 'Province', 'text', 'contact', 'sf'),
  field('city', '城市', 'City', 'text', 'contact', 'sfl'),
  field('address', '地址', 'Address', 'text', 'contact', 'pm', { max: 240 }),
  field('need', '需求', 'Needs', 'text', 'need', 'm'),
  field('preference', '偏好', 'Preferences', 'text', 'need', 'm'),
  field('order_count', '订单数', 'Orders', 'int', 'transaction', 'osfl'),
  field('paid_amount', '实付金额', 'Paid', 'money', 'transaction', 'osf'),
  field('refund_amount', '退款金额', 'Refunded', 'money', 'transaction', 'osf'),
  field('net_amount', '净消费', 'Net spend', 'money', 'transaction', 'osfl'),
  field('average_amount', '客单价', 'Average order', 'money', 'transaction', 'osf'),
  field('first_order_at', '首次下单', 'First order', 'instant', 'transaction', 'osf'),
  field('last_order_at', '最近下单', 'Last order', 'instant', 'transaction', 'osfl'),
  field('credit_level', '信用等级', 'Credit level', 'choice', 'credit', 'sf', choices(['a', 'A', 'A'], ['b', 'B', 'B'], ['c', 'C', 'C'])),
  field('source', '来源', 'Source', 'choice', 'source', 'sf', choices(...PLATFORMS, ['offline', '线下', 'Offline'])),
  field('custom.size', '衣服尺码', 'Clothing size', 'choice', 'custom', 'fc', choices(['s', 'S', 'S'], ['m', 'M', 'M'], ['l', 'L', 'L'])),
  field('note', '备注', 'Note', 'text', 'basic', 'm'),
  ...systemFields,
]
const order = [
  field('number', '订单号', 'Number', 'text', 'basic', 'ruqsfl'),
  field('customer_id', '客户', 'Customer', 'id', 'basic', 'sfl', { ref: 'customer' }),
  field('shop_id', '店铺', 'Shop', 'id', 'basic', 'sfl', { ref: 'shop' }),
  field('state', '状态', 'State', 'choice', 'basic', 'sfl', choices(...ORDER_STATES)),
  field('ordered_at', '下单时间', 'Ordered', 'instant', 'basic', 'sfl'),
  field('paid_at', '付款时间', 'Paid at', 'instant', 'basic', 'sf'),
  field('shipped_at', '发货时间', 'Shipped at', 'instant', 'shipping', 'sf'),
  field('completed_at', '完成时间', 'Completed at', 'instant', 'shipping', 'sf'),
  field('goods_amount', '商品金额', 'Goods', 'money', 'amount', 'sf'),
  field('discount_amount', '优惠', 'Discount', 'money', 'amount', 'sf'),
  field('freight_amount', '运费', 'Freight', 'money', 'amount', 'sf'),
  field('paid_amount', '实付金额', 'Paid', 'money', 'amount', 'sfl'),
  field('refund_amount', '退款金额', 'Refunded', 'money', 'amount', 'osfl'),
  field('currency', '币种', 'Currency', 'text', 'amount', 'f'),
  field('receiver', '收货人', 'Receiver', 'text', 'receiver', 'qp'),
  field('receiver_phone', '收货电话', 'Receiver phone', 'text', 'receiver', 'p'),
  field('receiver_province', '收货省份', 'Province', 'text', 'receiver', 'f'),
  field('receiver_city', '收货城市', 'City', 'text', 'receiver', 'f'),
  field('receiver_address', '收货地址', 'Address', 'text', 'receiver', 'pm'),
  field('note', '备注', 'Note', 'text', 'basic', 'm'),
  ...systemFields,
]
const product = [
  field('name', '商品名称', 'Name', 'text', 'basic', 'rqsfl', { max: 200 }),
  field('sku', '编码', 'SKU', 'text', 'basic', 'uqsfl', { max: 60 }),
  field('category_id', '分类', 'Category', 'id', 'basic', 'sfl', { ref: 'category' }),
  field('brand', '品牌', 'Brand', 'text', 'basic', 'sfl'),
  field('price', '售价', 'Price', 'money', 'amount', 'sfl'),
  field('cost', '成本', 'Cost', 'money', 'amount', 'sf'),
  field('on_sale', '在售', 'On sale', 'bool', 'basic', 'sfl'),
  field('sold_quantity', '销量', 'Sold', 'int', 'transaction', 'osfl'),
  field('sold_amount', '销售额', 'Sales', 'money', 'transaction', 'osfl'),
  field('description', '说明', 'Description', 'text', 'basic', 'm'),
  ...systemFields,
]
const shop = [
  field('name', '店铺名称', 'Name', 'text', 'basic', 'rqsfl'),
  field('platform', '平台', 'Platform', 'choice', 'basic', 'rsfl', choices(...PLATFORMS)),
  field('currency', '币种', 'Currency', 'text', 'basic', 'fl'),
  field('order_count', '订单数', 'Orders', 'int', 'transaction', 'osfl'),
  field('net_amount', '净销售额', 'Net sales', 'money', 'transaction', 'osfl'),
  field('last_order_at', '最近订单', 'Last order', 'instant', 'transaction', 'osfl'),
  field('active', '启用', 'Active', 'bool', 'basic', 'sfl'),
  field('note', '备注', 'Note', 'text', 'basic', 'm'),
]
const contact = [
  field('name', '姓名', 'Name', 'text', 'basic', 'rqsfl'), field('customer_id', '客户', 'Customer', 'id', 'basic', 'rsf', { ref: 'customer' }),
  field('title', '职务', 'Title', 'text', 'basic', 'fl'), field('phone', '手机', 'Phone', 'text', 'contact', 'pl'), field('email', '邮箱', 'E-mail', 'text', 'contact', 'pl'),
]
const address = [
  field('receiver', '收货人', 'Receiver', 'text', 'basic', 'rqsflp'), field('customer_id', '客户', 'Customer', 'id', 'basic', 'rsf', { ref: 'customer' }),
  field('phone', '电话', 'Phone', 'text', 'basic', 'pl'), field('province', '省份', 'Province', 'text', 'basic', 'l'), field('city', '城市', 'City', 'text', 'basic', 'l'),
  field('street', '详细地址', 'Street', 'text', 'basic', 'plm'), field('is_default', '默认', 'Default', 'bool', 'basic', 'l'),
]
const identity = [
  field('platform', '平台', 'Platform', 'choice', 'basic', 'rsfl', choices(...PLATFORMS)), field('customer_id', '客户', 'Customer', 'id', 'basic', 'rsf', { ref: 'customer' }),
  field('account', '账号', 'Account', 'text', 'basic', 'rqsflp'),
]
const category = [field('name', '分类名称', 'Name', 'text', 'basic', 'rqsfl'), field('parent_id', '上级分类', 'Parent', 'id', 'basic', 'f', { ref: 'category' })]
const refund = [
  field('number', '退款单号', 'Number', 'text', 'basic', 'rqsfl'), field('order_id', '订单', 'Order', 'id', 'basic', 'sf', { ref: 'order' }),
  field('amount', '退款金额', 'Amount', 'money', 'amount', 'sfl'), field('refunded_at', '退款时间', 'Refunded at', 'instant', 'basic', 'sfl'), field('reason', '原因', 'Reason', 'text', 'basic', 'fl'),
]
const user = [field('name', '姓名', 'Name', 'text', 'basic', 'rqsfl'), field('username', '用户名', 'User name', 'text', 'basic', 'rusfl')]

const entity = (name, path, zh, en, plural, fields, title = 'name') => ({
  name, path, label: L(zh, en), plural: L(...plural), may: MAY, title, fields,
})
export const entities = [
  entity('customer', 'customers', '客户', 'customer', ['客户', 'Customers'], customer),
  entity('contact', 'contacts', '联系人', 'contact', ['联系人', 'Contacts'], contact),
  entity('address', 'addresses', '地址', 'address', ['地址', 'Addresses'], address, 'receiver'),
  entity('identity', 'identities', '平台账号', 'identity', ['平台账号', 'Identities'], identity, 'account'),
  entity('order', 'orders', '订单', 'order', ['订单', 'Orders'], order, 'number'),
  entity('refund', 'refunds', '退款', 'refund', ['退款', 'Refunds'], refund, 'number'),
  entity('product', 'products', '商品', 'product', ['商品', 'Products'], product),
  entity('category', 'categories', '分类', 'category', ['分类', 'Categories'], category),
  entity('shop', 'shops', '店铺', 'shop', ['店铺', 'Shops'], shop),
  entity('user', 'users', '用户', 'user', ['用户', 'Users'], user),
]
export const permissions = entities.flatMap((e) =>
  Object.keys(MAY).map((act) => ({ name: `${e.name}.${act}`, label: L(`${e.label.zh} ${act}`, `${act} ${e.plural.en}`), group: e.name })),
)
