// Every call of the page is an operation of the server's document.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = process.cwd()
const document = JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8')) as { paths: Record<string, Record<string, unknown>> }
const shape = (path: string) => path.replace(/\{[^}]*\}/g, '*')
const known = new Set(Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((m) => `${m} ${shape(path)}`)))
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((f) => /\.(vue|ts)$/.test(f) && !f.endsWith('schema.d.ts'))

// get<…>('/x'), post(`/x/${id}/y`), upload<Rec>(`…`); a path whose first part is a value is the generic routes'.
const CALL = /\b(get|post|put|patch|del|upload)(?:<[^(]*?>)?\(\s*(['`])(\/[^'`]*)\2/g
const METHOD: Record<string, string> = { del: 'delete', upload: 'post' }

const calls = files.flatMap((file) =>
  [...readFileSync(join(root, 'src', file), 'utf8').matchAll(CALL)].map((m) => {
    const method = METHOD[m[1] as string] ?? (m[1] as string)
    const path = (m[3] as string).replace(/\$\{\s*\w+\s*\?[^}]*\}/g, '*').replace(/\$\{[^}]*\}/g, '*')
    return { file, call: `${method} /api/v1${path}` }
  }),
)

describe('calls of the page', () => {
  it('are found', () => expect(calls.length).toBeGreaterThan(50))
  it.each(calls.filter((c) => !/\/api\/v1\/\*/.test(c.call)))('$call ($file) is an operation', ({ call }) => {
    const fits = known.has(call) || [...known].some((k) => new RegExp(`^${call.replace(/[.+?^$()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+')}$`).test(k))
    expect(fits).toBe(true)
  })
  it('has the generic routes of every collection', () => {
    for (const path of ['customers', 'orders', 'products', 'shops']) {
      for (const op of ['get *', 'patch *', 'delete *', 'post *restore', 'get *history', 'post bulk', 'post export', 'post search']) {
        const [method, rest = ''] = op.split(' ')
        expect(known.has(`${method} /api/v1/${path}/${rest.replace(/^\*(?=\w)/, '*/')}`), `${op} of ${path}`).toBe(true)
      }
    }
  })
})
