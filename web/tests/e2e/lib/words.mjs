// The page's own words, so that one journey walks in both languages.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const base = fileURLToPath(new URL('../../../src/i18n/', import.meta.url))

function read(lang) {
  const out = {}
  for (const file of readdirSync(base + lang)) {
    const words = JSON.parse(readFileSync(`${base}${lang}/${file}`, 'utf8'))
    if (file === 'common.json') Object.assign(out, words)
    else out[file.replace('.json', '')] = words
  }
  return out
}

/** t('form.new', { what: 'customer' }); an unknown key is a mistake of the test. */
export function words(lang) {
  const all = read(lang)
  return (key, values = {}) => {
    let at = all
    for (const part of key.split('.')) at = at?.[part]
    if (typeof at !== 'string') throw new Error(`no words for ${key} in ${lang}`)
    return at.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? `{${name}}`))
  }
}
