import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, buildUrl, call, del, get, patch, post, randomKey, setCsrf, setLanguage, setUnauthorised } from '@/api/client'
import { listRecords } from '@/api/endpoints'

const answers: { status: number; body?: unknown; headers?: Record<string, string> }[] = []
const asked: { url: string; init: RequestInit & { headers: Record<string, string> } }[] = []

beforeEach(() => {
  answers.length = asked.length = 0
  setCsrf('token-1')
  setLanguage('zh-CN')
  setUnauthorised(() => {})
  vi.stubGlobal('fetch', async (url: string, init: RequestInit & { headers: Record<string, string> }) => {
    asked.push({ url, init })
    const next = answers.shift()
    if (!next) throw new TypeError('Failed to fetch')
    return new Response(next.body === undefined ? null : typeof next.body === 'string' ? next.body : JSON.stringify(next.body), { status: next.status, headers: next.headers })
  })
})
afterEach(() => vi.unstubAllGlobals())

const invalid = (errors: unknown[]) => ({ error: { status: 'invalid', request: 'r1', errors } })

describe('requests', () => {
  it('builds the address without empty parameters', () => {
    expect(buildUrl('/customers', { q: '王 & 李', sort: '', cursor: null, limit: 0, count: 1 })).toBe('/api/v1/customers?q=%E7%8E%8B+%26+%E6%9D%8E&limit=0&count=1')
    expect(buildUrl('/me')).toBe('/api/v1/me')
  })
  it('sends language always, the CSRF token only when something changes', async () => {
    answers.push({ status: 200, body: {} }, { status: 201, body: {} }, { status: 204 })
    setLanguage('en')
    await get('/me')
    await post('/customers', { name: 'x' })
    await del('/customers/1', { version: 2 })
    expect(asked[0]?.init.headers).toMatchObject({ 'Accept-Language': 'en' })
    expect(asked[0]?.init.headers['X-CSRF-Token']).toBeUndefined()
    expect(asked[1]?.init.headers).toMatchObject({ 'X-CSRF-Token': 'token-1', 'Content-Type': 'application/json' })
    expect(asked[1]?.init.body).toBe('{"name":"x"}')
    expect(asked[2]?.url).toBe('/api/v1/customers/1?version=2')
  })
  it('gives an idempotency key when asked, another each time', async () => {
    answers.push({ status: 201, body: {} })
    await post('/orders', {}, { idempotent: true })
    expect(asked[0]?.init.headers['Idempotency-Key']).toMatch(/^[0-9a-f]{32}$/)
    expect(randomKey()).not.toBe(randomKey())
  })
  it('leaves the type of a form to the browser', async () => {
    answers.push({ status: 201, body: {} })
    await post('/imports', new FormData())
    expect(asked[0]?.init.headers['Content-Type']).toBeUndefined()
  })
  it('answers nothing for 204', async () => {
    answers.push({ status: 204 })
    expect(await del('/session')).toBeUndefined()
  })
})

describe('errors', () => {
  it('carry messages by field and the others', async () => {
    answers.push({ status: 422, body: invalid([{ code: 'required', field: 'name', message: '请填写姓名' }, { code: 'x', field: 'name', message: '第二条' }, { code: 'y', field: null, message: '整体' }]) })
    const e = (await post('/customers', {}).catch((x: unknown) => x)) as ApiError
    expect(e).toBeInstanceOf(ApiError)
    expect([e.http, e.status, e.code, e.request]).toEqual([422, 'invalid', 'required', 'r1'])
    expect(e.fields()).toEqual({ name: '请填写姓名' })
    expect(e.general()).toEqual(['整体'])
  })
  it('409 brings the current record', async () => {
    const current = { id: 1, version: 5 }
    const body = invalid([{ code: 'version', field: null, message: 'm' }])
    answers.push({ status: 409, body: { ...body, current } })
    const e = (await patch('/customers/1', {}).catch((x: unknown) => x)) as ApiError
    expect(e.current).toEqual(current)
  })
  it('survive an answer that is not JSON', async () => {
    answers.push({ status: 502, body: '<html>bad gateway</html>' })
    const e = (await get('/me').catch((x: unknown) => x)) as ApiError
    expect([e.http, e.status, e.errors.length]).toEqual([502, 'http.502', 0])
  })
  it('tell how long to wait', async () => {
    answers.push({ status: 429, body: invalid([{ code: 'login.locked', field: null, message: 'm' }]), headers: { 'Retry-After': '30' } })
    const e = (await post('/session', {}).catch((x: unknown) => x)) as ApiError
    expect([e.code, e.retryAfter]).toEqual(['login.locked', 30])
  })
  it('are 0 when there is no server', async () => {
    const e = (await get('/me').catch((x: unknown) => x)) as ApiError
    expect([e.http, e.status]).toEqual([0, 'network'])
  })
  it('401 tells the page once, but not at sign-in', async () => {
    const lost = vi.fn()
    setUnauthorised(lost)
    answers.push({ status: 401, body: invalid([]) }, { status: 401, body: invalid([]) })
    await get('/customers').catch(() => {})
    await call('POST', '/session', { body: {}, quiet401: true }).catch(() => {})
    expect(lost).toHaveBeenCalledTimes(1)
  })
})

describe('lists', () => {
  const page = { items: [], next: null, count: 0 }
  it('ask by GET', async () => {
    answers.push({ status: 200, body: page })
    await listRecords('customers', { filter: { field: 'city', op: 'in', value: ['上海市'] }, sort: '-id', limit: 50, count: true, fields: ['id', 'name'] })
    const url = new URL(asked[0]?.url ?? '', 'http://x')
    expect(asked[0]?.init.method).toBe('GET')
    expect(JSON.parse(url.searchParams.get('filter') ?? '')).toEqual({ field: 'city', op: 'in', value: ['上海市'] })
    expect(url.searchParams.get('fields')).toBe('id,name')
    expect(url.searchParams.get('count')).toBe('1')
  })
  it('ask by POST when the filter is too long for an address', async () => {
    answers.push({ status: 200, body: page })
    const value = Array.from({ length: 300 }, (_, i) => '城市' + i)
    await listRecords('customers', { filter: { field: 'city', op: 'in', value }, limit: 50 })
    expect(asked[0]?.url).toBe('/api/v1/customers/search')
    expect(JSON.parse(String(asked[0]?.init.body)).filter.value).toHaveLength(300)
  })
})
