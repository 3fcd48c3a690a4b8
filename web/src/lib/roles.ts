import type { Rec } from '@/api/types'
import { labelOf } from './format'

/** A role's name in the person's language; made roles may have one name only. */
export function roleName(role: Rec | { name: string; name_en?: string | null }): string {
  const name = String(role.name ?? '')
  return labelOf({ zh: name, en: String(role.name_en ?? '') || name })
}
