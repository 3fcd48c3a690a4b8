// Imports that take a few seconds, with a row in ten refused.
const runs = []
let presets = []
const L = (zh, en) => ({ zh, en })
const T = (name, zh, en, required = false) => ({ name, label: L(zh, en), required })
const TARGETS = {
  orders: [T('order.number', '订单号', 'Order number', true), T('order.ordered_at', '下单时间', 'Ordered'), T('order.state', '订单状态', 'Order state'), T('order.total_amount', '应付金额', 'Total'), T('order.paid_amount', '实付金额', 'Paid amount'), T('order.receiver', '收货人', 'Receiver'), T('order.phone', '收货电话', "Receiver's phone"), T('line.name', '商品名称', 'Product name'), T('line.quantity', '数量', 'Quantity'), T('identity.value', '买家账号', "Buyer's account")],
  customers: [T('customer.name', '客户姓名', "Customer's name"), T('customer.phone', '手机', 'Phone'), T('customer.email', '邮箱', 'E-mail')],
}
const GUESS = { 订单编号: 'order.number', 订单号: 'order.number', 买家会员名: 'identity.value', 总金额: 'order.total_amount', 买家实际支付金额: 'order.paid_amount', 收货人姓名: 'order.receiver', 联系手机: 'order.phone', 姓名: 'customer.name', 手机: 'customer.phone' }
const now = () => new Date().toISOString()

function read(text) {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/).filter(Boolean)
  const cells = (line) => (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []).map((c) => c.replace(/,$/, '').replace(/^"|"$/g, '').replace(/""/g, '"'))
  const [head = [], ...rows] = lines.map(cells)
  return { names: head.filter((n, i) => n || i < head.length - 1), rows }
}
function begin(run, state, end, seconds) {
  run.state = state
  run.done = 0
  const total = run.rows
  const timer = setInterval(() => {
    run.done = Math.min(total, run.done + Math.ceil(total / (seconds * 4)))
    run.rate = Math.round(total / seconds)
    run.remaining_s = Math.round((total - run.done) / run.rate)
    if (run.done < total || run.state !== state) return run.state !== state && clearInterval(timer)
    clearInterval(timer)
    run.state = end
    if (end === 'undone') return
    run.refused = Math.floor(total / 10)
    run.created = total - run.refused
    run.counts = { orders: { created: run.created, updated: 0 }, customers: { created: Math.ceil(run.created / 3), updated: 4 } }
    run.errors = Array.from({ length: Math.min(100, run.refused) }, (_, i) => ({ row: i * 10 + 7, field: 'order.paid_amount', message: '“一百”不是数字' }))
    run.preview = [{ action: 'created', entity: 'orders', row: 2, title: '307855572292761845', text: '李**12 · ¥185.40' }]
    run.ended_at = now()
  }, 250)
  timer.unref()
}

export function upload(raw, query) {
  const name = Buffer.from(/filename="([^"]*)"/.exec(raw)?.[1] ?? 'file.csv', 'latin1').toString('utf8')
  const bytes = Buffer.from(raw.slice(raw.indexOf('\r\n\r\n') + 4, raw.lastIndexOf('\r\n--')), 'latin1')
  let charset = 'UTF-8'
  let text
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    charset = 'GB18030'
    text = new TextDecoder('gb18030').decode(bytes)
  }
  const { names, rows } = read(text)
  const run = {
    id: runs.length + 1, version: 1, kind: query.kind ?? 'orders', state: 'uploaded', file: name, size: bytes.length, charset, delimiter: ',', sheet: 0, sheets: [], preset: names.includes('买家会员名') ? 'taobao_orders' : null,
    header: names.map((n, index) => ({ index, name: n, field: GUESS[n] ?? null, sample: rows.slice(0, 5).map((r) => r[index] ?? '') })), options: { match: ['identity', 'phone', 'email'], policy: 'update', shop_id: null, day_first: false, comma_decimal: false },
    rows: Math.max(1, rows.length), done: 0, created: 0, updated: 0, unchanged: 0, refused: 0, merged: 0, rate: null, remaining_s: null, counts: {}, errors: [], preview: [], message: null, created_at: now(), started_at: null, ended_at: null, owner_id$: '周敏',
  }
  runs.unshift(run)
  return [201, run]
}
export function intake(method, parts, query, body, Problem) {
  const [a, b, c] = parts
  if (a === 'presets') {
    if (method === 'GET') return { items: [{ name: 'taobao_orders', label: L('淘宝/天猫 订单', 'Taobao orders'), kind: 'orders', own: false }, ...presets] }
    if (method === 'POST') presets.push({ id: presets.length + 1, name: body.name, label: L(body.name, body.name), kind: body.kind, own: true })
    else presets = presets.filter((p) => p.id !== Number(b))
    return method === 'POST' ? [201, presets.at(-1)] : [204]
  }
  if (a !== 'imports') return undefined
  if (b === 'targets') return { targets: TARGETS[query.kind] ?? TARGETS.orders }
  if (!b) return { items: runs, next: null }
  const run = runs.find((r) => r.id === Number(b))
  if (!run) throw new Problem(404, 'missing', '没有找到')
  if (method === 'PATCH') {
    const { mapping, options, ...rest } = body
    Object.assign(run, rest, { state: 'uploaded', options: { ...run.options, ...options } })
    if (mapping) for (const h of run.header) h.field = mapping[h.index] ?? null
  } else if (c === 'check') begin(run, 'checking', 'checked', 3)
  else if (c === 'run') begin(run, 'running', 'done', 6)
  else if (c === 'undo') begin(run, 'undoing', 'undone', 3)
  else if (c === 'cancel') run.state = 'cancelled'
  return method === 'POST' && c !== 'cancel' ? [202, { job: 0 }] : run
}
