// Chromium, and what is watched while somebody walks: console, CSP, layout shifts, dialogs.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { words } from './words.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const path = process.env.CHROMIUM ?? '/usr/bin/chromium'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PHONE = 390

export const hasBrowser = () => existsSync(path)

export function launch() {
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    ],
  })
}

// Answers that belong to the journey; the browser writes them to the console as errors.
const EXPECTED = [
  { status: 401, path: /^\/api\/v1\/(me|meta|session)$/, why: 'nobody is signed in yet, or the password is wrong' },
  { status: 401, path: /^\/api\/v1\/session\/mfa$/, why: 'a wrong code' },
  { status: 422, path: /^\/api\/v1\/me\/totp\/confirm$/, why: 'a wrong code' },
  { status: 409, path: /^\/api\/v1\/jobs\/\d+\/cancel$/, why: 'the work was over before' },
  { status: 409, path: /^\/api\/v1\/customers\/\d+$/, why: 'somebody else saved first' },
]

function expected(text, url) {
  const status = Number(/status of (\d+)/.exec(text)?.[1])
  if (!status || !url) return false
  const { pathname } = new URL(url)
  return EXPECTED.some((e) => e.status === status && e.path.test(pathname))
}

/** A person with a browser of his own: new context, one page. */
export class Person {
  static async arrive(browser, url, { lang = 'zh-CN', theme = 'light', width = 1440, api = null } = {}) {
    const person = new Person()
    Object.assign(person, { url, lang, theme, width, t: words(lang), said: [], worst: { shift: 0, at: '' } })
    person.context = await browser.newContext({
      viewport: { width, height: width <= PHONE ? 844 : 900 }, locale: lang, timezoneId: 'Asia/Shanghai', acceptDownloads: true,
      hasTouch: width <= PHONE, reducedMotion: 'reduce',
    })
    if (api) await person.context.addCookies(api.cookies())
    await person.context.addInitScript(watchInside)
    await person.context.addInitScript(([l, th]) => {
      if (!localStorage.getItem('guanxi.lang')) localStorage.setItem('guanxi.lang', l)
      if (!localStorage.getItem('guanxi.theme')) localStorage.setItem('guanxi.theme', th)
    }, [lang, theme])
    person.page = await person.context.newPage()
    person.page.setDefaultTimeout(12_000)
    person.listen()
    return person
  }

  listen() {
    this.page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type()) || expected(message.text(), message.location().url)) return
      this.said.push(`${message.type()}: ${message.text().slice(0, 300)} ${message.location().url} on ${new URL(this.page.url()).pathname}`)
    })
    this.page.on('pageerror', (error) => this.said.push(`error: ${String(error.stack ?? error).slice(0, 500)}`))
    this.page.on('dialog', (dialog) => {
      if (dialog.type() === 'beforeunload') return dialog.accept()
      this.said.push(`dialog: ${dialog.message()}`)
      return dialog.dismiss()
    })
  }

  async open(to) {
    await this.page.goto(this.url + to, { waitUntil: 'load' })
    await this.settle()
  }
  /** Until nothing loads and nothing moves. */
  async settle() {
    await this.page.waitForFunction(() => !document.querySelector('.skeleton, [aria-busy="true"]') && document.querySelector('#app')?.childElementCount, null, { timeout: 12_000 })
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }

  async words() {
    this.meta ??= await (await this.page.request.get(`${this.url}/api/v1/meta`)).json()
    return this.meta
  }
  /** The name of an entity or a field of it in this person's language. */
  async label(entity, field, which = 'label') {
    const found = (await this.words()).entities.find((e) => e.name === entity)
    const owner = field ? found.fields.find((f) => f.name === field) : found
    return owner[which][this.lang === 'en' ? 'en' : 'zh']
  }
  /** As inside a sentence. */
  async what(entity, which = 'label') {
    const text = await this.label(entity, null, which)
    return this.lang === 'en' ? text.toLowerCase() : text
  }

  /** A whole number as this page writes it. */
  number(n) {
    return new Intl.NumberFormat('en-US').format(n)
  }
  /** Until transitions are over; colours between two states are no finding. */
  async still() {
    await this.settle()
    await this.page.evaluate(() => Promise.all(document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {}))))
  }
  button(name, options = {}) {
    return this.page.getByRole('button', { name, exact: true, ...options })
  }
  /** By its label; a star marks what is required. */
  field(label) {
    const plain = label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return this.page.getByLabel(new RegExp(`^\\s*${plain}(\\s*\\*)?\\s*$`))
  }
  toast(text) {
    return this.page.locator('.toasts .toast', { hasText: text })
  }
  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve())
  }
  async menu(choice) {
    await this.page.locator('header .me').click()
    await this.page.getByRole('menu').getByRole(/menuitem/.test(choice.role) ? choice.role : 'menuitem', { name: choice.name }).click()
  }

  /** Said by the console since the last call. */
  heard() {
    return this.said.splice(0)
  }
  /** Layout shifts of the document that is open now. */
  async shift() {
    return this.page.evaluate(() => window.__shifts?.() ?? 0)
  }
  /** axe over the debugger protocol: the page's policy lets no script in. */
  async axe() {
    const client = await this.context.newCDPSession(this.page)
    try {
      await client.send('Runtime.evaluate', { expression: axe })
      const run = `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((r) => JSON.stringify(r.violations.map((v) =>
        v.id + ' x' + v.nodes.length + ' ' + v.nodes.slice(0, 2).map((n) => n.html.slice(0, 160) + ' | ' + (n.any[0] ?? n.all[0] ?? n.none[0])?.message.slice(0, 160)).join(' ; '))))`
      const { result } = await client.send('Runtime.evaluate', { expression: run, awaitPromise: true, returnByValue: true })
      return JSON.parse(result.value ?? '["axe did not run"]')
    } finally {
      await client.detach()
    }
  }
  /** True when the page is wider than the screen. */
  tooWide() {
    return this.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
  }
  async leave() {
    await this.context.close()
  }
}

// Runs in the page before any of its own scripts.
function watchInside() {
  let sum = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  window.__shifts = () => sum
}
