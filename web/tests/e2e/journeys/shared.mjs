// The journeys that share one filled store; each person among them has a browser of his own.
import { Person } from '../lib/browser.mjs'
import { endsClean, start } from '../lib/program.mjs'
import { fill } from './data.mjs'
import { customField, jobs, savedView } from './lists.mjs'
import { keyboard, languageAndTheme, palette, phone } from './hands.mjs'
import { roles, secondFactor, windowOfAnother } from './people.mjs'
import { payloads } from './payloads.mjs'

let stage = null

function onStage() {
  stage ??= (async () => {
    const program = await start('shared', null)
    return { program, ...(await fill(program)) }
  })()
  return stage
}

/** The administrator, signed in already. */
function with_(walk, options = {}) {
  return async (journey, browser) => {
    const place = await onStage()
    const person = await Person.arrive(browser, place.program.url, { api: place.api, ...options })
    journey.page = person.page
    await walk(journey, person, { ...place, browser })
    await journey.check('console', person.heard())
    await person.leave()
  }
}

async function end(journey) {
  if (!stage) return
  const { program } = await stage
  await journey.step('the program ends clean', () => endsClean(program))
}

export const shared = [
  ['roles', with_(roles)],
  ['second factor', with_(secondFactor)],
  ['another person at the same window', with_(windowOfAnother)],
  ['custom field', with_(customField, { lang: 'en' })],
  ['saved view', with_(savedView)],
  ['jobs', with_(jobs)],
  ['palette', with_(palette, { lang: 'en' })],
  ['keyboard only', with_(keyboard)],
  ['phone', with_(phone, { width: 390 })],
  ['language and theme', with_(languageAndTheme)],
  ['payloads', with_(payloads)],
  ['end', end],
]
