// Browser journeys against the real program; the last line is "N passed, N failed[, N skipped]".
//   node tests/e2e/run.mjs [NAME ...]   only journeys with NAME in their name
//   node tests/e2e/run.mjs --shots      writes doc/screenshots and walks nothing
// GUANXI_BIN: the program; GUANXI_TEST_PG: a PostgreSQL server for tests; CHROMIUM: the browser;
// E2E_VERBOSE=1: every step; E2E_PICTURES=FOLDER: a picture of every failure.
import { hasBrowser, launch } from './lib/browser.mjs'
import { hasProgram, stopAll } from './lib/program.mjs'
import { Journey, close, skip } from './lib/report.mjs'
import { mainOnPostgres, mainOnSqlite } from './journeys/main.mjs'
import { shots } from './shots.mjs'
import { shared } from './journeys/shared.mjs'

// Two at a time: each waits for the program and the browser most of its time.
const LANES = [
  [['main zh sqlite', mainOnSqlite], ['main en postgresql', mainOnPostgres]],
  shared,
]
const words = process.argv.slice(2)
const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word))

async function lane(browser, journeys) {
  for (const [name, walk] of journeys) {
    if (!wanted(name)) continue
    const journey = new Journey(name)
    await walk(journey, browser).catch((error) => journey.note('the journey itself', error))
    journey.end()
  }
}

async function main() {
  if (!hasProgram()) throw new Error('no program; GUANXI_BIN says where it is')
  if (!hasBrowser()) return skip('all journeys', 'no Chromium')
  const browser = await launch()
  try {
    if (words.includes('--shots')) await shots(browser)
    else await Promise.all(LANES.map((journeys) => lane(browser, journeys)))
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
