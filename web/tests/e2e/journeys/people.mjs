// Colleagues: what they may see, how they come in.
import { Api, admin } from '../lib/api.mjs'
import { Person } from '../lib/browser.mjs'
import { holds, same } from '../lib/report.mjs'
import { totp } from '../lib/totp.mjs'
import { signIn, signOut } from './parts/door.mjs'
import { search } from './parts/customer.mjs'

const FIRST = 'first-password-91'
const OWN = 'copper-window-58'

export async function roles(journey, person, { api, browser }) {
  const { page, t } = person
  const role = (await api.get('/roles?limit=200')).items.find((r) => r.builtin === 'marketing_manager')
  await journey.step('new user with a role', async () => {
    await person.open('/users')
    await person.button(t('users.new')).or(person.button(t('form.new', { what: await person.what('user') }))).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel(await person.label('user', 'username')).fill('xiaohe')
    await form.getByLabel(new RegExp(`^${await person.label('user', 'name')}`)).fill('何敏')
    await form.getByLabel(t('users.first'), { exact: true }).fill(FIRST)
    await form.getByLabel(new RegExp(`^${role.name}`)).check()
    await form.getByRole('button', { name: t('action.save'), exact: true }).click()
    await person.toast(t('form.created', { what: '何敏' })).waitFor()
  })
  const colleague = await Person.arrive(browser, person.url, { lang: 'zh-CN' })
  journey.page = colleague.page
  await journey.step('the first password has to be replaced', async () => {
    await colleague.open('/customers')
    await colleague.field(t('auth.username')).fill('xiaohe')
    await colleague.field(t('auth.password')).fill(FIRST)
    await colleague.button(t('auth.signIn')).click()
    await colleague.field(t('password.old')).fill(FIRST)
    await colleague.field(t('password.fresh')).fill(OWN)
    await colleague.button(t('password.change')).click()
    await colleague.page.getByRole('searchbox').waitFor()
    await colleague.settle()
  })
  await journey.step('phones are masked in the list and on the page', async () => {
    await search(colleague, '王小明')
    const text = await colleague.page.getByRole('grid').innerText()
    holds(/\*\*\*/.test(text), `no masked phone in the list: ${text.slice(0, 300)}`)
    holds(!text.includes('13800001000'), 'the phone is readable in the list')
    await colleague.page.getByRole('button', { name: '王小明', exact: true }).click()
    await colleague.page.getByRole('heading', { level: 1, name: '王小明' }).waitFor()
    await colleague.settle()
    const body = await colleague.page.locator('main').innerText()
    holds(!/1380000\d{4}/.test(body.replaceAll(' ', '')), 'the phone is readable on the page')
  })
  await journey.step('no entry of the administrator in the menu', async () => {
    const menu = await colleague.page.getByRole('navigation', { name: t('shell.menu') }).innerText()
    for (const key of ['nav.settings', 'nav.audit', 'nav.fields']) holds(!menu.includes(t(key)), `${t(key)} stands in the menu`)
    holds(menu.includes(t('nav.customers')), 'customers are missing in the menu')
  })
  await journey.step('a direct address gives the page of no permission', async () => {
    for (const path of ['/settings', '/audit', '/fields']) {
      await colleague.open(path)
      await colleague.page.getByRole('heading', { level: 2, name: t('error.forbidden') }).waitFor()
    }
  })
  await journey.check('console of the colleague', colleague.heard())
  await colleague.leave()
  journey.page = person.page
}

export async function secondFactor(journey, _person, { api, browser, program }) {
  await api.post('/users', { username: 'linjing', name: '林静' }).then((u) => api.post(`/users/${u.id}/password`, { password: FIRST }))
  const own = new Api(program.url)
  await own.signIn('linjing', FIRST)
  await own.post('/me/password', { old: FIRST, new: OWN })
  const person = await Person.arrive(browser, program.url, { api: own })
  const { page, t } = person
  journey.page = page
  let secret = ''
  let recovery = ''
  await journey.step('set up with a code', async () => {
    await person.open('/account/security')
    await person.button(t('account.totp.begin')).click()
    secret = (await page.locator('.scan code').innerText()).replaceAll(' ', '')
    await page.getByRole('img', { name: t('account.totp.qr') }).waitFor()
    await person.field(t('account.totp.code')).fill('000000')
    await person.button(t('account.totp.confirm')).click()
    await page.locator('.scan [aria-invalid="true"]').waitFor()
    await person.field(t('account.totp.code')).fill(totp(secret))
    await person.button(t('account.totp.confirm')).click()
    await page.locator('.codes li').first().waitFor()
    const codes = await page.locator('.codes li').allInnerTexts()
    same(codes.length, 10, 'recovery codes')
    recovery = codes[0]
    await person.button(t('account.totp.kept')).click()
  })
  await journey.step('sign in with a code', async () => {
    await signOut(person)
    await person.field(t('auth.username')).fill('linjing')
    await person.field(t('auth.password')).fill(OWN)
    await person.button(t('auth.signIn')).click()
    await person.field(t('auth.code')).fill('123123')
    await person.button(t('auth.verify')).click()
    await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
    // The code of the set-up is spent; the next one is accepted ahead of its time.
    await person.field(t('auth.code')).fill(totp(secret, Date.now(), 1))
    await person.button(t('auth.verify')).click()
    await page.getByRole('navigation', { name: t('shell.menu') }).waitFor()
  })
  await journey.step('sign in with a recovery code', async () => {
    await signOut(person)
    await person.field(t('auth.username')).fill('linjing')
    await person.field(t('auth.password')).fill(OWN)
    await person.button(t('auth.signIn')).click()
    await person.field(t('auth.code')).fill(recovery)
    await person.button(t('auth.verify')).click()
    await page.getByRole('navigation', { name: t('shell.menu') }).waitFor()
  })
  await journey.check('console', person.heard())
  await person.leave()
}

/** Two people, one window: nothing of the first is left for the second. */
export async function windowOfAnother(journey, _person, { api, browser, program }) {
  const person = await Person.arrive(browser, program.url)
  const { page } = person
  journey.page = page
  await api.post('/users', { username: 'guest', name: '访客' }).then(async (u) => {
    await api.post(`/users/${u.id}/password`, { password: FIRST })
    const role = (await api.get('/roles?limit=200')).items.find((r) => r.builtin === 'guest')
    await api.call('PUT', `/users/${u.id}/roles`, { roles: [role.id] })
  })
  const own = new Api(program.url)
  await own.signIn('guest', FIRST)
  await own.post('/me/password', { old: FIRST, new: OWN })
  await journey.step('the first one looks at a customer', async () => {
    await person.open('/signin')
    await signIn(person, admin)
    await person.open('/customers')
    await search(person, '李娜')
    await page.getByRole('button', { name: '李娜', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '李娜' }).waitFor()
    await person.settle()
    await signOut(person)
  })
  await journey.step('the second one finds nothing of it', async () => {
    await signIn(person, { username: 'guest', password: OWN })
    await person.press('Control+k')
    await page.getByRole('combobox').waitFor()
    const shown = await page.locator('body').innerText()
    holds(!shown.includes('李娜'), 'the palette offers what the first one opened')
    await person.press('Escape')
    await page.goBack()
    await page.goBack()
    await page.waitForTimeout(300)
    const text = await page.locator('body').innerText()
    holds(!text.includes('李娜'), `still shown at ${page.url()}`)
  })
  await journey.check('console', person.heard())
  await person.leave()
}
