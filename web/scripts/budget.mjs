// Weighs the build (gzip -9) against the budgets of the page and fails above them.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const manifest = JSON.parse(readFileSync(dist + '.vite/manifest.json', 'utf8'))
const KB = 1024
const weights = new Map()
const weigh = (file) => {
  if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(dist + file), { level: 9 }).length)
  return weights.get(file)
}

/** Everything that loads with these manifest entries: static imports, their styles. */
function closure(...names) {
  const seen = new Set()
  const files = { js: new Set(), css: new Set() }
  const visit = (name) => {
    const chunk = manifest[name]
    if (!chunk || seen.has(name)) return
    seen.add(name)
    if (chunk.file.endsWith('.js')) files.js.add(chunk.file)
    for (const css of chunk.css ?? []) files.css.add(css)
    for (const next of chunk.imports ?? []) visit(next)
  }
  names.forEach(visit)
  return files
}
const total = (set) => [...set].reduce((sum, file) => sum + weigh(file), 0)
const minus = (a, b) => new Set([...a].filter((x) => !b.has(x)))

const entry = 'index.html'
const words = (module) => [`src/i18n/zh-CN/${module}.json`]
const shell = closure(entry, 'src/shell/Shell.vue', ...words('common'))
const login = closure(entry, 'src/features/auth/SignInPage.vue', ...words('common'), ...words('auth'))
const customers = closure(entry, 'src/shell/Shell.vue', 'src/features/customers/CustomersPage.vue', ...words('common'), ...words('customers'))
const all = readdirSync(dist + 'assets').filter((f) => f.endsWith('.js')).map((f) => 'assets/' + f)

// Routes that may weigh more, by their file.
const HEAVY = { chart: 190, flow: 80, editor: 125 }
const rows = [
  ['sign-in page, JS', total(login.js), 90],
  ['shell, JS', total(shell.js), 130],
  ['customers list first load, JS', total(customers.js), 180],
  ['customers list first load, CSS', total(customers.css), 25],
  ['all JS', all.reduce((s, f) => s + weigh(f), 0), 900],
]
for (const [name, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry || !/^src\/features\/.*Page\.vue$/.test(name)) continue
  const limit = Object.entries(HEAVY).find(([word]) => name.includes(word))?.[1] ?? 80
  rows.push([name.replace('src/features/', ''), total(minus(minus(closure(name).js, shell.js), customers.js)), limit])
}

let over = 0
for (const [name, size, limit] of rows) {
  const bad = size > limit * KB
  if (bad) over++
  console.log(`${bad ? 'OVER ' : '     '}${(size / KB).toFixed(1).padStart(7)} KB of ${String(limit).padStart(4)}  ${name}`)
}
if (over) {
  console.error(`${over} budget(s) exceeded`)
  process.exit(1)
}
