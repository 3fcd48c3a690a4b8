// Conditions about records that point at this one: "paid orders of the last 90 days, at least 2",
// "bought this product for more than 500 together".
import type { Entity, Field, Filter, FilterRelated, Op, Related, Relation, Value } from '@/api/types'
import { labelOf, money } from './format'
import type { Translate } from './filter'

export type FindEntity = (relation: Relation) => Entity | undefined

/** Which relations an entity has, and whose records they are. */
const RELATIONS: Record<string, Relation[]> = {
  customer: ['orders', 'lines', 'refunds', 'identities', 'contacts', 'addresses'],
  order: ['lines', 'refunds'],
}
const ENTITY: Record<Relation, string> = {
  orders: 'order', lines: 'line', refunds: 'refund', contacts: 'contact', addresses: 'address', identities: 'identity',
}
export const NUMBER_OPS: Op[] = ['gte', 'lte', 'eq', 'gt', 'lt', 'between']

export const relationsOf = (entity: Entity): Relation[] => RELATIONS[entity.name] ?? []
export const entityOf = (relation: Relation): string => ENTITY[relation]
export const sumFields = (entity: Entity): Field[] => entity.fields.filter((f) => f.sum)

export function relatedOf(tree: FilterRelated): { relation: Relation; related: Related } | null {
  const relation = (Object.keys(tree) as Relation[])[0]
  const related = relation && tree[relation]
  return relation && related ? { relation, related } : null
}

export const newRelated = (relation: Relation): FilterRelated => ({ [relation]: { count: { gte: 1 } } })

export interface Measure {
  /** Null: counted. */
  sum: string | null
  op: Op
  value: Value
}
export function measureOf(related: Related): Measure {
  const from = related.sum ?? related.count ?? { gte: 1 }
  const op = NUMBER_OPS.find((o) => o in from) ?? 'gte'
  return { sum: related.sum?.field ?? null, op, value: (from as Partial<Record<Op, Value>>)[op] ?? null }
}
export function withMeasure(related: Related, m: Measure): Related {
  const compared = { [m.op]: m.value }
  return m.sum === null ? { where: related.where, count: compared } : { where: related.where, sum: { field: m.sum, ...compared } }
}

const filled = (v: unknown) => v !== null && v !== undefined && v !== ''
export function relatedComplete(tree: FilterRelated): boolean {
  const found = relatedOf(tree)
  if (!found) return false
  const { op, value } = measureOf(found.related)
  return op === 'between' ? Array.isArray(value) && value.length === 2 && value.every(filled) : filled(value)
}

export function relatedText(tree: FilterRelated, t: Translate, find: FindEntity | undefined, inside: (where: Filter, other: Entity) => string): string {
  const found = relatedOf(tree)
  const other = found && find?.(found.relation)
  if (!found || !other) return t('filter.related')
  const { sum, op, value } = measureOf(found.related)
  const field = sum === null ? undefined : other.fields.find((f) => f.name === sum)
  const one = (v: unknown) => (field?.kind === 'money' ? money(v) : String(v ?? ''))
  const text = op === 'between' && Array.isArray(value) ? `${one(value[0])} – ${one(value[1])}` : `${t(`filter.op.${op}`)} ${one(value)}`
  const where = found.related.where ? t('filter.relatedWhere', { text: inside(found.related.where, other) }) : ''
  return `${t('filter.relation.' + found.relation)}${where} ${field ? labelOf(field.label) : t('filter.count.' + found.relation)} ${text}`
}
