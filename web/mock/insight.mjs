// The answers that the real server computes: home, purchases, timeline, suggestions.
const L = (zh, en) => ({ zh, en })
const sum = (rows, name) => rows.reduce((s, r) => s + Number(r[name] ?? 0), 0)
const month = (ms) => new Date(ms).toISOString().slice(0, 7)
function lastMonths(n) {
  const d = new Date()
  d.setUTCDate(1)
  return Array.from({ length: n }, (_, i) => month(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - n + 1 + i, 1)))
}

let answer = null
export function home(store) {
  answer ??= work(store)
  return answer
}
function work(store) {
  const since = (days) => new Date(Date.now() - days * 86400e3).toISOString()
  const inSpan = (from, to) => store.orders.filter((o) => o.ordered_at >= since(from) && o.ordered_at < since(to) && +o.paid_amount > 0)
  const now = inSpan(30, 0)
  const before = inSpan(60, 30)
  const net = (rows) => (sum(rows, 'paid_amount') - sum(rows, 'refund_amount')).toFixed(2)
  const repeat = (rows) => {
    const n = new Map()
    for (const o of rows) n.set(o.customer_id, (n.get(o.customer_id) ?? 0) + 1)
    return n.size ? [...n.values()].filter((x) => x > 1).length / n.size : null
  }
  const quiet = store.customers.filter((c) => c.last_order_at && c.last_order_at < since(180)).length
  const fresh = (from, to) => store.customers.filter((c) => c.created_at >= since(from) && c.created_at < since(to)).length
  const span = { field: 'ordered_at', op: 'last_days', value: 30 }
  const card = (key, zh, en, kind, value, previous, link) => ({ key, label: L(zh, en), kind, value, previous, link })
  const months = lastMonths(12)
  return {
    cards: [
      card('net_amount', '近 30 天净销售额', 'Net sales, 30 days', 'money', net(now), net(before), { path: 'orders', filter: span }),
      card('orders', '近 30 天订单', 'Orders, 30 days', 'int', now.length, before.length, { path: 'orders', filter: span }),
      card('new_customers', '近 30 天新客户', 'New customers, 30 days', 'int', fresh(30, 0), fresh(60, 30), { path: 'customers', filter: { field: 'created_at', op: 'last_days', value: 30 } }),
      card('repeat_rate', '复购率', 'Repeat rate', 'ratio', repeat(now), repeat(before), null),
      card('quiet', '半年未下单客户', 'No order for half a year', 'int', quiet, null, { path: 'customers', filter: { field: 'last_order_at', op: 'before', value: since(180).slice(0, 10) } }),
      card('customers', '客户总数', 'Customers', 'int', store.customers.length, null, { path: 'customers', filter: null }),
    ],
    series: {
      by_month: months.map((m) => {
        const rows = store.orders.filter((o) => o.ordered_at.startsWith(m) && +o.paid_amount > 0)
        return { month: m, orders: rows.length, amount: net(rows), new_customers: store.customers.filter((c) => c.created_at.startsWith(m)).length }
      }),
    },
    top_products: store.products.slice().sort((a, b) => b.sold - a.sold).slice(0, 6).map((p) => ({ id: p.id, name: p.name, amount: p.sold.toFixed(2) })),
    top_customers: store.customers.slice().sort((a, b) => b.net_amount - a.net_amount).slice(0, 6).map((c) => ({ id: c.id, name: c.name, orders: c.order_count, amount: c.net_amount })),
  }
}

export function purchases(store, customer) {
  const mine = store.orders.filter((o) => o.customer_id === customer.id && +o.paid_amount > 0)
  const by = new Map()
  for (const o of mine) {
    for (const l of store.lines.get(o.id) ?? []) {
      const p = by.get(l.product_id) ?? { product_id: l.product_id, name: l.name, quantity: 0, amount: 0, last_at: o.ordered_at }
      p.quantity += +l.quantity
      p.amount += +l.amount
      if (o.ordered_at > p.last_at) p.last_at = o.ordered_at
      by.set(l.product_id, p)
    }
  }
  return {
    products: [...by.values()].sort((a, b) => b.amount - a.amount).slice(0, 8).map((p) => ({ ...p, amount: p.amount.toFixed(2) })),
    by_month: lastMonths(12).map((m) => {
      const rows = mine.filter((o) => o.ordered_at.startsWith(m))
      return { month: m, orders: rows.length, amount: sum(rows, 'paid_amount').toFixed(2) }
    }),
  }
}

export function timeline(store, customer, changes, query) {
  const kinds = query.kinds ? query.kinds.split(',') : null
  const items = []
  for (const o of store.orders) {
    if (o.customer_id !== customer.id) continue
    const names = (store.lines.get(o.id) ?? []).map((l) => `${l.name} × ${l.quantity}`).join('、')
    items.push({ at: o.ordered_at, kind: 'order', id: o.id, title: o.number, text: names, amount: o.paid_amount, state: o.state, data: null })
  }
  for (const r of store.refunds) {
    const o = store.orders[r.order_id - 1]
    if (o?.customer_id === customer.id) items.push({ at: r.refunded_at, kind: 'refund', id: r.id, title: r.number, text: r.reason, amount: r.amount, data: { order_id: o.id } })
  }
  for (const c of changes) {
    items.push({ at: c.at, kind: 'change', id: c.id, title: '修改', text: c.fields.map((f) => `${f.name}: ${f.before ?? '—'} → ${f.after ?? '—'}`).join('；'), amount: null, state: c.action, data: null })
  }
  items.push({ at: customer.created_at, kind: 'change', id: 0, title: '新建', text: '导入 3', amount: null, state: 'create', data: null })
  return { items: items.filter((i) => !kinds || kinds.includes(i.kind)).sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 30), next: null }
}

export function suggest(store, entities, q) {
  const text = q.toLowerCase()
  const items = []
  const scan = (entity, rows, keys, title, subtitle) => {
    for (const r of rows) {
      if (items.filter((i) => i.entity === entity).length >= 5) break
      if (!r.deleted && keys.some((k) => String(r[k] ?? '').toLowerCase().includes(text))) items.push({ entity, id: r.id, title: title(r), subtitle: subtitle(r) })
    }
  }
  scan('customer', store.customers, ['name', 'phone'], (r) => r.name, (r) => [r.phone, r.city].filter(Boolean).join(' · '))
  scan('order', store.orders, ['number'], (r) => r.number, (r) => `${r.customer_id$} · ¥${r.paid_amount}`)
  scan('product', store.products, ['name', 'sku'], (r) => r.name, (r) => `${r.sku} · ¥${r.price}`)
  return { items }
}
