// The meta document of the mock: close to what the server derives from its .def files.
const L = (zh, en) => ({ zh, en })
const MAY = { read: true, create: true, update: true, delete: true, export: true, import: true, bulk: true }

/** flags: r required, o readonly, u unique, q search, s sort, f filter, l list, p pii, m multiline, c custom. */
export function field(name, zh, en, kind, block, flags = '', more = {}) {
  const has = (x) => flags.includes(x)
  return {
    name, label: L(zh, en), help: null, kind, block, required: has('r'), readonly: has('o'), unique: has('u'), search: has('q'),
    sort: has('s'), filter: has('f'), list: has('l'), pii: has('p'), custom: has('c'), multiline: has('m'), min: null, max: null,
    choices: null, ref: null, access: has('o') ? 'read' : 'write', ...more,
  }
}
export const choices = (list) => list.map(([name, zh, en]) => ({ name, label: L(zh, en) }))

const KINDS = [['person', '个人', 'Person'], ['business', '企业', 'Business']]
const STAGES = [['prospect', '潜在客户', 'Prospect'], ['customer', '客户', 'Customer']]
const GENDERS = [['male', '男', 'Male'], ['female', '女', 'Female'], ['other', '其他', 'Other']]
const INCOMES = [['low', '较低', 'Low'], ['lower_middle', '中低', 'Lower middle'], ['middle', '中等', 'Middle'], ['upper_middle', '中高', 'Upper middle'], ['high', '较高', 'High']]
const CREDITS = [['excellent', '优', 'Excellent'], ['good', '良', 'Good'], ['fair', '中', 'Fair'], ['poor', '差', 'Poor'], ['blocked', '禁止赊销', 'No credit']]
const SOURCES = [['order', '订单', 'Order'], ['import', '导入', 'Import'], ['site', '网站', 'Website'], ['chat', '在线咨询', 'Online chat'], ['referral', '老客介绍', 'Referral'], ['store', '门店', 'Store'], ['other', '其他', 'Other']]
const ORDER_STATES = [['unpaid', '待付款', 'Unpaid'], ['paid', '已付款', 'Paid'], ['shipped', '已发货', 'Shipped'], ['done', '已完成', 'Done'], ['closed', '已关闭', 'Closed']]
const REFUND_KINDS = [['refund', '仅退款', 'Refund'], ['return', '退货退款', 'Return'], ['cancellation', '取消', 'Cancellation'], ['exchange', '换货', 'Exchange']]
const REFUND_STATES = [['requested', '申请中', 'Requested'], ['done', '已完成', 'Done'], ['refused', '已拒绝', 'Refused']]
const PRODUCT_STATES = [['on_sale', '在售', 'On sale'], ['off_sale', '下架', 'Off sale']]
const IDENTITY_KINDS = [['account', '账号', 'Account'], ['nickname', '昵称', 'Nickname'], ['member', '会员号', 'Member number']]
const PLATFORMS = [['taobao', '淘宝/天猫', 'Taobao/Tmall'], ['jd', '京东', 'JD'], ['pinduoduo', '拼多多', 'Pinduoduo'], ['douyin', '抖音', 'Douyin'], ['youzan', '有赞', 'Youzan'], ['shopify', 'Shopify', 'Shopify'], ['offline', '线下门店', 'Offline store']]

