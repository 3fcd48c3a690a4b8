// Set-up, in and out.
import { admin } from '../../lib/api.mjs'
import { holds } from '../../lib/report.mjs'

export async function setUp(person, program) {
  const { page, t } = person
  await page.goto(program.setup)
  const next = person.button(t('auth.setup.next'))
  await next.waitFor()
  holds(!page.url().includes('token'), 'the token stays in the address')
  await next.click()
  await page.locator('[aria-invalid="true"]').first().waitFor()
  await person.field(t('auth.setup.name')).fill(admin.name)
  await person.field(t('auth.username')).fill(admin.username)
  await person.field(t('auth.password')).fill(admin.password)
  await next.click()
  await person.field(t('auth.setup.organisation')).fill(admin.organisation)
  await person.field(t('auth.setup.lang')).selectOption(person.lang)
  await person.button(t('auth.setup.go')).click()
  await page.getByRole('navigation', { name: t('shell.menu') }).waitFor()
  await person.settle()
}

async function give(person, username, password) {
  const { t } = person
  await person.field(t('auth.username')).fill(username)
  await person.field(t('auth.password')).fill(password)
  await person.button(t('auth.signIn')).click()
}
export async function wrongPassword(person) {
  await give(person, admin.username, 'tulip-lantern-48')
  await person.page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
}
export async function signIn(person, { username, password }) {
  await give(person, username, password)
  await person.page.getByRole('navigation', { name: person.t('shell.menu') }).waitFor()
  await person.settle()
}
export async function signOut(person) {
  const { page, t } = person
  await page.locator('header .me').click()
  await page.getByRole('menuitem', { name: t('shell.signOut') }).click()
  await person.button(t('auth.signIn')).waitFor()
}
