import type { Entity, Field } from '@/api/types'
import { blocksOf } from '../record/blocks'

/** The fields that can be filtered by, in the order and blocks of the meta document. */
export function fieldGroups(entity: Entity, blockLabel: (block: string) => string): { label: string; fields: Field[] }[] {
  return blocksOf(entity.fields.filter((f) => f.filter)).map((b) => ({ label: blockLabel(b.name), fields: b.fields }))
}
