import type { Entity, Field } from '@/api/types'

/** The fields that can be filtered by, in the order and blocks of the meta document. */
export function fieldGroups(entity: Entity, blockLabel: (block: string) => string): { label: string; fields: Field[] }[] {
  const out = new Map<string, Field[]>()
  for (const field of entity.fields) {
    if (!field.filter) continue
    const label = blockLabel(field.block)
    const list = out.get(label)
    if (list) list.push(field)
    else out.set(label, [field])
  }
  return [...out].map(([label, fields]) => ({ label, fields }))
}
