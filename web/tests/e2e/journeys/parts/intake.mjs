// The import wizard with the real file.
import { holds, same } from '../../lib/report.mjs'

const next = (person) => person.button(person.t('imports.next')).click()

export async function upload(person, file, real) {
  const { page, t } = person
  await page.getByRole('link', { name: t('nav.import'), exact: true }).click()
  await page.locator('input[name="kind"][value="orders"]').check()
  await page.locator('input[type="file"]').setInputFiles(file)
  await page.waitForURL(/import\/\d+/)
  await page.getByText(t('imports.columns', { n: real.columns })).waitFor()
  const preset = person.page.getByLabel(t('imports.preset'))
  holds((await preset.inputValue()) === 'online_retail', `the format is taken for ${await preset.inputValue()}`)
  await page.getByRole('group', { name: t('imports.preview') }).getByText('WHITE HANGING HEART T-LIGHT HOLDER').first().waitFor()
}

export async function columnsAndOptions(person, real) {
  const { page, t } = person
  await next(person)
  await page.getByText(t('imports.mapped', { n: real.columns, all: real.columns })).waitFor()
  await next(person)
  await page.getByRole('group', { name: t('imports.match') }).waitFor()
}

/** The numbers of the table by kind, and those on top. */
async function counts(person, word) {
  const { page, t } = person
  const table = page.locator('.step table').first()
  const out = {}
  for (const kind of ['customer', 'order', 'product', 'refund']) {
    const row = table.getByRole('row', { name: new RegExp(`^${await person.label(kind, null, 'plural')}`) })
    out[kind] = Number((await row.getByRole('cell').first().innerText()).replaceAll(',', ''))
  }
  const numbers = page.locator('.numbers')
  const of = async (key) => Number((await numbers.locator('div', { has: page.locator('dt', { hasText: new RegExp(`^${t(`imports.${word}.${key}`)}$`) }) }).locator('dd').innerText()).replaceAll(',', ''))
  return { ...out, created: await of('created'), refused: await of('refused') }
}
const expected = (real) => ({
  customer: real.customers, order: real.orders, product: real.products, refund: real.refunds, created: real.orders + real.refunds, refused: 0,
})

export async function dryRun(person, real) {
  const { page, t } = person
  await person.button(t('imports.doCheck')).click()
  await page.getByRole('heading', { name: t('imports.checked', { n: person.number(real.rows) }) }).waitFor({ timeout: 30_000 })
  same(await counts(person, 'would'), expected(real), 'what the check counts')
}

export async function run(person, real) {
  const { page, t } = person
  await person.button(t('imports.start', { n: person.number(real.rows) })).click()
  await page.getByRole('heading', { name: t('imports.state.done'), exact: true }).waitFor({ timeout: 60_000 })
  same(await counts(person, 'did'), expected(real), 'what the import counts')
  await person.button(t('imports.undo')).waitFor()
}

export async function takeBack(person) {
  const { page, t } = person
  await page.getByRole('link', { name: t('nav.imports'), exact: true }).click()
  await page.getByRole('link', { name: 'online_retail.csv' }).or(page.getByRole('button', { name: 'online_retail.csv' })).first().click()
  await person.button(t('imports.undo')).click()
  const dialog = page.getByRole('dialog', { name: t('imports.undoTitle') })
  await dialog.getByRole('button', { name: t('imports.undo') }).click()
  await page.getByRole('heading', { name: t('imports.state.undone'), exact: true }).waitFor({ timeout: 60_000 })
  const left = await (await page.request.get(`${person.url}/api/v1/customers?count=1&limit=5`)).json()
  same([left.count, left.items[0].name], [1, '张三'], 'customers that are left')
}
