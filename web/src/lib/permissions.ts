// Names of rights as people read them: "customer.read" belongs to customers, "audit.read" to its group.
import type { Meta } from '@/api/types'
import { labelOf } from './format'

export const VERBS = ['read', 'create', 'update', 'delete', 'export', 'import', 'bulk'] as const
export type Verb = (typeof VERBS)[number]

// People come first, the program's own things last.
const ORDER = ['customer', 'contact', 'address', 'identity', 'order', 'line', 'refund', 'product', 'category', 'shop', 'import', 'preset', 'view', 'job', 'user', 'department', 'role', 'field', 'change']
export function byWeight<T>(list: T[], name: (item: T) => string): T[] {
  const weight = (item: T) => {
    const at = ORDER.indexOf(name(item))
    return at < 0 ? ORDER.indexOf('import') - 0.5 : at
  }
  return [...list].sort((a, b) => weight(a) - weight(b))
}

export interface PermissionGroup {
  key: string
  label: string
  items: { name: string; label: string }[]
}

/** Held permissions by entity in the order of the meta document, then all others by their own names. */
export function permissionGroups(meta: Meta | null, held: string[], verb: (v: string) => string): PermissionGroup[] {
  const left = new Set(held)
  const out: PermissionGroup[] = []
  for (const entity of byWeight(meta?.entities ?? [], (e) => e.name)) {
    const items = VERBS.map((v) => `${entity.name}.${v}`).filter((name) => left.has(name))
    for (const name of items) left.delete(name)
    if (items.length) {
      out.push({ key: entity.name, label: labelOf(entity.plural), items: items.map((name) => ({ name, label: verb(name.slice(entity.name.length + 1)) })) })
    }
  }
  for (const p of meta?.permissions ?? []) {
    if (!left.delete(p.name)) continue
    const key = 'group.' + p.group
    let group = out.find((g) => g.key === key)
    if (!group) out.push((group = { key, label: verb(p.group), items: [] }))
    group.items.push({ name: p.name, label: labelOf(p.label) })
  }
  return out
}
