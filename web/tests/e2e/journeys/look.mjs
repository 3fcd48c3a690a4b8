// Every screen in light and dark, both languages, wide and narrow: axe, console, width, layout shifts.
import { Api, admin } from '../lib/api.mjs'
import { Person } from '../lib/browser.mjs'
import { endsClean, folder, start } from '../lib/program.mjs'
import { cutOfRealFile } from '../lib/sheet.mjs'
import { fill } from './data.mjs'

const MOST_SHIFT = 0.02
const ALL = ['zh-CN', 'en'].flatMap((lang) => ['light', 'dark'].flatMap((theme) => [1440, 390].map((width) => ({ lang, theme, width }))))
// Four of the eight hold every pair of values; E2E_FULL=1 walks all.
const PAIRS = ALL.filter(({ lang, theme, width }) => (lang === 'en') === ((theme === 'dark') === (width === 1440)))
const looks = process.env.E2E_FULL ? ALL : PAIRS

const click = (...selectors) => async ({ page }) => {
  for (const selector of selectors) await page.locator(selector).first().click()
}
const press = (...keys) => (person) => person.press(...keys)
const wide = (width) => width > 700

/** [name, path, what is done there, for which widths]; # stands for an id of the store. */
const SCREENS = [
  ['home', '/'],
  ['customers', '/customers'],
  ['customers, found nothing', '/customers?q=nobodyhasthisname'],
  ['customers, selected', '/customers', click('.row-line .check >> nth=1'), wide],
  ['customers, filtered', '/customers?filter=%7B%22all%22%3A%5B%7B%22field%22%3A%22city%22%2C%22op%22%3A%22in%22%2C%22value%22%3A%5B%22%E6%9D%AD%E5%B7%9E%E5%B8%82%22%5D%7D%5D%7D'],
  ['a condition', '/customers', press('f')],
  ['conditions combined', '/customers', click('.bar .add >> nth=1')],
  ['columns', '/customers', click('.tools [aria-haspopup=dialog]'), wide],
  ['export menu', '/customers', click('header [aria-haspopup=menu]'), wide],
  ['new customer', '/customers', async (person) => {
    await person.press('n')
    await person.page.locator('.el-drawer input').first().waitFor()
    await person.press('Control+Enter')
    await person.page.locator('[aria-invalid="true"]').first().waitFor()
  }],
  ['customer', '/customers/#customer'],
  ['customer, editing', '/customers/#customer', async (person) => {
    await person.page.locator('.inline .value[role=button]').nth(1).focus()
    await person.press('e')
    await person.page.locator('.inline .edit').waitFor()
  }],
  ['customer, orders', '/customers/#customer?tab=orders'],
  ['customer, history', '/customers/#customer?tab=history'],
  ['orders', '/orders'],
  ['order', '/orders/#order'],
  ['products', '/products'],
  ['product', '/products/#product'],
  ['shops', '/shops'],
  ['import', '/import'],
  ['import, result', '/import/#import'],
  ['imports', '/imports'],
  ['jobs', '/jobs'],
  ['job tray', '/customers', click('header.top .icon-button[aria-expanded]')],
  ['users', '/users'],
  ['user', '/users', async (person) => {
    await person.page.locator('.row-line .title, .cards .entry').first().click()
    await person.page.locator('.el-drawer .inline').first().waitFor()
  }],
  ['departments', '/departments'],
  ['roles', '/roles'],
  ['role', '/roles/#role'],
  ['fields', '/fields'],
  ['new field', '/fields', async (person) => {
    await person.press('n')
    await person.page.locator('.el-drawer input').first().waitFor()
  }],
  ['settings', '/settings'],
  ['audit', '/audit'],
  ['account', '/account'],
  ['account, security', '/account/security'],
  ['account, devices', '/account/sessions'],
  ['account, tokens', '/account/tokens'],
  ['help', '/help'],
  ['no such page', '/nowhere'],
  ['no permission', '/forbidden'],
  ['palette', '/', async (person) => {
    await person.press('Control+k')
    await person.page.keyboard.type('9')
    await person.page.locator('#palette-0').waitFor()
  }],
  ['keys', '/', press('?')],
  ['own menu', '/', click('header .me')],
]
const OUTSIDE = [['sign-in', '/signin'], ['recovery', '/recover']]

let stage = null
let left = looks.length

async function build() {
  const program = await start('look', null)
  const { api, customers, products } = await fill(program)
  const role = (await api.get('/roles?limit=200')).items.find((r) => r.builtin === 'service_agent')
  await api.post('/fields', { entity: 'customer', key: 'pet', label_zh: '宠物', label_en: 'Pet', kind: 'text' })
  await api.post('/departments', { name: '客服部' }).then((d) => api.post('/departments', { name: '售前组', parent_id: d.id }))
  const made = await api.send('/imports?kind=orders', 'online_retail.csv', cutOfRealFile(`${folder}/look.csv`, 200))
  await api.post(`/imports/${made.id}/run`)
  for (let i = 0; i < 100 && (await api.get(`/imports/${made.id}`)).state !== 'done'; i++) await new Promise((done) => setTimeout(done, 100))
  await api.post('/customers/export', { format: 'csv', fields: ['name', 'phone'] })
  const orders = (await api.get('/orders?limit=1')).items
  const ids = { customer: customers[2].id, product: products[0].id, order: orders[0].id, role: role.id, import: made.id }
  return { program, api, ids }
}

async function look(journey, browser, { lang, theme, width }) {
  stage ??= build()
  const { program, ids } = await stage
  const api = new Api(program.url)
  await api.signIn(admin.username, admin.password)
  const outside = await Person.arrive(browser, program.url, { lang, theme, width })
  for (const screen of OUTSIDE) await visit(journey, outside, screen, ids)
  await outside.leave()
  const person = await Person.arrive(browser, program.url, { lang, theme, width, api })
  for (const screen of SCREENS) await visit(journey, person, screen, ids)
  await person.leave()
  if (--left === 0) await journey.step('the program ends clean', () => endsClean(program))
}

async function visit(journey, person, [name, path, act, widths], ids) {
  if (widths && !widths(person.width)) return
  journey.page = person.page
  try {
    await person.open(path.replace(/#(\w+)/, (_, of) => ids[of]))
    if (act) await act(person)
    await person.still()
    const shift = await person.shift()
    const findings = (await person.axe()).map((text) => `axe: ${text}`)
    if (!act && shift >= MOST_SHIFT) findings.push(`layout shift ${shift.toFixed(3)}`)
    if (await person.tooWide()) findings.push('the page is wider than the screen')
    await journey.check(name, [...findings, ...person.heard()])
  } catch (error) {
    await journey.note(name, error)
    person.heard()
  }
}

export const screens = looks.map((of) => [`look ${of.lang} ${of.theme} ${of.width}`, (journey, browser) => look(journey, browser, of)])
