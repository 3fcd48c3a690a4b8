import type { Field } from '@/api/types'

export interface Block {
  name: string
  fields: Field[]
}

/** Fields by block, both in the order of the meta document; what the program itself keeps comes last. */
export function blocksOf(fields: Field[]): Block[] {
  const out: Block[] = []
  for (const field of fields) {
    const block = out.find((b) => b.name === field.block)
    if (block) block.fields.push(field)
    else out.push({ name: field.block, fields: [field] })
  }
  return out.sort((a, b) => Number(a.name === 'system') - Number(b.name === 'system'))
}

/** Custom fields travel one level down: {"custom.size": "M"} → {"custom": {"size": "M"}}. */
export function toBody(values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    // "x$" is the display text of reference x, for the screen only.
    if (name.endsWith('$')) continue
    if (name.startsWith('custom.')) custom[name.slice(7)] = value
    else out[name] = value
  }
  if (Object.keys(custom).length) out.custom = custom
  return out
}

/** Server errors name custom fields either way. */
export function errorKey(field: string, known: (name: string) => boolean): string {
  return known(field) || !known('custom.' + field) ? field : 'custom.' + field
}
