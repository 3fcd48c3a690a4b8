// Sign-in with its obstacles, account, roles, settings. A wrong password asks for the puzzle after three
// tries and locks after six; the user "mfa" has a second factor (123456); delicate calls want step-up.
import { createHash, randomBytes } from 'node:crypto'
import { entities } from './meta.mjs'
import { functionNames, permissions, VERBS } from './admin_meta.mjs'

const L = (zh, en) => ({ zh, en })
const now = () => new Date().toISOString().replace(/\.\d+Z/, 'Z')
const before = (ms) => new Date(Date.now() - ms).toISOString().replace(/\.\d+Z/, 'Z')
const base = (id) => ({ id, version: 1, created_at: before(9e9), updated_at: before(8e9) })
const state = { failures: 0, lockedUntil: 0, salt: '', number: 0, fresh: false, totp: false, setup: process.env.MOCK_SETUP === '1' }

export function fill(store) {
  store.departments = [['运营部', null, 1], ['客服部', null, 2], ['客服一组', 2, 1], ['客服二组', 2, 2], ['市场部', null, 3]].map(([name, parent_id, position], i) => ({ ...base(i + 1), name, parent_id, position, note: null }))
  store.roles = [['管理员', 'Administrator', '可以做一切操作', null, 'administrator'], ['普通用户', 'Ordinary user', '查看和维护自己负责的客户', null, 'user'], ['客服专员', 'Service agent', '接待客户，维护自己的客户', 2, 'service_agent'], ['夜班客服', '', '夜间值班，不能修改客户', 3, null]]
    .map(([name, name_en, description, parent_id, builtin], i) => ({ ...base(i + 1), name, name_en, description, parent_id, parent_id$: '', builtin }))
  for (const r of store.roles) r.parent_id$ = store.roles.find((x) => x.id === r.parent_id)?.name ?? ''
  store.users.forEach((u, i) => Object.assign(u, { ...base(u.id), email: null, phone: null, department_id: (i % 4) + 1, department_id$: store.departments[i % 4].name, lang: 'zh-CN', disabled: i === 3, must_change_password: i === 2, totp: i === 0, last_login_at: i < 3 ? before(i * 9e6) : null }))
  store.fields = [{ ...base(1), entity: 'customer', key: 'size', label_zh: '衣服尺码', label_en: 'Clothing size', kind: 'choice', choices: [{ name: 's', label_zh: 'S', label_en: 'S' }, { name: 'm', label_zh: 'M', label_en: 'M' }], required: false, in_list: true, pii: false, hidden: false, block: 'custom', position: 1 }]
  const acts = ['update', 'create', 'login', 'delete', 'export', 'login_failed', 'security']
  store.changes = Array.from({ length: 400 }, (_, i) => ({ id: 4000 - i, version: 1, at: before(i * 7e6), actor_id: i % 5 ? 1 : null, actor_id$: i % 5 ? '周敏' : '', action: acts[i % 7], entity: i % 7 === 2 || i % 7 === 5 ? 'user' : 'customer', record_id: (i % 50) + 1, origin: i % 9 ? 'page' : 'import', address: '127.0.0.1', request: 'r' + i, reason: i % 7 === 3 ? '重复' : null }))
}

const held = new Map([[1, [1]], [2, [2]], [3, [3, 4]], [4, [2]]])
const own = new Map([[1, {}], [2, { functions: { 'customer.read': true, 'customer.create': true, 'customer.update': true, 'order.read': true, 'product.read': true, 'shop.read': true }, scopes: { customer: { view: 'own', operate: 'own' } }, fields: { 'customer.name': 'write' } }], [3, { functions: { 'customer.export': true }, scopes: { customer: { view: 'department' } }, fields: { 'customer.phone': 'read' } }], [4, { functions: { 'customer.update': false }, scopes: {}, fields: {} }]])
function matrix(store, id) {
  const role = store.roles.find((r) => r.id === id)
  const chain = []
  for (let r = role; r; r = store.roles.find((x) => x.id === r.parent_id)) chain.unshift(own.get(r.id) ?? {})
  const merged = (list, part) => Object.assign({}, ...list.map((o) => o[part] ?? {}))
  const mine = own.get(id) ?? {}
  const above = chain.slice(0, -1)
  const all = id === 1
  const scope = (list, e, which) => list.map((o) => o.scopes?.[e]?.[which]).filter(Boolean).at(-1) ?? null
  return {
    parent: role.parent_id, all,
    functions: functionNames.map((name) => ({ name, own: mine.functions?.[name] ?? null, inherited: merged(above, 'functions')[name] ?? null, effective: all || (merged(chain, 'functions')[name] ?? false) })),
    scopes: ['customer', 'user', 'import', 'job'].map((entity) => ({ entity, own: { view: scope([mine], entity, 'view'), operate: scope([mine], entity, 'operate') }, effective: { view: all ? 'all' : (scope(chain, entity, 'view') ?? 'none'), operate: all ? 'all' : (scope(chain, entity, 'operate') ?? 'none') } })),
    fields: entities.flatMap((e) => e.fields.map((f) => ({ entity: e.name, field: f.name, own: mine.fields?.[`${e.name}.${f.name}`] ?? null, effective: all ? 'write' : (merged(chain, 'fields')[`${e.name}.${f.name}`] ?? (f.pii ? 'masked' : 'write')) }))),
  }
}