export const systemFields = [
  field('version', '版本', 'Version', 'int', 'system', 'o'),
  field('created_at', '创建时间', 'Created', 'instant', 'system', 'osf'),
  field('updated_at', '修改时间', 'Changed', 'instant', 'system', 'osf'),
]
const customer = [
  field('id', '编号', 'No.', 'id', '', 'osf'),
  field('name', '姓名/名称', 'Name', 'text', 'basic', 'rqsflp', { max: 200 }),
  field('kind', '客户类型', 'Kind', 'choice', 'basic', 'sfl', { choices: choices(KINDS) }),
  field('stage', '阶段', 'Stage', 'choice', 'basic', 'sfl', { help: L('下过有效订单后自动成为客户', "Becomes a customer with the first paid order"), choices: choices(STAGES) }),
  field('gender', '性别', 'Gender', 'choice', 'basic', 'sf', { choices: choices(GENDERS) }),
  field('birthday', '生日', 'Birthday', 'day', 'basic', 'sfp'),
  field('age', '年龄', 'Age', 'int', 'basic', 'sf', { help: L('不知道生日时填写', "When the birthday is not known"), max: 150 }),
  field('occupation', '职业', 'Occupation', 'text', 'basic', 'sf', { max: 100 }),
  field('income', '收入水平', 'Income', 'choice', 'basic', 'sf', { choices: choices(INCOMES) }),
  field('id_number', '身份证号', 'Identity number', 'text', 'basic', 'fp', { max: 18 }),
  field('company', '单位', 'Company', 'text', 'basic', 'qsf', { max: 200 }),
  field('phone', '手机/电话', 'Phone', 'text', 'contact', 'qflp', { max: 40 }),
  field('email', '电子邮箱', 'E-mail', 'text', 'contact', 'qflp', { max: 254 }),
  field('wechat', '微信', 'WeChat', 'text', 'contact', 'fp', { max: 64 }),
  field('country', '国家/地区', 'Country', 'text', 'contact', 'sf', { max: 100 }),
  field('province', '省', 'Province', 'text', 'contact', 'sf', { max: 50 }),
  field('city', '市', 'City', 'text', 'contact', 'sfl', { max: 100 }),
  field('district', '区县', 'District', 'text', 'contact', 'sf', { max: 100 }),
  field('street', '详细地址', 'Street address', 'text', 'contact', 'p', { max: 500 }),
  field('postcode', '邮编', 'Postcode', 'text', 'contact', 'f', { max: 20 }),
  field('tax_number', '税号', 'Tax number', 'text', 'business', 'f', { max: 30 }),
  field('industry', '行业', 'Industry', 'text', 'business', 'sf', { max: 100 }),
  field('employees', '员工人数', 'Employees', 'int', 'business', 'sf'),
  field('website', '网站', 'Website', 'text', 'business', '', { max: 300 }),
  field('operation', '经营情况', 'Operating situation', 'text', 'business', 'm', { max: 2000 }),
  field('credit_level', '信用等级', 'Credit standing', 'choice', 'credit', 'sf', { choices: choices(CREDITS) }),
  field('credit_limit', '信用额度', 'Credit limit', 'money', 'credit', 'sf'),
  field('credit_checked', '资信调查日期', 'Credit checked on', 'day', 'credit', 'sf'),
  field('credit_note', '资信说明', 'Credit note', 'text', 'credit', 'm', { max: 2000 }),
  field('needs', '需求', 'Needs', 'text', 'need', 'fm', { max: 2000 }),
  field('motive', '购买动机', 'Purchase motive', 'text', 'need', 'fm', { max: 1000 }),
  field('habits', '购买习惯', 'Purchase habits', 'text', 'need', 'fm', { max: 1000 }),
  field('preferences', '偏好', 'Preferences', 'text', 'need', 'fm', { max: 1000 }),
  field('note', '备注', 'Note', 'text', 'basic', 'm', { max: 5000 }),
  field('source', '来源渠道', 'Source', 'choice', 'source', 'sfl', { choices: choices(SOURCES) }),
  field('source_note', '来源说明', 'Source note', 'text', 'source', 'f', { max: 300 }),
  field('collected_at', '采集时间', 'Collected', 'instant', 'source', 'sf'),
  field('collector_id', '采集人', 'Collector', 'id', 'source', 'f', { ref: 'user' }),
  field('owner_id', '负责人', 'Owner', 'id', 'source', 'sfl', { ref: 'user' }),
  field('department_id', '部门', 'Department', 'id', 'source', 'sf', { ref: 'department' }),
  field('order_count', '订单数', 'Orders', 'int', 'transaction', 'osfl'),
  field('total_amount', '消费总额', 'Total amount', 'money', 'transaction', 'osf'),
  field('refund_amount', '退款总额', 'Refunded', 'money', 'transaction', 'osf'),
  field('net_amount', '净消费额', 'Net amount', 'money', 'transaction', 'osfl'),
  field('average_amount', '客单价', 'Average order value', 'money', 'transaction', 'osf'),
  field('item_count', '购买件数', 'Items', 'decimal', 'transaction', 'osf'),
  field('refund_count', '退款次数', 'Refunds', 'int', 'transaction', 'osf'),
  field('first_order_at', '首次下单', 'First order', 'instant', 'transaction', 'osf'),
  field('last_order_at', '最近下单', 'Last order', 'instant', 'transaction', 'osfl'),
  field('last_product_id', '最近购买商品', 'Last product', 'id', 'transaction', 'of', { ref: 'product' }),
  field('gap_mean', '平均购买间隔(天)', 'Mean purchase gap (days)', 'decimal', 'transaction', 'osf'),
  field('gap_median', '购买间隔中位数(天)', 'Median purchase gap (days)', 'decimal', 'transaction', 'osf'),
  field('custom.size', '衣服尺码', 'Clothing size', 'choice', 'custom', 'fc', { choices: choices([['s', 'S', 'S'], ['m', 'M', 'M'], ['l', 'L', 'L']]) }),
  ...systemFields,
]
const contact = [
  field('id', '编号', 'No.', 'id', '', 'of'),
  field('customer_id', '客户', 'Customer', 'id', 'basic', 'rfl', { ref: 'customer' }),
  field('name', '姓名', 'Name', 'text', 'basic', 'rqsflp', { max: 100 }),
  field('position', '职务', 'Position', 'text', 'basic', 'sfl', { max: 100 }),
  field('phone', '电话', 'Phone', 'text', 'basic', 'qflp', { max: 40 }),
  field('email', '电子邮箱', 'E-mail', 'text', 'basic', 'qflp', { max: 254 }),
  field('wechat', '微信', 'WeChat', 'text', 'basic', 'fp', { max: 64 }),
  field('birthday', '生日', 'Birthday', 'day', 'basic', 'sfp'),
  field('is_primary', '主要联系人', 'Primary', 'bool', 'basic', 'fl'),
  field('note', '备注', 'Note', 'text', 'basic', 'm', { max: 2000 }),
  ...systemFields,
]
const address = [
  field('id', '编号', 'No.', 'id', '', 'of'),
  field('customer_id', '客户', 'Customer', 'id', 'basic', 'rfl', { ref: 'customer' }),
  field('receiver', '收货人', 'Receiver', 'text', 'basic', 'flp', { max: 100 }),
  field('phone', '电话', 'Phone', 'text', 'basic', 'qflp', { max: 40 }),
  field('country', '国家/地区', 'Country', 'text', 'basic', 'sf', { max: 100 }),
  field('province', '省', 'Province', 'text', 'basic', 'sfl', { max: 50 }),
  field('city', '市', 'City', 'text', 'basic', 'sfl', { max: 100 }),
  field('district', '区县', 'District', 'text', 'basic', 'sf', { max: 100 }),
  field('street', '详细地址', 'Street address', 'text', 'basic', 'lp', { max: 500 }),
  field('postcode', '邮编', 'Postcode', 'text', 'basic', 'f', { max: 20 }),
  field('is_default', '默认地址', 'Default', 'bool', 'basic', 'fl'),
  ...systemFields,
]
const identity = [
  field('id', '编号', 'No.', 'id', '', 'of'),
  field('customer_id', '客户', 'Customer', 'id', 'basic', 'rfl', { ref: 'customer' }),
  field('shop_id', '店铺', 'Shop', 'id', 'basic', 'rfl', { ref: 'shop' }),
  field('kind', '类型', 'Kind', 'choice', 'basic', 'fl', { choices: choices(IDENTITY_KINDS) }),
  field('value', '平台账号', 'Account', 'text', 'basic', 'rusfl', { max: 200 }),
  ...systemFields,
]
const order = [
  field('id', '编号', 'No.', 'id', '', 'osf'),
  field('shop_id', '店铺', 'Shop', 'id', 'basic', 'rsfl', { ref: 'shop' }),
  field('number', '订单号', 'Order number', 'text', 'basic', 'ruqsfl', { max: 100 }),
  field('state', '状态', 'State', 'choice', 'basic', 'rsfl', { choices: choices(ORDER_STATES) }),
  field('customer_id', '客户', 'Customer', 'id', 'basic', 'sfl', { ref: 'customer' }),
  field('buyer', '买家账号', 'Buyer account', 'text', 'basic', 'sf', { max: 200 }),
  field('ordered_at', '下单时间', 'Ordered', 'instant', 'basic', 'rsfl'),
  field('paid_at', '付款时间', 'Paid', 'instant', 'basic', 'sf'),
  field('shipped_at', '发货时间', 'Shipped', 'instant', 'basic', 'sf'),
  field('done_at', '完成时间', 'Done', 'instant', 'basic', 'sf'),
  field('closed_at', '关闭时间', 'Closed', 'instant', 'basic', 'sf'),
  field('currency', '币种', 'Currency', 'text', 'amount', 'f', { max: 3 }),
  field('goods_amount', '商品金额', 'Goods', 'money', 'amount', 'sf'),
  field('discount', '优惠', 'Discount', 'money', 'amount', 'sf'),
  field('freight', '运费', 'Freight', 'money', 'amount', 'sf'),
  field('tax', '税额', 'Tax', 'money', 'amount', 'sf'),
  field('total_amount', '应付金额', 'Total', 'money', 'amount', 'sf'),
  field('paid_amount', '实付金额', 'Paid amount', 'money', 'amount', 'sfl'),
  field('refund_amount', '退款金额', 'Refunded', 'money', 'amount', 'osfl'),
  field('item_count', '件数', 'Items', 'decimal', 'amount', 'osf'),
  field('line_count', '明细数', 'Lines', 'int', 'amount', 'osf'),
  field('receiver', '收货人', 'Receiver', 'text', 'delivery', 'fp', { max: 100 }),
  field('phone', '收货电话', 'Receiver\'s phone', 'text', 'delivery', 'qfp', { max: 40 }),
  field('country', '国家/地区', 'Country', 'text', 'delivery', 'sf', { max: 100 }),
  field('province', '省', 'Province', 'text', 'delivery', 'sf', { max: 50 }),
  field('city', '市', 'City', 'text', 'delivery', 'sf', { max: 100 }),
  field('district', '区县', 'District', 'text', 'delivery', 'f', { max: 100 }),
  field('street', '详细地址', 'Street address', 'text', 'delivery', 'p', { max: 500 }),
  field('postcode', '邮编', 'Postcode', 'text', 'delivery', '', { max: 20 }),
  field('carrier', '物流公司', 'Carrier', 'text', 'delivery', 'f', { max: 100 }),
  field('tracking', '物流单号', 'Tracking number', 'text', 'delivery', 'f', { max: 100 }),
  field('payment_method', '付款方式', 'Payment method', 'text', 'basic', 'sf', { max: 100 }),
  field('unpaid_reason', '未付款/关闭原因', 'Reason unpaid or closed', 'text', 'basic', 'f', { max: 300 }),
  field('channel', '下单渠道', 'Channel', 'text', 'basic', 'sf', { max: 100 }),
  field('buyer_note', '买家留言', 'Buyer\'s note', 'text', 'basic', 'm', { max: 2000 }),
  field('seller_note', '卖家备注', 'Seller\'s note', 'text', 'basic', 'm', { max: 2000 }),
  field('import_id', '导入批次', 'Import', 'id', 'system', 'of'),
  ...systemFields,
]
const refund = [
  field('id', '编号', 'No.', 'id', '', 'osf'),
  field('shop_id', '店铺', 'Shop', 'id', 'basic', 'rsfl', { ref: 'shop' }),
  field('number', '退款单号', 'Number', 'text', 'basic', 'ruqsfl', { max: 100 }),
  field('kind', '类型', 'Kind', 'choice', 'basic', 'rsfl', { choices: choices(REFUND_KINDS) }),
  field('state', '状态', 'State', 'choice', 'basic', 'sfl', { choices: choices(REFUND_STATES) }),
  field('order_id', '订单', 'Order', 'id', 'basic', 'fl', { ref: 'order' }),
  field('customer_id', '客户', 'Customer', 'id', 'basic', 'sfl', { ref: 'customer' }),
  field('amount', '退款金额', 'Amount', 'money', 'basic', 'rsfl'),
  field('item_count', '件数', 'Items', 'decimal', 'basic', 'sf'),
  field('line_count', '明细数', 'Lines', 'int', 'basic', 'osf'),
  field('reason', '原因', 'Reason', 'text', 'basic', 'fl', { max: 500 }),
  field('refunded_at', '退款时间', 'Refunded', 'instant', 'basic', 'rsfl'),
  field('import_id', '导入批次', 'Import', 'id', 'system', 'of'),
  ...systemFields,
]
const product = [
  field('id', '编号', 'No.', 'id', '', 'of'),
  field('name', '商品名称', 'Product', 'text', 'basic', 'rqsfl', { max: 300 }),
  field('sku', '商家编码', 'SKU', 'text', 'basic', 'uqsfl', { max: 100 }),
  field('category_id', '类目', 'Category', 'id', 'basic', 'sfl', { ref: 'category' }),
  field('brand', '品牌', 'Brand', 'text', 'basic', 'sfl', { max: 100 }),
  field('spec', '规格', 'Specification', 'text', 'basic', 'f', { max: 300 }),
  field('unit', '单位', 'Unit', 'text', 'basic', '', { max: 20 }),
  field('price', '售价', 'Price', 'money', 'transaction', 'sfl'),
  field('cost', '成本', 'Cost', 'money', 'transaction', 'sf'),
  field('origin', '产地', 'Origin', 'text', 'basic', 'sf', { max: 100 }),
  field('barcode', '条码', 'Barcode', 'text', 'basic', 'qf', { help: L('EAN-8、EAN-13、UPC-A 或 GTIN-14，带校验位', "EAN-8, EAN-13, UPC-A or GTIN-14 with its check digit"), max: 14 }),
  field('stock', '库存', 'Stock', 'int', 'transaction', 'sf'),
  field('state', '状态', 'State', 'choice', 'basic', 'sfl', { choices: choices(PRODUCT_STATES) }),
  field('pictures', '图片', 'Pictures', 'json', 'basic', '', { help: L('图片文件编号的列表', "List of file numbers") }),
  field('description', '描述', 'Description', 'text', 'basic', 'm', { max: 5000 }),
  ...systemFields,
]
const category = [
  field('id', '编号', 'No.', 'id', '', 'of'),
  field('name', '类目', 'Category', 'text', 'basic', 'rqsfl', { max: 100 }),
  field('parent_id', '上级类目', 'Above', 'id', 'basic', 'fl', { ref: 'category' }),
  field('position', '排序', 'Position', 'int', 'basic', 's'),
  ...systemFields,
]
const shop = [
  field('id', '编号', 'No.', 'id', '', 'of'),
  field('name', '店铺名称', 'Shop', 'text', 'basic', 'rqsfl', { max: 200 }),
  field('platform', '平台', 'Platform', 'choice', 'basic', 'rsfl', { choices: choices(PLATFORMS) }),
  field('external_id', '平台店铺编号', 'Shop id at the platform', 'text', 'basic', 'f', { max: 64 }),
  field('currency', '币种', 'Currency', 'text', 'basic', 'fl', { max: 3 }),
  field('url', '网址', 'Address on the web', 'text', 'basic', '', { max: 500 }),
  field('closed', '已停用', 'Closed', 'bool', 'basic', 'f'),
  field('note', '备注', 'Note', 'text', 'basic', 'm', { max: 2000 }),
  ...systemFields,
]

export const entity = (name, path, zh, en, plural, fields, title = 'name') => ({ name, path, label: L(zh, en), plural: L(...plural), may: MAY, title, fields })
export const entities = [
  entity('customer', 'customers', '客户', 'customer', ['客户', 'Customers'], customer),
  entity('contact', 'contacts', '联系人', 'contact', ['联系人', 'Contacts'], contact),
  entity('address', 'addresses', '地址', 'address', ['地址', 'Addresses'], address, 'street'),
  entity('identity', 'identities', '平台账号', 'account', ['平台账号', 'Accounts'], identity, 'value'),
  entity('order', 'orders', '订单', 'order', ['订单', 'Orders'], order, 'number'),
  entity('refund', 'refunds', '退款', 'refund', ['退款', 'Refunds'], refund, 'number'),
  entity('product', 'products', '商品', 'product', ['商品', 'Products'], product),
  entity('category', 'categories', '类目', 'category', ['类目', 'Categories'], category),
  entity('shop', 'shops', '店铺', 'shop', ['店铺', 'Shops'], shop),
]
