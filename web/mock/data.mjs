// Made-up people and orders, the same on every start.
let seed = 20260115
export function random() {
  seed = (seed * 1664525 + 1013904223) >>> 0
  return seed / 2 ** 32
}
const pick = (list) => list[Math.floor(random() * list.length)]
const between = (a, b) => a + Math.floor(random() * (b - a + 1))
const cents = (n) => (Math.round(n * 100) / 100).toFixed(2)
const NOW = Date.now()
const DAY = 86400e3
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z/, 'Z')

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷']
const GIVEN = [...'伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文辉力雪梅飞鹏欣怡子涵梓轩浩然雨桐思远嘉宁诗琪俊熙一诺佳慧晨曦']
const CITIES = [['上海', '上海市'], ['北京', '北京市'], ['浙江', '杭州市'], ['浙江', '宁波市'], ['广东', '深圳市'], ['广东', '广州市'], ['江苏', '苏州市'], ['江苏', '南京市'], ['四川', '成都市'], ['湖北', '武汉市'], ['陕西', '西安市'], ['福建', '厦门市'], ['山东', '青岛市'], ['湖南', '长沙市'], ['重庆', '重庆市']]
const STREETS = ['人民路', '解放大道', '中山北路', '建设街', '文化西路', '滨江大道', '学院路', '和平里']
const JOBS = ['教师', '医生', '设计师', '工程师', '自由职业', '学生', '会计', '店主', null, null]
const OWNERS = ['周敏', '陈立', '何晓雯', '刘洋']
const CATEGORY = [['食品', ['坚果', '茶叶', '糕点', '冲饮']], ['家居', ['床品', '收纳', '餐具']], ['美妆', ['面部护理', '身体护理']], ['服饰', ['女装', '男装', '童装']]]
const GOODS = { 坚果: ['每日坚果 30 包', '夏威夷果 500g', '手剥巴旦木'], 茶叶: ['明前龙井 100g', '武夷岩茶礼盒', '茉莉花茶'], 糕点: ['鲜花饼 10 枚', '绿豆糕礼盒'], 冲饮: ['燕麦奶 1L×6', '挂耳咖啡 20 包'], 床品: ['60 支长绒棉四件套', '夏凉被 150×200'], 收纳: ['真空压缩袋 8 件', '抽屉收纳盒'], 餐具: ['骨瓷碗碟 16 头', '保温饭盒'], 面部护理: ['玻尿酸精华 30ml', '氨基酸洁面乳'], 身体护理: ['樱花身体乳 400ml', '手霜三支装'], 女装: ['亚麻连衣裙', '羊绒针织开衫', '高腰阔腿裤'], 男装: ['纯棉牛津衬衫', '商务休闲裤'], 童装: ['儿童防晒衣', '纯棉家居服套装'] }
const BRANDS = ['山里人家', '半亩花田', '素然', '清和', '拾光']

const person = () => pick(SURNAMES) + pick(GIVEN) + (random() < 0.72 ? pick(GIVEN) : '')
const base = (id, at) => ({ id, version: 1, created_at: iso(at), updated_at: iso(Math.min(NOW, at + between(0, 40) * DAY)) })

