// A stand-in for the server: the API over made-up data, and the built page with the real headers.
//   node mock/server.mjs [port] ; any user name with password "demo" signs in, "mfa" with a code; MOCK_SETUP=1: token "mock"; MOCK_OPEN=1 needs none; MOCK_EMPTY=1 has no records
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as data from './data.mjs'
import { entities } from './meta.mjs'
import { permissions } from './admin_meta.mjs'
import { admin, fill, meNames, outside } from './admin.mjs'
import { intake, upload } from './intake.mjs'
import { page, select } from './query.mjs'
import { home, purchases, suggest, timeline } from './insight.mjs'
import { jobs, listen, startJob } from './jobs.mjs'

const port = Number(process.argv[2] ?? 8090)
const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const open = process.env.MOCK_OPEN === '1'
const bare = process.env.MOCK_EMPTY === '1'
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types vue guanxi-worker"
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' }

const store = bare
  ? { customers: [], contacts: [], addresses: [], identities: [], orders: [], refunds: [], products: [], categories: [], shops: [], users: data.users, views: [] }
  : { ...data, views: [] }
fill(store)
const history = new Map()
const me = {
  user: { id: 1, username: 'zhoumin', name: '周敏', email: 'zhoumin@example.com', lang: null, department: { id: 1, name: '运营部' }, roles: [{ id: 1, name: '管理员' }], totp: false, must_change_password: false },
  permissions: meNames(), csrf: 'mock-csrf', preview: null, preferences: {},
}
const meta = { version: '0.1.0', organisation: { name: '清和生活', currency: 'CNY', zone: 'Asia/Shanghai', lang: 'zh-CN' }, entities, permissions }
if (!bare) {
  const view = (id, name, shared, config) => ({ id, version: 1, entity: 'customer', name, shared, owner_id: 1, config })
  store.views = [
    view(1, '高价值客户', true, { filter: { field: 'net_amount', op: 'gte', value: '2000' }, sort: '-net_amount' }),
    view(2, '快要流失', true, { filter: { all: [{ field: 'last_order_at', op: 'before', value: '2026-06-01' }, { field: 'order_count', op: 'gte', value: 3 }] }, sort: '-net_amount' }),
    view(3, '我负责的', false, { filter: { field: 'owner_id', op: 'in', value: [1] } }),
  ]
}

class Problem extends Error {
  constructor(http, code, message, field = null, extra = {}) {
    super(message)
    Object.assign(this, { http, code, field, extra })
  }
}
const table = (path) => {
  const rows = store[path]
  if (!rows) throw new Problem(404, 'not_found', '没有找到')
  return { rows, entity: entities.find((e) => e.path === path) ?? { fields: [] } }
}
const find = (rows, id) => {
  const record = rows.find((r) => r.id === Number(id) && !r.deleted)
  if (!record) throw new Problem(404, 'not_found', '没有找到这条记录')
  return record
}
function note(path, record, action, fields) {
  const key = `${path}/${record.id}`
  const list = history.get(key) ?? []
  list.unshift({ id: Date.now() * 10 + list.length, at: new Date().toISOString(), actor: { id: 1, name: '周敏' }, origin: 'page', origin_id: null, action, reason: null, version: record.version, fields })
  history.set(key, list)
}
function check(entity, body) {
  for (const f of entity.fields) {
    if (!(f.name in body)) continue
    if (f.required && (body[f.name] === null || body[f.name] === '')) throw new Problem(422, 'required', `请填写${f.label.zh}`, f.name)
    if (f.name === 'phone' && body.phone && !/^[\d+*\- ]{6,20}$/.test(body.phone)) throw new Problem(422, 'phone', '手机号码不对', 'phone')
  }
}
function write(path, record, body, entity) {
  check(entity, body)
  const fields = []
  for (const [name, after] of Object.entries(body)) {
    if (name === 'version') continue
    fields.push({ name, before: record[name] ?? null, after })
    record[name] = name === 'custom' ? { ...record.custom, ...after } : after
    const field = entity.fields.find((f) => f.name === name)
    if (field?.ref) record[name + '$'] = after === null ? '' : (store[entities.find((e) => e.name === field.ref)?.path]?.find((r) => r.id === after)?.name ?? '')
  }
  record.version++
  record.updated_at = new Date().toISOString()
  return fields
}

