// Counts steps. A journey is a row of steps that build on each other: after a failed one the rest of
// that journey is not walked. Findings (axe, console, layout) are noted without ending the walk.
const tally = { passed: 0, failed: 0, skipped: 0 }
const failures = []

export class Journey {
  constructor(name, page = null) {
    this.name = name
    this.page = page
    this.dead = false
    this.began = Date.now()
  }

  async step(what, work) {
    if (this.dead) return
    const began = Date.now()
    try {
      await work()
      tally.passed++
      if (process.env.E2E_VERBOSE) console.log(`ok     ${String(Date.now() - began).padStart(6)} ms  ${this.name}: ${what}`)
    } catch (error) {
      this.dead = true
      await this.note(what, error)
    }
  }

  /** What must hold at this place, without ending the journey. */
  async check(what, findings) {
    const list = findings.filter(Boolean)
    if (list.length === 0) tally.passed++
    else await this.note(what, new Error(list.join('\n    ')), false)
  }

  async note(what, error, picture = true) {
    tally.failed++
    const text = String(error.stack ?? error).split('\n').filter((line) => !/node:internal|node_modules/.test(line)).slice(0, 60).join('\n    ')
    const lines = [`FAILED ${this.name}: ${what}`, `    ${text}`]
    if (this.page && !this.page.isClosed()) {
      lines.push(`    at ${this.page.url()}`)
      if (picture && process.env.E2E_PICTURES) {
        const path = `${process.env.E2E_PICTURES}/${this.name}-${what}`.replace(/[^\w/.-]+/g, '_').slice(0, 120) + '.png'
        await this.page.screenshot({ path, timeout: 5000 }).then(() => lines.push(`    picture ${path}`), () => {})
      }
    }
    console.log(lines.join('\n'))
    failures.push(lines[0])
  }

  end() {
    const seconds = ((Date.now() - this.began) / 1000).toFixed(1)
    console.log(`${this.dead ? 'ended ' : 'walked'} ${seconds.padStart(6)} s  ${this.name}`)
  }
}

export function skip(what, why) {
  tally.skipped++
  console.log(`skipped ${what}: ${why}`)
}

export function same(actual, expected, what) {
  const a = JSON.stringify(actual)
  const e = JSON.stringify(expected)
  if (a !== e) throw new Error(`${what}: ${a}, expected ${e}`)
}

export function holds(truth, what) {
  if (!truth) throw new Error(what)
}

/** The closing line; the exit code. */
export function close() {
  if (failures.length > 1) console.log(`\n${failures.join('\n')}`)
  const skipped = tally.skipped ? `, ${tally.skipped} skipped` : ''
  console.log(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`)
  return tally.failed ? 1 : 0
}