export const users = OWNERS.map((name, i) => ({ id: i + 1, version: 1, name, username: 'user' + (i + 1) }))
export const shops = [['清和旗舰店', 'taobao'], ['清和京东自营', 'jd'], ['清和拼多多店', 'pinduoduo'], ['清和抖音小店', 'douyin'], ['Qinghe Global', 'shopify']].map(([name, platform], i) => ({
  ...base(i + 1, NOW - 900 * DAY), name, platform, external_id: null, currency: platform === 'shopify' ? 'USD' : 'CNY', url: null, closed: false, note: null,
}))
export const categories = []
export const products = []
for (const [name, children] of CATEGORY) {
  const parent = { id: categories.length + 1, version: 1, name, parent_id: null }
  categories.push(parent)
  for (const child of children) {
    const category = { id: categories.length + 1, version: 1, name: child, parent_id: parent.id, parent_id$: name }
    categories.push(category)
    for (const good of GOODS[child]) {
      const price = between(19, 520) + pick([0, 0.9, 0.5])
      products.push({
        ...base(products.length + 1, NOW - between(100, 900) * DAY), name: good, sku: 'QH-' + String(1000 + products.length * 7), category_id: category.id, category_id$: `${name} / ${child}`,
        brand: pick(BRANDS), spec: null, unit: '件', price: cents(price), cost: cents(price * 0.45), origin: pick(['浙江', '云南', '福建', null]), barcode: null, stock: between(0, 900), state: random() < 0.88 ? 'on_sale' : 'off_sale', description: null, sold: 0,
      })
    }
  }
}

export const customers = []
export const orders = []
export const lines = new Map()
export const contacts = []
export const addresses = []
export const identities = []
export const refunds = []

function address(city) {
  return `${pick(STREETS)}${between(1, 480)}号${between(1, 30)}栋${between(1, 32)}0${between(1, 4)}室`.replace('undefined', city[1])
}
function addOrder(customer, at) {
  const id = orders.length + 1
  const shop = pick(shops.slice(0, 4))
  const items = Array.from({ length: pick([1, 1, 1, 2, 2, 3]) }, () => {
    const product = pick(products)
    const quantity = pick([1, 1, 1, 2, 3])
    product.sold += product.price * quantity
    return { id: 0, version: 1, product_id: product.id, product_id$: product.name, name: product.name, spec: pick(['默认', '大号', '礼盒装', '红色 L']), quantity: String(quantity), price: product.price, amount: cents(product.price * quantity) }
  })
  const goods = items.reduce((s, l) => s + +l.amount, 0)
  const discount = random() < 0.4 ? Math.min(goods * 0.1, 60) : 0
  const freight = goods < 99 ? 8 : 0
  const refunded = random() < 0.05
  const age = (NOW - at) / DAY
  const state = refunded ? 'done' : age < 1 ? pick(['unpaid', 'paid']) : age < 4 ? 'shipped' : random() < 0.03 ? 'closed' : 'done'
  const paid = state === 'unpaid' || state === 'closed' ? 0 : goods - discount + freight
  const order = {
    ...base(id, at), number: `${new Date(at).getFullYear()}${String(id).padStart(9, '0')}${between(100, 999)}`, customer_id: customer.id, customer_id$: customer.name, shop_id: shop.id, shop_id$: shop.name, state,
    buyer: 'tb' + customer.id + '***', ordered_at: iso(at), paid_at: paid ? iso(at + 120e3) : null, shipped_at: paid && age > 1 ? iso(at + DAY) : null, done_at: state === 'done' ? iso(at + 4 * DAY) : null, closed_at: null,
    currency: shop.currency, goods_amount: cents(goods), discount: cents(discount), freight: cents(freight), tax: '0.00', total_amount: cents(goods - discount + freight), paid_amount: cents(paid), refund_amount: cents(refunded ? paid : 0),
    item_count: String(items.reduce((n, l) => n + +l.quantity, 0)), line_count: items.length, receiver: customer.name, phone: customer.phone, country: '中国', province: customer.province, city: customer.city, district: null, street: customer.street, postcode: null,
    carrier: paid && age > 1 ? pick(['顺丰速运', '中通快递', '圆通速递']) : null, tracking: paid && age > 1 ? 'SF' + between(1e9, 9e9) : null, payment_method: pick(['支付宝', '微信支付']), unpaid_reason: null, channel: pick(['手机', '电脑', '直播间']),
    buyer_note: random() < 0.1 ? '请发顺丰，谢谢' : null, seller_note: null, import_id: null,
  }
  orders.push(order)
  lines.set(id, items.map((l, i) => ({ ...l, id: id * 10 + i })))
  if (refunded) refunds.push({ ...base(refunds.length + 1, at), shop_id: shop.id, shop_id$: shop.name, kind: pick(['refund', 'return']), state: 'done', customer_id: customer.id, customer_id$: customer.name, number: 'R' + order.number, order_id: id, order_id$: order.number, amount: order.refund_amount, refunded_at: iso(at + 6 * DAY), reason: pick(['七天无理由', '尺码不合适', '质量问题', '发错货']) })
  return order
}