async function records(method, parts, query, body) {
  const [path, id, sub] = parts
  const { rows, entity } = table(path)
  const where = (b) => ({ ...b, filter: typeof b.filter === 'string' ? JSON.parse(b.filter) : b.filter })
  if (!id && method === 'GET') return page(rows, entity, where(query))
  if (id === 'search') return page(rows, entity, where(body))
  if (id === 'bulk' || id === 'export') {
    const hit = body.ids ? rows.filter((r) => body.ids.includes(r.id)) : select(rows, entity, where(body))
    const title = `${id === 'export' ? '导出' : body.action === 'delete' ? '删除' : '修改'} ${hit.length} 条${entity.label?.zh ?? ''}`
    const job = startJob(id, title, hit.length, () => {
      if (id === 'export') return
      for (const r of hit) {
        if (body.action === 'delete') r.deleted = true
        else write(path, r, body.set ?? {}, entity)
      }
    })
    return [202, { job }]
  }
  if (!id && method === 'POST') {
    const record = { id: rows.length + 1, version: 0, created_at: new Date().toISOString() }
    for (const f of entity.fields) if (!f.custom) record[f.name] ??= f.kind === 'int' ? 0 : null
    check(entity, { ...record, ...body })
    if (path === 'views') record.owner_id = 1
    write(path, record, body, entity)
    rows.push(record)
    note(path, record, 'create', [])
    return [201, record]
  }
  if (sub === 'restore') {
    const record = rows.find((r) => r.id === Number(id))
    if (!record) throw new Problem(404, 'not_found', '没有找到这条记录')
    const change = (history.get(`${path}/${id}`) ?? []).find((c) => c.id === body?.change)
    if (change) note(path, record, 'restore', write(path, record, Object.fromEntries(change.fields.map((f) => [f.name, f.before])), entity))
    record.deleted = false
    return record
  }
  const record = find(rows, id)
  if (sub === 'history') return { items: [...(history.get(`${path}/${id}`) ?? []), { id: 1, at: record.created_at, actor: null, origin: 'import', origin_id: 3, action: 'create', reason: null, version: 1, fields: [] }], next: null }
  if (sub === 'timeline') return timeline(store, record, history.get(`customers/${id}`) ?? [], query)
  if (sub === 'purchases') return purchases(store, record)
  if (sub === 'lines') return { items: data.lines.get(record.id) ?? [], next: null }
  if (method === 'GET') return record
  if (method === 'PATCH') {
    if (body.version !== undefined && body.version !== record.version) throw new Problem(409, 'version', '别人刚刚也改了这条记录', null, { current: record })
    note(path, record, 'update', write(path, record, body, entity))
    return record
  }
  if (method === 'DELETE') {
    record.deleted = true
    return [204]
  }
  throw new Problem(405, 'method', '不支持')
}

// The values of one line of the audit log.
function reveal(path, id, change) {
  const kept = (history.get(`${path}/${id}`) ?? []).find((c) => c.id === change)
  const made = { id: change, at: me.at, actor: { id: 1, name: '周敏' }, origin: 'page', origin_id: null, action: 'update', reason: null, version: 2, fields: [{ name: 'city', before: '上海市', after: '杭州市' }, { name: 'note', before: null, after: '喜欢低糖' }] }
  return { items: [kept ?? made], next: null }
}

async function answer(request, response, url, body) {
  const parts = url.pathname.replace('/api/v1/', '').split('/')
  const query = Object.fromEntries(url.searchParams)
  const method = request.method
  const before = outside(method, parts, body, response, me, Problem)
  if (before !== undefined) return before
  if (parts[0] === 'session' && method === 'DELETE') {
    response.setHeader('Set-Cookie', 'sid=; Max-Age=0; Path=/')
    return [204]
  }
  if (!open && !/\bsid=mock\b/.test(request.headers.cookie ?? '')) throw new Problem(401, 'session', '请登录')
  if (parts[0] === 'imports' && !parts[1] && method === 'POST') return upload(body, query)
  const special = intake(method, parts, query, body, Problem) ?? admin(method, parts, query, body, { store, me, Problem, reveal })
  if (special !== undefined) return special
  if (parts[0] === 'me') {
    if (method === 'PATCH') {
      Object.assign(me.preferences, body.preferences ?? {})
      for (const key of ['name', 'email']) if (key in body) me.user[key] = body[key]
    }
    return me
  }
  if (parts[0] === 'meta') return meta
  if (parts[0] === 'home') return home(store)
  if (parts[0] === 'suggest') return suggest(store, entities, query.q ?? '')
  if (parts[0] === 'jobs') {
    if (parts[1]) return jobs.find((j) => j.id === Number(parts[1])) ?? { items: [] }
    return { items: jobs, next: null }
  }
  return records(method, parts, query, body)
}

async function asset(url, response) {
  let path = normalize(decodeURIComponent(url.pathname)).replace(/^\/+/, '')
  if (!extname(path)) path = 'index.html'
  try {
    const content = await readFile(join(dist, path))
    response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache' })
    response.end(content)
  } catch {
    response.writeHead(404).end()
  }
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  if (!url.pathname.startsWith('/api/')) return asset(url, response)
  if (url.pathname === '/api/v1/stream') return listen(request, response)
  try {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const raw = Buffer.concat(chunks)
    const form = String(request.headers['content-type']).startsWith('multipart/')
    const out = await answer(request, response, url, form ? raw.toString('latin1') : raw.length ? JSON.parse(raw) : {})
    const [status, body] = Array.isArray(out) ? out : [200, out]
    response.writeHead(status, { 'Content-Type': 'application/json' })
    response.end(status === 204 ? undefined : JSON.stringify(body))
  } catch (e) {
    const http = e.http ?? 500
    response.writeHead(http, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ error: { status: e.code ?? 'failed', request: 'mock', errors: [{ code: e.code ?? 'failed', field: e.field ?? null, message: e.message }], ...e.extra } }))
    if (http === 500) console.error(e)
  }
}).listen(port, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${port}`))
