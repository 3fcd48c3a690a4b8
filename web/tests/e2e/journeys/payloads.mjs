// Markup and script in every field that people fill: shown as text, never run.
import { holds, same } from '../lib/report.mjs'
import { PAYLOADS, fillPayloads } from './data.mjs'

export async function payloads(journey, person, { api }) {
  const { page } = person
  const made = await fillPayloads(api)
  const clean = async (where) => {
    const state = await page.evaluate(() => ({ pwned: window.__pwned, strays: document.querySelectorAll('main script, main iframe, main object, main [onerror], main [onload]').length }))
    same(state, { strays: 0 }, `${where}: what ran and what became an element`)
  }
  await journey.step('lists', async () => {
    for (const [path, field] of [['/customers?sort=-id', '.row-line'], ['/products?sort=-id', '.row-line']]) {
      await person.open(path)
      const text = await page.getByRole('grid').innerText()
      holds(text.includes(PAYLOADS.at(-1)), `${path} does not show the text as it is`)
      holds((await page.locator(field).count()) > 5, 'rows are missing')
      await clean(path)
    }
  })
  await journey.step('pages', async () => {
    for (let i = 0; i < PAYLOADS.length; i++) {
      const path = i % 2 ? `/products/${made.products[i].id}` : `/customers/${made.customers[i].id}`
      await person.open(path)
      same((await page.getByRole('heading', { level: 1 }).innerText()).trim().slice(0, 20), PAYLOADS[i].trim().slice(0, 20), path)
      await clean(path)
    }
  })
  await journey.step('history, palette, editing', async () => {
    await person.open(`/customers/${made.customers[1].id}?tab=history`)
    await clean('history')
    await person.press('Control+k')
    await page.keyboard.type('onerror')
    await page.getByRole('option').first().waitFor()
    await clean('palette')
    await person.press('Escape')
  })
}