const COUNT = Number(process.env.MOCK_CUSTOMERS ?? 10000)
for (let id = 1; id <= COUNT; id++) {
  const city = pick(CITIES)
  const created = NOW - between(2, 900) * DAY - between(0, 80000) * 1000
  const owner = random() < 0.7 ? pick(users) : null
  const phone = random() < 0.95 ? `1${pick([38, 39, 50, 58, 77, 86, 89])}****${between(1000, 9999)}` : null
  const c = {
    ...base(id, created), name: person(), kind: random() < 0.94 ? 'person' : 'business', stage: 'prospect', gender: pick(['male', 'female', 'female', null]), birthday: random() < 0.4 ? `19${between(65, 99)}-0${between(1, 9)}-1${between(0, 9)}` : null, age: null, occupation: pick(JOBS), income: null,
    id_number: null, company: null, phone, email: random() < 0.3 ? `u***${id}@example.com` : null, wechat: null, country: '中国', province: city[0], city: city[1], district: null, street: address(city), postcode: null, credit_level: random() < 0.2 ? pick(['excellent', 'good', 'fair']) : null,
    needs: null, motive: null, habits: null, preferences: random() < 0.2 ? '喜欢低糖、独立小包装' : null, note: random() < 0.06 ? '老客户介绍，注意回访' : null, source: pick(['order', 'order', 'import', 'chat', 'referral']), source_note: null, collected_at: iso(created),
    owner_id: owner?.id ?? null, owner_id$: owner?.name ?? '', custom: { size: pick(['s', 'm', 'l', null]) },
  }
  customers.push(c)
  const n = Math.floor(random() ** 3 * 14)
  const mine = []
  let at = created
  for (let i = 0; i < n && at < NOW; i++) {
    mine.push(addOrder(c, at))
    at += between(4, 120) * DAY + between(0, 40000) * 1000
  }
  const kept = mine.filter((o) => +o.paid_amount > 0)
  const paid = kept.reduce((s, o) => s + +o.paid_amount, 0)
  const back = kept.reduce((s, o) => s + +o.refund_amount, 0)
  const last = mine.at(-1)?.ordered_at ?? null
  Object.assign(c, {
    stage: kept.length ? 'customer' : 'prospect', order_count: kept.length, total_amount: cents(paid), refund_amount: cents(back), net_amount: cents(paid - back), average_amount: kept.length ? cents(paid / kept.length) : null, item_count: String(kept.reduce((n, o) => n + +o.item_count, 0)),
    refund_count: kept.filter((o) => +o.refund_amount > 0).length, first_order_at: mine[0]?.ordered_at ?? null, last_order_at: last, gap_mean: kept.length > 1 ? '34.5' : null, gap_median: kept.length > 1 ? '31' : null,
  })
  const home = shops[id % 4]
  identities.push({ ...base(identities.length + 1, created), customer_id: id, shop_id: home.id, shop_id$: home.name, kind: 'account', value: `tb${between(10000, 99999)}***` })
  if (random() < 0.5) addresses.push({ ...base(addresses.length + 1, created), customer_id: id, receiver: c.name, phone: c.phone, province: c.province, city: c.city, street: c.street, is_default: true })
  if (random() < 0.1) contacts.push({ ...base(contacts.length + 1, created), customer_id: id, name: person(), position: pick(['采购', '助理', '家人']), phone: c.phone, email: null, is_primary: true })
}
