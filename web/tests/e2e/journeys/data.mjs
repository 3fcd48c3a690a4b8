// A small shop: what the journeys beside the main one walk through. Made over the API.
import { Api, admin } from '../lib/api.mjs'

const NAMES = ['王小明', '李娜', '张伟', '刘洋', '陈静', '杨帆', '赵磊', '黄丽', '周杰', '吴敏', '徐强', '孙悦', '马超', '朱琳', '胡军', '郭芳', '何敏', '高翔', '林晓', '罗兰']
const CITIES = [['浙江省', '杭州市'], ['上海市', '上海市'], ['江苏省', '苏州市'], ['广东省', '深圳市']]

/** What people paste into fields, and what a careless page would run. */
export const PAYLOADS = [
  '<script>window.__pwned=1</script>',
  '<img src=x onerror="window.__pwned=2">',
  '<svg onload="window.__pwned=3">',
  '<iframe src="javascript:window.parent.__pwned=4"></iframe>',
  '"><script>window.__pwned=5</script>',
  "'><img src=x onerror=window.__pwned=6>",
  '<a href="javascript:window.__pwned=7" id=x autofocus onfocus=window.__pwned=7>go</a>',
  '<body onload=window.__pwned=8>',
  '<details open ontoggle=window.__pwned=9>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=window.__pwned=10>',
  '{{constructor.constructor("window.__pwned=11")()}}',
  '${window.__pwned=12}',
  '`${window.__pwned=13}`',
  '</textarea><script>window.__pwned=14</script>',
  '</title><script>window.__pwned=15</script>',
  '<template><img src=x onerror=window.__pwned=16></template>',
  '<input autofocus onfocus=window.__pwned=17>',
  '<video><source onerror=window.__pwned=18></video>',
  '%3Cscript%3Ewindow.__pwned=19%3C/script%3E',
  'javascript:window.__pwned=20',
  '\u202e<object data="data:text/html,<script>parent.__pwned=21</script>">'.replace('\u202e', ''),
]

export async function fill(program) {
  const api = new Api(program.url)
  await api.setUp(program.setup, admin)
  const shop = await api.post('/shops', { name: '青禾家居旗舰店', platform: 'taobao', currency: 'CNY' })
  const category = await api.post('/categories', { name: '家居用品' })
  const products = []
  for (let i = 0; i < 6; i++) {
    const kinds = ['竹编收纳篮', '亚麻抱枕', '陶瓷马克杯', '羊毛毯', '香薰蜡烛', '胡桃木砧板']
    products.push(await api.post('/products', { name: kinds[i], sku: `QH-${100 + i}`, category_id: category.id, price: `${39 + 20 * i}.00`, stock: 50 + i }))
  }
  const customers = []
  for (let i = 0; i < 60; i++) {
    const [province, city] = CITIES[i % CITIES.length]
    const name = NAMES[i % NAMES.length] + (i < NAMES.length ? '' : i < 40 ? '二' : '三')
    customers.push(await api.post('/customers', { name, phone: `1380000${String(1000 + i)}`, province, city, stage: i % 3 ? 'customer' : 'prospect' }))
  }
  const at = (days) => new Date(Date.now() - days * 86_400_000).toISOString().replace(/\.\d+Z/, 'Z')
  for (let i = 0; i < 30; i++) {
    const paid = `${100 + i * 7}.00`
    await api.post('/orders', {
      shop_id: shop.id, number: `2026${String(100000 + i)}`, state: 'done', customer_id: customers[i % 12].id, ordered_at: at(i * 6),
      paid_at: at(i * 6), done_at: at(i * 6), total_amount: paid, paid_amount: paid, goods_amount: paid,
    })
  }
  return { api, shop, category, products, customers }
}

/** Each payload as a customer and as a product. */
export async function fillPayloads(api) {
  const made = { customers: [], products: [] }
  for (const text of PAYLOADS) {
    made.customers.push(await api.post('/customers', { name: text, note: text, company: text, city: text.slice(0, 60), needs: text }))
    made.products.push(await api.post('/products', { name: text, brand: text.slice(0, 60), description: text, price: '1.00' }))
  }
  return made
}
