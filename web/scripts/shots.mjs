// Looks at every screen: pictures, axe (WCAG A/AA), CSP violations and console errors.
//   node scripts/shots.mjs OUT [name,name] [full|quick]   needs the mock on $BASE (MOCK_OPEN=1) and a built page
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const base = process.env.BASE ?? 'http://127.0.0.1:8090'
const out = process.argv[2] ?? 'shots'
const only = process.argv[3] && process.argv[3] !== 'all' ? process.argv[3].split(',') : null
const full = process.argv[4] === 'full'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
mkdirSync(out, { recursive: true })

const f = encodeURIComponent(JSON.stringify({ all: [{ field: 'city', op: 'in', value: ['上海市', '杭州市'] }, { field: 'net_amount', op: 'gte', value: '500' }] }))
const key = (...keys) => async (page) => {
  for (const k of keys) {
    await page.keyboard.press(k)
    await page.waitForTimeout(120)
  }
}
const click = (...selectors) => async (page) => {
  for (const s of selectors) {
    await page.locator(s).first().click()
    await page.waitForTimeout(350)
  }
}
const screens = {
  signin: ['/signin'],
  home: ['/'],
  customers: ['/customers'],
  filtered: ['/customers?view=1&filter=' + f],
  selected: ['/customers', click('.check >> nth=2', '.check >> nth=4')],
  filterpop: ['/customers', key('f')],
  filterlist: ['/customers', async (page) => {
    await page.keyboard.press('f')
    await page.waitForTimeout(300)
    await page.keyboard.type(process.env.FIELD ?? 'city')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(500)
  }],
  builder: ['/customers?filter=' + f, click('.bar .add >> nth=1')],
  columns: ['/customers', click('.tools [aria-haspopup=dialog]')],
  newcustomer: ['/customers', key('n')],
  bulkedit: ['/customers', click('.check >> nth=2', '.check >> nth=4', 'section.bar .act >> nth=1')],
  customer: ['/customers/3'],
  customeredit: ['/customers/3', async (page) => page.locator('.value[role=button]').nth(1).dblclick()],
  history: ['/customers/3?tab=history'],
  orders: ['/orders'],
  order: ['/orders/12'],
  products: ['/products'],
  product: ['/products/5'],
  shops: ['/shops'],
  shop: ['/shops', click('.title, .entry')],
  setup: ['/setup#token=mock'],
  recover: ['/recover'],
  account: ['/account'],
  security: ['/account/security'],
  sessions: ['/account/sessions'],
  tokens: ['/account/tokens'],
  newtoken: ['/account/tokens', click('.card header button')],
  users: ['/users'],
  newuser: ['/users', key('n')],
  departments: ['/departments'],
  roles: ['/roles'],
  role: ['/roles/4'],
  rolescopes: ['/roles/4?tab=scopes'],
  rolefields: ['/roles/4?tab=fields'],
  roleusers: ['/roles/3?tab=users'],
  administrator: ['/roles/1'],
  settings: ['/settings'],
  fields: ['/fields'],
  newfield: ['/fields', key('n')],
  audit: ['/audit'],
  jobs: ['/jobs'],
  import: ['/import'],
  imports: ['/imports'],
  help: ['/help'],
  lost: ['/nowhere'],
  forbidden: ['/forbidden'],
  palette: ['/', async (page) => {
    await page.keyboard.press('Control+k')
    await page.waitForTimeout(300)
    await page.keyboard.type('王')
    await page.waitForTimeout(600)
  }],
  keys: ['/', key('?')],
  menu: ['/', click('.me')],
}
// What a phone does not have: selection, column chooser.
const WIDE = new Set(['selected', 'columns', 'bulkedit'])
const looks = full
  ? [['zh-CN', 'light', 1440], ['zh-CN', 'dark', 1440], ['en', 'light', 1440], ['en', 'dark', 390], ['zh-CN', 'light', 390], ['zh-CN', 'dark', 390]]
  : [[process.env.LOOK_LANG ?? 'zh-CN', process.env.LOOK_THEME ?? 'light', Number(process.env.LOOK_WIDTH ?? 1440)]]

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
let bad = 0
for (const [lang, theme, width] of looks) {
  const context = await browser.newContext({ viewport: { width, height: width < 700 ? 844 : 900 }, locale: lang, bypassCSP: false })
  await context.addInitScript(([l, th]) => {
    localStorage.setItem('guanxi.lang', l)
    localStorage.setItem('guanxi.theme', th)
  }, [lang, theme])
  for (const [name, [path, act]] of Object.entries(screens)) {
    if (only && !only.includes(name)) continue
    if (width < 720 && WIDE.has(name)) continue
    const page = await context.newPage()
    const said = []
    page.on('console', (m) => ['error', 'warning'].includes(m.type()) && said.push(m.text()))
    page.on('pageerror', (e) => said.push(String(e)))
    try {
      page.setDefaultTimeout(5000)
      await page.goto(base + path, { waitUntil: 'load', timeout: 20000 }).catch(() => {})
      await page.waitForTimeout(500)
      if (act) await act(page)
      await page.waitForTimeout(500)
      await page.screenshot({ path: `${out}/${name}-${lang}-${theme}-${width}.png` })
      // Over the debugger protocol: the CSP forbids injected scripts.
      const client = await context.newCDPSession(page)
      await client.send('Runtime.evaluate', { expression: axe })
      const { result: r } = await client.send('Runtime.evaluate', {
        expression: `axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa']}).then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.length, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 170) + ' || ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '').slice(0, 200))])))`,
        awaitPromise: true, returnByValue: true,
      })
      const violations = JSON.parse(r.value ?? '[["axe did not run",1,[]]]')
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
      if (violations.length || said.length || wide) {
        bad++
        console.log(`${name} ${lang} ${theme} ${width}${wide ? '  PAGE WIDER THAN SCREEN' : ''}`)
        for (const v of violations) console.log('   axe', JSON.stringify(v))
        for (const s of new Set(said)) console.log('   says', s.slice(0, 300))
      }
    } catch (e) {
      bad++
      console.log(name, lang, theme, width, String(e).slice(0, 300))
    }
    await page.close()
  }
  await context.close()
}
await browser.close()
console.log(bad ? `${bad} screens with findings` : 'all clean')
