// Ways to use the page: palette, keys alone, a phone, another language, the dark.
import { holds, same } from '../lib/report.mjs'

export async function palette(journey, person) {
  const { page, t } = person
  const box = page.getByRole('combobox', { name: t('palette.title') })
  await journey.step('a customer by name', async () => {
    await person.open('/')
    await person.press('Control+k')
    await page.keyboard.type('孙悦')
    await page.getByRole('option', { name: '孙悦' }).first().waitFor()
    await person.press('Enter')
    await page.waitForURL(/customers\/\d+/)
    await page.getByRole('heading', { level: 1, name: /孙悦/ }).waitFor()
  })
  await journey.step('a page by its name', async () => {
    await person.press('Control+k')
    await page.keyboard.type('orders')
    await page.getByRole('option', { name: t('nav.orders') }).first().waitFor()
    const options = await page.getByRole('option').allInnerTexts()
    for (let i = 0; i < options.findIndex((o) => o.trim() === t('nav.orders')); i++) await person.press('ArrowDown')
    await person.press('Enter')
    await page.waitForURL(/\/orders$/)
  })
  await journey.step('what was opened lately; Esc leaves', async () => {
    await person.press('Control+k')
    await page.getByRole('option', { name: /孙悦/ }).waitFor()
    await person.press('Escape')
    await box.waitFor({ state: 'detached' })
  })
}

/** No mouse from here to the end. */
export async function keyboard(journey, person, { api }) {
  const { page, t } = person
  await journey.step('skip the menu, reach the list', async () => {
    await person.open('/customers')
    await person.press('Tab')
    same(await page.evaluate(() => document.activeElement?.textContent?.trim()), t('shell.skip'), 'the first stop')
    await person.press('Enter', '/')
    holds(await page.getByRole('searchbox').evaluate((e) => e === document.activeElement), '/ does not lead to the search')
    await page.keyboard.type('罗兰')
    await page.waitForURL(/q=/)
    await person.settle()
    await person.press('Enter')
    holds(await page.getByRole('grid').evaluate((e) => e === document.activeElement), 'Enter does not lead to the rows')
  })
  await journey.step('walk and select', async () => {
    await person.press('j', 'x')
    await page.getByText(t('bulk.count', { n: 1 })).waitFor()
    await person.press('Escape')
    await page.getByText(t('bulk.count', { n: 1 })).waitFor({ state: 'detached' })
  })
  await journey.step('edit a cell', async () => {
    const column = (await page.getByRole('columnheader').allInnerTexts()).map((x) => x.trim()).filter(Boolean).indexOf(await person.label('customer', 'city'))
    holds(column > 0, 'the city is no column')
    await person.press('Home')
    for (let i = 0; i < column; i++) await person.press('ArrowRight')
    await person.press('e')
    await page.locator('.editor input').waitFor()
    await person.press('Control+a')
    await page.keyboard.type('绍兴市')
    await person.press('Enter')
    await person.toast(t('form.changed', { what: await person.label('customer', 'city') })).waitFor()
    const cells = await page.getByRole('gridcell', { name: '绍兴市' }).count()
    same(cells, 1, 'cells with the new value')
  })
  await journey.step('take it back with Ctrl+Z', async () => {
    holds(await page.getByRole('grid').evaluate((e) => e === document.activeElement), 'the focus is not on the rows after the edit')
    await person.press('Control+z')
    await page.getByRole('gridcell', { name: '绍兴市' }).waitFor({ state: 'detached' })
  })
  await journey.step('open, and back', async () => {
    await person.press('Enter')
    await page.waitForURL(/customers\/\d+/)
    await page.getByRole('heading', { level: 1, name: /罗兰/ }).waitFor()
    await person.press('Escape')
    await page.waitForURL(/customers\?/)
    await person.settle()
  })
  await journey.step('a new record by keys', async () => {
    await person.press('n')
    const form = page.getByRole('dialog')
    await form.waitFor()
    await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]') && document.activeElement.tagName === 'INPUT')
    await page.keyboard.press('Control+Enter')
    await form.locator('[aria-invalid="true"]').first().waitFor()
    holds(await form.getByLabel(await person.label('customer', 'name')).evaluate((e) => e === document.activeElement), 'the focus is not on what is missing')
    await page.keyboard.type('键盘客户')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: '键盘客户' }).waitFor()
    same((await api.get('/customers?q=' + encodeURIComponent('键盘客户'))).items.length, 1, 'records made')
  })
  await journey.step('the sheet of keys', async () => {
    await page.waitForFunction(() => !document.querySelector('[role="dialog"]'))
    await person.press('?')
    await page.getByRole('dialog', { name: t('keys.title') }).waitFor()
    await person.press('Escape')
    await page.getByRole('dialog', { name: t('keys.title') }).waitFor({ state: 'detached' })
  })
}

export async function phone(journey, person) {
  const { page, t } = person
  await journey.step('home, then the menu', async () => {
    await person.open('/')
    holds(!(await person.tooWide()), 'home is wider than the screen')
    await page.getByRole('button', { name: t('shell.menu') }).tap()
    await page.getByRole('link', { name: t('nav.customers'), exact: true }).tap()
    await page.getByRole('searchbox').waitFor()
    await person.settle()
  })
  await journey.step('rows are cards', async () => {
    same(await page.getByRole('grid').count(), 0, 'grids')
    await page.locator('.cards li').first().waitFor()
    holds(!(await person.tooWide()), 'the list is wider than the screen')
  })
  await journey.step('open one', async () => {
    await page.getByRole('searchbox').fill('何敏')
    await page.waitForURL(/q=/)
    await person.settle()
    await page.locator('.cards li button').first().tap()
    await page.getByRole('heading', { level: 1, name: /何敏/ }).waitFor()
    await person.settle()
    holds(!(await person.tooWide()), 'the page of a customer is wider than the screen')
  })
  await journey.step('edit with a finger', async () => {
    const line = page.locator('.inline', { has: page.locator('dt', { hasText: new RegExp(`^${await person.label('customer', 'city')}$`) }) })
    await line.locator('.value').tap()
    await line.locator('input').fill('嘉兴市')
    await line.getByRole('button', { name: t('action.save') }).tap()
    await person.toast(t('form.changed', { what: await person.label('customer', 'city') })).waitFor()
  })
  await journey.step('a new one fills the screen', async () => {
    await person.open('/customers')
    await person.button(t('form.new', { what: await person.what('customer') })).first().tap()
    const box = await page.locator('.el-drawer').boundingBox()
    same(Math.round(box.width), 390, 'width of the form')
  })
}

export async function languageAndTheme(journey, person) {
  const { page, t } = person
  const choose = async (name) => {
    await page.locator('header .me').click()
    await page.getByRole('menuitemradio', { name, exact: true }).click()
  }
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await journey.step('to English and back', async () => {
    await person.open('/customers')
    await choose('English')
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    same(await page.evaluate(() => document.documentElement.lang), 'en', 'lang of the document')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    await choose('简体中文')
    await page.getByRole('heading', { level: 1, name: t('nav.customers') }).waitFor()
  })
  await journey.step('into the dark and back', async () => {
    const light = await paper()
    await choose(t('shell.theme.dark'))
    const dark = await paper()
    holds(light !== dark, 'the paper keeps its colour')
    await page.reload()
    await person.settle()
    same(await paper(), dark, 'the paper after a reload')
    await choose(t('shell.theme.light'))
    same(await paper(), light, 'the paper in the light')
  })
}
