// Lists: a field of one's own, a saved view, work in the background.
import { readFileSync } from 'node:fs'
import { holds, same } from '../lib/report.mjs'
import { parse } from '../lib/sheet.mjs'
import { search } from './parts/customer.mjs'

export async function customField(journey, person, { api }) {
  const { page, t } = person
  await journey.step('a field is made in the settings', async () => {
    await person.open('/fields')
    await page.getByRole('tab', { name: 'Customer', exact: true }).click()
    await person.button(t('system.fields.new')).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel(t('system.fields.zh')).fill('宠物')
    await form.getByLabel(t('system.fields.en')).fill('Pet')
    await form.getByLabel(t('system.fields.in_list')).check()
    await form.getByRole('button', { name: t('action.save'), exact: true }).click()
    await person.toast(t('system.fields.made', { name: 'Pet' })).waitFor()
  })
  await journey.step('it stands in the form', async () => {
    await person.open('/customers')
    await person.button(t('form.new', { what: 'customer' })).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel(/^Name/).fill('Zhao Yun')
    await form.getByLabel('Pet', { exact: true }).fill('white horse')
    await form.getByRole('button', { name: t('action.save'), exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Zhao Yun' }).waitFor()
    const made = (await api.get('/customers?q=Zhao')).items[0]
    same(made.custom, { pet: 'white horse' }, 'what the store holds')
  })
  await journey.step('in the list', async () => {
    await person.open('/customers')
    await search(person, 'Zhao')
    await page.getByRole('columnheader', { name: 'Pet' }).waitFor()
    await page.getByRole('gridcell', { name: 'white horse' }).waitFor()
  })
  await journey.step('and in the filter', async () => {
    await person.open('/customers')
    await addFilter(person, 'Pet', async () => {
      await page.keyboard.type('white horse')
      await page.keyboard.press('Enter')
    })
    await person.settle()
    same(await page.locator('.row-line').count(), 1, 'rows that match')
  })
}

/** From a select of the component library: its options live elsewhere in the document. */
async function choose(person, select, option) {
  await select.click()
  await person.page.getByRole('option', { name: option, exact: true }).click()
}

/** Opens the adder, chooses a field, gives a value, applies. */
async function addFilter(person, field, give) {
  const { page, t } = person
  await page.getByRole('group', { name: t('filter.title') }).getByRole('button', { name: t('filter.add'), exact: true }).click()
  const pop = page.getByRole('dialog', { name: t('filter.condition') })
  await pop.getByRole('combobox', { name: t('filter.findField') }).fill(field)
  await page.getByRole('option', { name: field, exact: true }).click()
  await give()
  await page.keyboard.press('Escape')
  if (await pop.isVisible()) await pop.getByRole('button', { name: t('filter.apply') }).click()
  await page.waitForURL(/filter=/)
}

export async function savedView(journey, person) {
  const { page, t } = person
  await journey.step('a search becomes a view', async () => {
    await person.open('/customers')
    await search(person, '二')
    await person.button(t('views.saveAs')).click()
    const form = page.getByRole('dialog', { name: t('views.saveAs') })
    await form.getByLabel(t('views.name')).fill('第二批')
    await form.getByRole('button', { name: t('action.save') }).click()
    await page.getByRole('navigation', { name: t('views.title') }).getByRole('button', { name: '第二批' }).waitFor()
  })
  await journey.step('it is there after a reload and holds the search', async () => {
    await person.open('/customers')
    await page.getByRole('navigation', { name: t('views.title') }).getByRole('button', { name: '第二批' }).click()
    await page.waitForURL(/view=\d+/)
    await person.settle()
    same(await page.getByRole('searchbox').inputValue(), '二', 'the words of the view')
    await page.getByText(t('grid.total', { n: 20 })).waitFor()
  })
}

export async function jobs(journey, person, { api }) {
  const { page, t } = person
  await journey.step('export to a CSV file', async () => {
    await person.open('/customers')
    await checkExport(person, (await api.get('/customers?limit=1&count=1')).count)
  })
  await journey.step('a bulk change runs as a job', async () => {
    await search(person, '三')
    for (const n of [0, 1]) await page.locator('.row-line .check').nth(n).click()
    const bar = page.getByRole('region', { name: t('bulk.title') })
    await bar.getByText(t('bulk.count', { n: 2 })).waitFor()
    await bar.getByRole('button', { name: t('bulk.edit') }).click()
    const form = page.getByRole('dialog')
    await choose(person, form.getByRole('combobox', { name: t('bulk.field') }), await person.label('customer', 'company'))
    await form.getByLabel(await person.label('customer', 'company')).fill('三家公司')
    await form.getByRole('button', { name: t('bulk.apply', { n: 2 }) }).click()
    const tray = page.getByRole('region', { name: t('jobs.title') })
    await tray.locator('svg.done').first().waitFor()
    same((await api.get('/customers?limit=100&filter=' + encodeURIComponent('{"field":"company","op":"eq","value":"三家公司"}'))).items.length, 2, 'changed records')
    await tray.getByRole('button', { name: t('action.undo') }).first().click()
    for (let i = 0; i < 50 && (await api.get('/customers?limit=100&filter=' + encodeURIComponent('{"field":"company","op":"eq","value":"三家公司"}'))).items.length; i++) await page.waitForTimeout(100)
    same((await api.get('/customers?limit=100&filter=' + encodeURIComponent('{"field":"company","op":"eq","value":"三家公司"}'))).items.length, 0, 'changed records after undo')
  })
  await journey.step('a job that runs is cancelled from the tray', async () => {
    // A real export of this store is over before a hand reaches the button: the browser is told
    // that it goes on until the server was asked to end it.
    await page.route('**/api/v1/stream', (route) => route.fulfill({ status: 204 }))
    await person.open('/customers')
    let asked = null
    await page.route('**/api/v1/jobs/*/cancel', async (route) => {
      asked = route.request().method()
      await route.fallback()
    })
    await page.route(/\/api\/v1\/jobs(\/\d+)?(\?.*)?$/, async (route) => {
      const answer = await route.fetch()
      const body = await answer.json()
      const slow = (job) => (asked ? { ...job, state: 'cancelled' } : { ...job, state: 'running', progress: 0.4, done: 24, total: 60, file: null })
      await route.fulfill({ response: answer, json: body.items ? { ...body, items: body.items.map(slow) } : slow(body) })
    })
    await person.button(t('bulk.export')).click()
    await page.getByRole('menuitem', { name: t('bulk.csv') }).click()
    const tray = page.getByRole('region', { name: t('jobs.title') })
    await tray.getByRole('button', { name: t('action.cancel') }).first().click()
    await tray.getByText(t('jobs.state.cancelled')).first().waitFor()
    same(asked, 'POST', 'what was asked of the server')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  })
}

/** Exports the list as it is shown and reads the file: byte order mark, header, rows. */
export async function checkExport(person, rows) {
  const { page, t } = person
  await person.button(t('bulk.export')).click()
  await page.getByRole('menuitem', { name: t('bulk.csv') }).click()
  const tray = page.getByRole('region', { name: t('jobs.title') })
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 30_000 }), tray.getByRole('link').first().click({ timeout: 30_000 })])
  const bytes = readFileSync(await download.path())
  same([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'the byte order mark')
  const [head, ...body] = parse(bytes.subarray(3).toString('utf8'))
  same(head[0], await person.label('customer', 'name'), 'the first heading')
  same(body.length, rows, 'rows of the file')
  holds(body.every((row) => row.length === head.length), 'a row has another number of cells than the header')
  await tray.getByRole('button', { name: t('action.close') }).click()
  return { head, body }
}
