// Browser journeys against the real program; the last line is "N passed, N failed[, N skipped]".
//   node tests/e2e/run.mjs [NAME ...]   only journeys with NAME in their name
//   node tests/e2e/run.mjs --shots      writes doc/screenshots and walks nothing
// GUANXI_BIN: the program; GUANXI_TEST_PG: a PostgreSQL server for tests; CHROMIUM: the browser;
// E2E_VERBOSE=1: every step; E2E_PICTURES=FOLDER: a picture of every failure.
import { hasBrowser, launch } from './lib/browser.mjs'
import { hasProgram, stopAll } from './lib/program.mjs'
import { Journey, close, skip } from './lib/report.mjs'
import { screens } from './journeys/look.mjs'
import { mainOnPostgres, mainOnSqlite } from './journeys/main.mjs'
import { shots } from './shots.mjs'
import { shared } from './journeys/shared.mjs'

// Each entry is walked by one hand, in order; the longest first.
const WORK = [shared, [['main zh sqlite', mainOnSqlite]], [['main en postgresql', mainOnPostgres]], ...screens.map((one) => [one])]
const HANDS = 2
const words = process.argv.slice(2)
const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word))

async function hand(browser, work) {
  for (let journeys = work.shift(); journeys; journeys = work.shift()) {
    for (const [name, walk] of journeys) {
      if (!wanted(name)) continue
      const journey = new Journey(name)
      await walk(journey, browser).catch((error) => journey.note('the journey itself', error))
      journey.end()
    }
  }
}

async function main() {
  if (!hasProgram()) throw new Error('no program; GUANXI_BIN says where it is')
  if (!hasBrowser()) return skip('all journeys', 'no Chromium')
  const browser = await launch()
  try {
    if (words.includes('--shots')) await shots(browser)
    else {
      const work = [...WORK]
      await Promise.all(Array.from({ length: HANDS }, () => hand(browser, work)))
    }
  } finally {
    await browser.close()
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void stopAll().finally(() => process.exit(1)))
}
await main().catch((error) => new Journey('run').note('start', error))
await stopAll()
process.exit(close())
