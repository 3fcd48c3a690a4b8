// One customer, from new to put back.
import { Api, admin } from '../../lib/api.mjs'
import { holds, same } from '../../lib/report.mjs'

const PHONE = '13812345678'
const row = (person, text) => person.page.locator('.row-line', { hasText: text })

export async function toList(person) {
  await person.page.getByRole('link', { name: await person.label('customer', null, 'plural'), exact: true }).first().click()
  await person.page.getByRole('searchbox').waitFor()
  await person.settle()
}

export async function search(person, text) {
  const box = person.page.getByRole('searchbox')
  await box.fill(text)
  await person.page.waitForURL((url) => url.searchParams.get('q') === text)
  await person.settle()
}

export async function newCustomer(person) {
  const { page, t } = person
  await toList(person)
  await person.button(t('form.new', { what: await person.what('customer') })).first().click()
  const form = page.getByRole('dialog')
  await form.getByLabel(await person.label('customer', 'name')).fill('张三')
  await form.getByLabel(await person.label('customer', 'phone')).first().fill(PHONE)
  await form.getByRole('button', { name: t('action.save'), exact: true }).click()
  await person.toast(t('form.created', { what: '张三' })).waitFor()
  await page.getByRole('heading', { level: 1, name: '张三' }).waitFor()
}

export async function findCustomer(person, text) {
  await toList(person)
  await search(person, text)
  await row(person, '张三').waitFor()
  same(await row(person, '张三').count(), 1, 'rows with this name')
  await row(person, '张三').getByRole('button', { name: '张三' }).click()
  await person.page.getByRole('heading', { level: 1, name: '张三' }).waitFor()
  await person.settle()
}

/** A customer of the real file: what is shown of it, counted by hand. */
export async function byNumber(person, real) {
  const { page, t } = person
  await toList(person)
  await page.getByText(t('grid.total', { n: real.customers })).waitFor()
  await search(person, '17850')
  same(await page.locator('.row-line').count(), 1, 'customers with this number')
  await page.getByRole('button', { name: '17850', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '17850' }).waitFor()
  await person.settle()
  const own = real.customer('17850')
  const numbers = (await page.locator('.record-head').innerText()).replaceAll(',', '')
  holds(numbers.includes(own.net), `net amount ${own.net} is not shown: ${numbers}`)
  const id = /customers\/(\d+)/.exec(page.url())[1]
  const record = await (await page.request.get(`${person.url}/api/v1/customers/${id}`)).json()
  same([record.order_count, record.total_amount, record.net_amount], [own.orders, own.paid, own.net], 'orders, paid, net')
}

async function inline(person, field) {
  const label = await person.label('customer', field)
  const line = person.page.locator('.inline', { has: person.page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
  const folded = person.page.locator('.block .head[aria-expanded="false"], .block .more')
  while ((await line.count()) === 0 && (await folded.count()) > 0) await folded.first().click()
  return line
}

async function begin(person, field) {
  const line = await inline(person, field)
  await line.locator('.value').dblclick()
  return line.locator('input, textarea').first()
}
export async function setField(person, field, value) {
  const input = await begin(person, field)
  await input.fill(value)
  await input.press('Enter')
}

export async function editCustomer(person) {
  const { page, t } = person
  await setField(person, 'city', '杭州市')
  await person.toast(t('form.changed', { what: await person.label('customer', 'city') })).first().waitFor()
  same(await (await inline(person, 'city')).locator('.text').innerText(), '杭州市', 'the field after the change')
  await page.reload()
  await person.settle()
  same(await (await inline(person, 'city')).locator('.text').innerText(), '杭州市', 'the field after a reload')
}

export async function putBackCustomer(person) {
  const { page, t } = person
  await setField(person, 'city', '苏州市')
  await person.toast(t('form.changed', { what: await person.label('customer', 'city') })).first().waitFor()
  await page.getByRole('tab', { name: t('history.title') }).click()
  const change = page.locator('.changes > li').first()
  await change.getByText('苏州市').waitFor()
  same((await change.locator('td').allInnerTexts()).map((x) => x.replace('→', '').trim()), ['杭州市', '苏州市'], 'before and after')
  holds((await change.innerText()).includes(admin.name), 'who changed it is not said')
  await change.getByRole('button', { name: t('history.putBack') }).click()
  await person.toast(t('history.putBackDone')).waitFor()
  await page.locator('.changes > li').nth(3).waitFor()
  same(await (await inline(person, 'city')).locator('.text').innerText(), '杭州市', 'the field after putting back')
}

/** Somebody else saves while we type. */
export async function conflict(person, program) {
  const { page, t } = person
  const id = Number(/customers\/(\d+)/.exec(page.url())[1])
  const other = new Api(program.url)
  await other.signIn(admin.username, admin.password)
  const input = await begin(person, 'city')
  await input.fill('温州市')
  // The page is told of the change and reads the record again, under the open input.
  const told = page.waitForResponse((answer) => answer.url().endsWith(`/api/v1/customers/${id}`) && answer.request().method() === 'GET')
  const { version } = await other.get(`/customers/${id}`)
  await other.patch(`/customers/${id}`, { version, city: '宁波市' })
  await told
  await input.press('Enter')
  const dialog = page.getByRole('dialog', { name: t('conflict.title') })
  await dialog.waitFor()
  same((await dialog.locator('td').allInnerTexts()).map((x) => x.trim()), ['宁波市', '温州市'], 'now and mine')
  await dialog.getByRole('button', { name: t('action.save') }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.locator('.changes > li', { hasText: '温州市' }).first().waitFor()
  same((await other.get(`/customers/${id}`)).city, '温州市', 'what the store holds')
}
