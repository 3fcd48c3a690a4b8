// From an empty store to signed out again, as its first administrator walks it.
import { join } from 'node:path'
import { admin } from '../lib/api.mjs'
import { Person } from '../lib/browser.mjs'
import { endsClean, newDatabase, start } from '../lib/program.mjs'
import { holds, skip } from '../lib/report.mjs'
import { countRetail, cutOfRealFile } from '../lib/sheet.mjs'
import { setUp, signIn, signOut, wrongPassword } from './parts/door.mjs'
import { byNumber, conflict, editCustomer, findCustomer, newCustomer, putBackCustomer, toList } from './parts/customer.mjs'
import { columnsAndOptions, dryRun, run, takeBack, upload } from './parts/intake.mjs'
import { checkExport } from './lists.mjs'

export const mainOnSqlite = (journey, browser) => walk(journey, browser, 'main-sqlite', 'zh-CN', null)

export async function mainOnPostgres(journey, browser) {
  const db = newDatabase('main')
  if (!db) return skip(journey.name, 'GUANXI_TEST_PG is not set')
  return walk(journey, browser, 'main-postgres', 'en', db)
}

async function walk(journey, browser, name, lang, db) {
  const program = await start(name, db)
  const person = await Person.arrive(browser, program.url, { lang })
  journey.page = person.page
  const { t } = person
  const file = join(program.data, 'online_retail.csv')
  const real = countRetail(cutOfRealFile(file, 3001))
  await journey.step('set-up by the printed link', () => setUp(person, program))
  await journey.step('sign out', () => signOut(person))
  await journey.step('a wrong password', () => wrongPassword(person))
  await journey.step('sign in', () => signIn(person, admin))

  await journey.step('import: the file', () => upload(person, file, real))
  await journey.step('import: columns and options', () => columnsAndOptions(person, real))
  await journey.step('import: the dry run counts what the file holds', () => dryRun(person, real))
  await journey.step('import: done, with the same counts', () => run(person, real))
  await journey.step('find a customer of the file by number', () => byNumber(person, real))

  await journey.step('new customer', () => newCustomer(person))
  await journey.step('find by initials', () => findCustomer(person, 'zs'))
  await journey.step('find by last four digits', () => findCustomer(person, '5678'))
  await journey.step('edit in place', () => editCustomer(person))
  await journey.step('history, put back', () => putBackCustomer(person))
  await journey.step('conflict', () => conflict(person, program))
  await journey.step('export the list', async () => {
    await toList(person)
    const { body } = await checkExport(person, real.customers + 1)
    holds(body.some((row) => row.includes('张三')), 'the new customer is not in the file')
  })
  await journey.step('take the import back', () => takeBack(person))
  await journey.step('sign out, going back shows nothing', async () => {
    await findCustomer(person, 'zs')
    await signOut(person)
    await person.page.goBack()
    await person.page.getByRole('button', { name: t('auth.signIn') }).waitFor()
    const text = await person.page.locator('body').innerText()
    holds(!text.includes('张三'), `the customer is still shown at ${person.page.url()}`)
  })
  await journey.check('console', person.heard())
  await person.leave()
  await journey.step('the program ends clean', () => endsClean(program))
}
