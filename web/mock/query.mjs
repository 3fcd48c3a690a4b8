// Filter, sort and page over arrays, as the API describes them.
const DAY = 86400e3
const empty = (v) => v === null || v === undefined || v === ''
const valueOf = (r, name) => (name.startsWith('custom.') ? r.custom?.[name.slice(7)] : r[name])

function compare(kind, a, b) {
  if (kind === 'money' || kind === 'decimal' || kind === 'int' || kind === 'id') return Number(a) - Number(b)
  return a < b ? -1 : a > b ? 1 : 0
}
const day = (v) => String(v).slice(0, 10)
const today = () => day(new Date().toISOString())

function leaf(f, entity) {
  const field = entity.fields.find((x) => x.name === f.field) ?? { kind: f.field === 'id' ? 'id' : 'text' }
  const { op, value } = f
  const time = field.kind === 'instant' || field.kind === 'day'
  const cmp = (a, b) => compare(time ? 'day' : field.kind, time ? day(a) : a, time ? day(b) : b)
  const since = (n) => day(new Date(Date.now() + n * DAY).toISOString())
  return (r) => {
    const v = valueOf(r, f.field)
    if (op === 'empty') return empty(v)
    if (op === 'not_empty') return !empty(v)
    if (empty(v)) return op === 'ne' || op === 'not_in'
    switch (op) {
      case 'eq': case 'on': return cmp(v, value) === 0
      case 'ne': return cmp(v, value) !== 0
      case 'in': return value.includes(v)
      case 'not_in': return !value.includes(v)
      case 'gt': case 'after': return cmp(v, value) > 0
      case 'gte': return cmp(v, value) >= 0
      case 'lt': case 'before': return cmp(v, value) < 0
      case 'lte': return cmp(v, value) <= 0
      case 'between': return cmp(v, value[0]) >= 0 && cmp(v, value[1]) <= 0
      case 'contains': case 'pinyin': return String(v).toLowerCase().includes(String(value).toLowerCase())
      case 'starts': return String(v).startsWith(value)
      case 'last_days': return day(v) >= since(-value) && day(v) <= today()
      case 'next_days': return day(v) >= today() && day(v) <= since(value)
      case 'this_day': return day(v) === today()
      case 'this_week': return day(v) >= since(-((new Date().getDay() + 6) % 7))
      case 'this_month': return day(v).slice(0, 7) === today().slice(0, 7)
      case 'this_year': return day(v).slice(0, 4) === today().slice(0, 4)
      case 'prev_month': {
        const d = new Date()
        d.setDate(0)
        return day(v).slice(0, 7) === day(d.toISOString()).slice(0, 7)
      }
      default: return true
    }
  }
}
export function compile(tree, entity) {
  if (!tree) return () => true
  if (tree.all) {
    const list = tree.all.map((x) => compile(x, entity))
    return (r) => list.every((f) => f(r))
  }
  if (tree.any) {
    const list = tree.any.map((x) => compile(x, entity))
    return (r) => list.some((f) => f(r))
  }
  if (tree.not) {
    const inner = compile(tree.not, entity)
    return (r) => !inner(r)
  }
  // Conditions over related records are beyond a mock.
  return tree.field ? leaf(tree, entity) : () => true
}

export function select(rows, entity, { filter, q, sort }) {
  const test = compile(filter, entity)
  const searchable = entity.fields.filter((f) => f.search).map((f) => f.name)
  const text = q?.toLowerCase()
  let out = rows.filter((r) => !r.deleted && test(r) && (!text || searchable.some((n) => String(r[n] ?? '').toLowerCase().includes(text))))
  const keys = (sort || '-id').split(',').filter(Boolean).map((k) => {
    const name = k.replace(/^-/, '')
    return { name, down: k.startsWith('-'), kind: entity.fields.find((f) => f.name === name)?.kind ?? 'id' }
  })
  out = out.slice().sort((a, b) => {
    for (const k of keys) {
      const x = valueOf(a, k.name)
      const y = valueOf(b, k.name)
      if (empty(x) || empty(y)) {
        if (empty(x) && empty(y)) continue
        return empty(x) ? 1 : -1
      }
      const c = compare(k.kind, x, y)
      if (c) return k.down ? -c : c
    }
    return a.id - b.id
  })
  return out
}

export function page(rows, entity, query) {
  const found = select(rows, entity, query)
  const limit = Math.min(200, Number(query.limit) || 50)
  const from = query.cursor ? Number(Buffer.from(query.cursor, 'base64url').toString()) : 0
  const items = found.slice(from, from + limit)
  return {
    items,
    next: from + limit < found.length ? Buffer.from(String(from + limit)).toString('base64url') : null,
    count: query.count ? found.length : null,
  }
}
