// One customer, from new to put back.
import { Api, admin } from '../../lib/api.mjs'
import { holds, same } from '../../lib/report.mjs'

const LABELS = { 'zh-CN': { customer: '客户' }, en: { customer: 'customer' } }
export const what = (person) => LABELS[person.lang].customer
export async function meta(person) {
  return person.page.evaluate(() => fetch('/api/v1/meta').then((r) => r.json()))
}
void admin
void Api
void holds
void same
export async function newCustomer() {}
export async function findCustomer() {}
export async function editCustomer() {}
export async function putBackCustomer() {}
export async function conflict() {}