const setting = (key, zh, en, group, kind, value, more = {}) => ({ key, label: L(zh, en), help: null, group, kind, secret: false, value, default: value, min: 0, max: 0, choices: null, ...more })
const items = [
  setting('org.name', '组织名称', 'Organisation', 'organisation', 'text', '清和生活', { default: '', max: 100, help: L('显示在页面上', 'Shown on the page') }), setting('org.currency', '币种', 'Currency', 'organisation', 'text', 'CNY', { min: 3, max: 3 }),
  setting('org.zone', '时区', 'Time zone', 'organisation', 'text', 'Asia/Shanghai', { max: 60 }), setting('fields.overrides', '内置字段的停用与必填', 'Built-in fields', 'fields', 'json', {}),
  setting('auth.idle_minutes', '无操作退出（分钟）', 'Idle time-out (minutes)', 'security', 'int', 30, { min: 1, max: 1440, default: 20 }),
  setting('auth.captcha', '登录验证码', 'Captcha at sign-in', 'security', 'choice', 'failures', { choices: [{ name: 'failures', label: L('多次失败后', 'After failures') }, { name: 'always', label: L('每次登录', 'At every sign-in') }] }),
  setting('mail.enabled', '发送邮件', 'Send mail', 'mail', 'bool', false), setting('mail.password', '邮箱密码', 'Mail password', 'mail', 'text', 'set', { secret: true }),
]
let tokens = []
let sessions = [
  { id: 1, created_at: before(6e6), seen_at: before(2e4), address: '127.0.0.1', agent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0.0.0 Safari/537.36', current: true },
  { id: 2, created_at: before(9e8), seen_at: before(8e7), address: '192.0.2.17', agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile MicroMessenger/8.0.49', current: false },
]
const QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#fff"/><path d="M1 1h3v3h-3zM5 1h1v2h2v2h-3zM1 5h2v1h1v2h-3zM6 6h2v2h-2z"/></svg>'

/** Sign-in, set-up and recovery: what needs no session. undefined when it is none of these. */
export function outside(method, parts, body, response, me, Problem) {
  const [a, b] = parts
  const enter = (mfa) => {
    state.fresh = true
    response.setHeader('Set-Cookie', 'sid=mock; Path=/; HttpOnly; SameSite=Lax')
    return [201, { user: me.user, csrf: me.csrf, mfa }]
  }
  if (a === 'setup') {
    if (method === 'GET') return { needed: state.setup }
    if (body.token !== 'mock') throw new Problem(403, 'setup.token', '错误或已过期', 'token')
    state.setup = false
    return enter('none')
  }
  if (a === 'captcha') {
    state.salt = randomBytes(8).toString('hex') + '.'
    state.number = Math.floor(Math.random() * 50_000)
    return { algorithm: 'SHA-256', challenge: createHash('sha256').update(state.salt + state.number).digest('hex'), salt: state.salt, signature: 'mock', max: 50_000 }
  }
  if (a === 'session' && b === 'mfa') {
    if (body.code !== '123456') throw new Problem(401, 'code.wrong', '验证码错误或已使用。', 'code')
    return enter('none')
  }
  if (a === 'session' && !b && method === 'POST') {
    const left = Math.ceil((state.lockedUntil - Date.now()) / 1000)
    if (left > 0) {
      response.setHeader('Retry-After', String(left))
      throw new Problem(429, 'login.locked', '错误次数太多，请稍后再试。')
    }
    if (state.failures >= 3 && !body.captcha) throw new Problem(401, 'captcha.required', '请先完成验证。')
    if (body.captcha && body.captcha.number !== state.number) throw new Problem(401, 'captcha.wrong', '验证失败或已过期，请重试。')
    if (body.password !== 'demo') {
      if (++state.failures >= 6) state.lockedUntil = Date.now() + 65_000
      throw new Problem(401, 'login.wrong', '用户名或密码错误。')
    }
    state.failures = 0
    return enter(body.username === 'mfa' ? 'required' : 'none')
  }
  if (a === 'recovery') {
    if (!b) return [202, { recovery: 'r1' }]
    if (b === 'code' && body.code !== '12345678') throw new Problem(422, 'recovery.code', '错误或已过期', 'code')
    return b === 'code' ? { token: 't1' } : [204]
  }
  return undefined
}

/** Everything of administration. undefined when it is something else. */
export function admin(method, parts, query, body, { store, me, Problem, reveal }) {
  const [a, b, c] = parts
  const delicate = () => {
    if (!state.fresh) throw new Problem(403, 'step_up_required', '请再次输入密码。')
  }
  if (a === 'session' && b === 'step-up') {
    if (body.password !== 'demo') throw new Problem(422, 'password.wrong', '密码错误', 'password')
    state.fresh = true
    return { csrf: me.csrf }
  }
  if (a === 'me' && b === 'password') {
    if (body.old !== 'demo') throw new Problem(422, 'password.wrong', '密码错误', 'old')
    return { csrf: me.csrf }
  }
  if (a === 'me' && b === 'totp') {
    if (c === 'confirm') {
      if (body.code !== '123456') throw new Problem(422, 'code.wrong', '验证码错误或已使用。', 'code')
      me.user.totp = true
      return { codes: Array.from({ length: 10 }, () => randomBytes(8).toString('hex').toUpperCase().replace(/(.{4})(?=.)/g, '$1-')) }
    }
    if (method === 'DELETE') {
      me.user.totp = false
      return [204]
    }
    delicate()
    return { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/x', svg: QR }
  }
  if (a === 'sessions') {
    if (method === 'GET') return { items: sessions }
    sessions = sessions.filter((s) => s.current || (b && s.id !== Number(b)))
    return [204]
  }
  if (a === 'tokens') {
    if (method === 'GET') return { items: tokens }
    if (method === 'DELETE') {
      tokens = tokens.filter((x) => x.id !== Number(b))
      return [204]
    }
    delicate()
    const token = { id: tokens.length + 1, name: body.name, prefix: randomBytes(4).toString('hex'), scopes: body.scopes, expires_at: body.expires_at, created_at: now(), used_at: null }
    tokens.push(token)
    return [201, { ...token, token: `gx_${token.prefix}_${randomBytes(16).toString('hex')}` }]
  }
  if (a === 'preview') {
    me.preview = method === 'POST' ? { id: body.user, name: store.users.find((u) => u.id === body.user)?.name } : null
    return [204]
  }
  if (a === 'settings') {
    for (const [key, value] of Object.entries(method === 'PATCH' ? body : {})) {
      const s = items.find((x) => x.key === key)
      if (s.kind === 'int' && (!Number.isInteger(value) || value < s.min || value > s.max)) throw new Problem(422, 'range', `须为 ${s.min} 到 ${s.max} 的整数`, key)
      s.value = s.secret ? 'set' : value
    }
    return { items }
  }
  if (a === 'users' && c) {
    const user = store.users.find((u) => u.id === Number(b))
    const roles = () => ({ roles: (held.get(user.id) ?? []).map((id) => ({ id, name: store.roles.find((r) => r.id === id)?.name })) })
    if (c === 'roles') {
      if (method === 'PUT') {
        delicate()
        held.set(user.id, body.roles)
      }
      return roles()
    }
    if (c === 'password') {
      delicate()
      user.must_change_password = true
    } else if (c === 'disable' || c === 'enable') user.disabled = c === 'disable'
    else if (c === 'totp') user.totp = false
    else if (c !== 'sessions') return undefined
    return [204]
  }
  if (a === 'roles' && c) {
    const id = Number(b)
    const holders = () => store.users.filter((u) => (held.get(u.id) ?? []).includes(id))
    if (c === 'permissions') {
      if (method === 'PUT') {
        delicate()
        own.set(id, body)
      }
      return matrix(store, id)
    }
    if (c === 'move') {
      for (const u of holders()) held.set(u.id, [...new Set([...held.get(u.id).filter((r) => r !== id), body.to])])
      return { moved: 1 }
    }
    if (c === 'users') {
      for (const u of body.add ?? []) held.set(u, [...new Set([...(held.get(u) ?? []), id])])
      for (const u of body.remove ?? []) held.set(u, (held.get(u) ?? []).filter((r) => r !== id))
      return { items: holders().map(({ id: uid, username, name, disabled }) => ({ id: uid, username, name, disabled })), count: holders().length }
    }
  }
  if (c === 'history' && query.limit === '1' && reveal) return reveal(a, Number(b), Number(query.cursor) - 1)
  return undefined
}
export const meNames = () => [...entities.flatMap((e) => VERBS.map((v) => `${e.name}.${v}`)), ...permissions.map((p) => p.name)]
