// Fails when web/openapi.json is not what the program gives, or src/api/schema.d.ts not what follows from it.
//   GUANXI_BIN=build/guanxi node scripts/openapi-check.mjs            compares
//   GUANXI_BIN=build/guanxi node scripts/openapi-check.mjs --write    writes both
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { danglingRefs, source, target, typesOf } from './types.mjs'

const binary = process.env.GUANXI_BIN ?? fileURLToPath(new URL('../../build/guanxi', import.meta.url))

/** The document of an empty store: custom fields are not part of it. */
function fromProgram() {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-openapi-'))
  try {
    const data = join(folder, 'data')
    const password = join(folder, 'password')
    writeFileSync(password, 'lantern-tulip-47-river\n', { mode: 0o600 })
    const run = (...words) => execFileSync(binary, words, { encoding: 'utf8', maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'inherit'] })
    run('init', '--data', data, '--admin', 'boss', '--password-file', password)
    return JSON.parse(run('call', 'GET', '/api/v1/openapi.json', '--data', data))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Where two documents part, at most `most` places. */
function differences(a, b, path = '', out = [], most = 20) {
  if (out.length >= most) return out
  const object = (x) => x !== null && typeof x === 'object'
  if (!object(a) || !object(b) || Array.isArray(a) !== Array.isArray(b)) {
    if (a !== b) out.push(`${path || '/'}: ${JSON.stringify(a)?.slice(0, 80)} is now ${JSON.stringify(b)?.slice(0, 80)}`)
    return out
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) differences(a[key], b[key], `${path}/${key}`, out, most)
  return out
}

if (!existsSync(binary)) {
  console.error(`no program at ${binary}; GUANXI_BIN says where it is`)
  process.exit(1)
}
const now = fromProgram()
const nowhere = danglingRefs(now)
if (nowhere.length) console.error(`note: ${nowhere.length} schemas are referred to and not there: ${nowhere.join(', ')}`)
if (process.argv.includes('--write')) {
  writeFileSync(source, JSON.stringify(now, null, 1) + '\n')
  writeFileSync(target, await typesOf(now))
  console.log('wrote openapi.json and src/api/schema.d.ts')
} else {
  const kept = existsSync(source) ? JSON.parse(readFileSync(source, 'utf8')) : {}
  const found = differences(kept, now)
  for (const line of found) console.error(line)
  const types = existsSync(target) && readFileSync(target, 'utf8') === (await typesOf(kept))
  if (!types) console.error('src/api/schema.d.ts does not follow from openapi.json')
  if (found.length || !types) {
    console.error('web/openapi.json or its types are old: GUANXI_BIN=… npm run openapi')
    process.exit(1)
  }
  console.log('openapi.json and schema.d.ts are what the program gives')
}
