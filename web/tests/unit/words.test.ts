// Both languages have the same keys, and every key in the source exists.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = join(process.cwd(), 'src')
const modules = readdirSync(join(src, 'i18n/zh-CN')).map((f) => f.replace('.json', ''))
function keysOf(value: unknown, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix]
  return Object.entries(value as object).flatMap(([k, v]) => keysOf(v, prefix ? `${prefix}.${k}` : k))
}
const words = (lang: string, module: string) => JSON.parse(readFileSync(join(src, 'i18n', lang, module + '.json'), 'utf8')) as unknown
const slots = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join()

describe.each(modules)('%s', (module) => {
  it('has the same keys in both languages', () => {
    expect(keysOf(words('en', module)).sort()).toEqual(keysOf(words('zh-CN', module)).sort())
  })
  it('has the same places for values', () => {
    const at = (tree: unknown, key: string) => key.split('.').reduce<unknown>((o, k) => (o as Record<string, unknown>)[k], tree) as string
    for (const key of keysOf(words('en', module))) {
      if (key === 'filter.field') continue
      expect(`${key} ${slots(at(words('en', module), key))}`).toBe(`${key} ${slots(at(words('zh-CN', module), key))}`)
    }
  })
})

describe('source', () => {
  const known = new Set(modules.flatMap((m) => keysOf(words('zh-CN', m)).map((k) => (m === 'common' ? k : `${m}.${k}`))))
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(vue|ts)$/.test(f))
  it.each(files)('%s asks only for words that exist', (file) => {
    const text = readFileSync(join(src, file), 'utf8')
    const asked = [...text.matchAll(/\bt\(\s*'([\w.]+)'\s*[,)]/g)].map((m) => m[1] as string)
    expect(asked.filter((k) => !known.has(k))).toEqual([])
  })
})
