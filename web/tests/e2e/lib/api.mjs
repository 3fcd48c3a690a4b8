// The API as another person or program uses it, beside the page.
export class Api {
  constructor(url) {
    this.url = url
    this.cookie = ''
    this.csrf = ''
  }

  async call(method, path, body) {
    const headers = { Accept: 'application/json', 'Accept-Language': 'en' }
    if (this.cookie) headers.Cookie = this.cookie
    if (this.csrf) headers['X-CSRF-Token'] = this.csrf
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const answer = await fetch(`${this.url}/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
    const set = answer.headers.getSetCookie().map((line) => line.split(';')[0])
    if (set.length) this.cookie = set.join('; ')
    const text = await answer.text()
    const type = answer.headers.get('Content-Type') ?? ''
    const value = text && type.startsWith('application/json') ? JSON.parse(text) : text
    if (!answer.ok) throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 400)}`), { status: answer.status })
    if (value?.csrf) this.csrf = value.csrf
    return value
  }

  get(path) {
    return this.call('GET', path)
  }
  post(path, body = {}) {
    return this.call('POST', path, body)
  }
  patch(path, body) {
    return this.call('PATCH', path, body)
  }
  /** A file, as a form of the page sends it. */
  async send(path, name, content) {
    const form = new FormData()
    form.append('file', new Blob([content]), name)
    const answer = await fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers: { Cookie: this.cookie, 'X-CSRF-Token': this.csrf }, body: form })
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  signIn(username, password) {
    return this.post('/session', { username, password })
  }
  setUp(link, admin) {
    return this.post('/setup', { token: new URL(link).hash.replace('#token=', ''), ...admin })
  }

  /** This session for a browser context. */
  cookies() {
    return this.cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: this.url, httpOnly: true, sameSite: 'Strict' }
    })
  }
}

export const admin = {
  username: 'boss', password: 'tulip-lantern-47', name: '陈老板', organisation: '青禾家居', currency: 'CNY', zone: 'Asia/Shanghai', lang: 'zh-CN',
}
