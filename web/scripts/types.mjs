// openapi.json → src/api/schema.d.ts:  npm run types
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

export const source = fileURLToPath(new URL('../openapi.json', import.meta.url))
export const target = fileURLToPath(new URL('../src/api/schema.d.ts', import.meta.url))

/** References that lead nowhere become open objects: the generator refuses the whole document for one. */
export function danglingRefs(document) {
  const named = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([\w.-]+)/g)].map((m) => m[1])
  return [...new Set(named)].filter((name) => !(name in document.components.schemas)).sort()
}
function whole(document) {
  const open = Object.fromEntries(danglingRefs(document).map((name) => [name, { type: 'object', additionalProperties: true }]))
  return { ...document, components: { ...document.components, schemas: { ...document.components.schemas, ...open } } }
}

export async function typesOf(document) {
  const head = '// Written by "npm run types" from openapi.json; not by hand.\n'
  return head + astToString(await openapiTS(whole(document), { alphabetize: false }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(target, await typesOf(JSON.parse(readFileSync(source, 'utf8'))))
  console.log('wrote src/api/schema.d.ts')
}
