// The filter tree of the API as people handle it: which conditions a field allows, words for them,
// and the small edits that chips and builder make. Trees are never changed in place.
import type { Entity, Field, Filter, FilterLeaf, FilterRelated, Op, Value } from '@/api/types'
import { labelOf, show } from './format'
import { isPhoneField } from './phone'
import { relatedOf, relatedText, type FindEntity } from './related'

const RANGE: Op[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'not_empty']
const SPANS: Op[] = ['this_day', 'this_week', 'this_month', 'prev_month', 'this_year']
const DATE: Op[] = ['last_days', 'next_days', 'on', 'before', 'after', 'between', ...SPANS, 'empty', 'not_empty']

export function opsFor(field: Field): Op[] {
  switch (field.kind) {
    case 'text':
      // Encrypted: compared as a whole, and phones by their last digits.
      if (field.sealed && field.custom) return ['not_empty', 'empty']
      if (field.sealed) return [...(isPhoneField(field.name) ? (['ends'] as Op[]) : []), 'eq', 'in', 'not_in', 'ne', 'empty', 'not_empty']
      return ['contains', 'eq', 'starts', 'ends', ...(field.search ? (['matches'] as Op[]) : []), 'in', 'not_in', 'ne', 'empty', 'not_empty']
    case 'int':
    case 'money':
    case 'decimal':
      return RANGE
    case 'instant':
    case 'day':
      return DATE
    case 'choice':
    case 'id':
      return ['in', 'not_in', 'empty', 'not_empty']
    case 'bool':
      return ['eq', 'empty']
  }
}

export type Shape = 'none' | 'one' | 'many' | 'pair' | 'days'

export function shapeOf(op: Op): Shape {
  if (op === 'empty' || op === 'not_empty' || SPANS.includes(op)) return 'none'
  if (op === 'in' || op === 'not_in') return 'many'
  if (op === 'between') return 'pair'
  return op === 'last_days' || op === 'next_days' ? 'days' : 'one'
}

export function emptyValue(field: Field, op: Op): Value | undefined {
  switch (shapeOf(op)) {
    case 'none':
      return undefined
    case 'many':
      return []
    case 'pair':
      return [null, null]
    case 'days':
      return 30
    default:
      return field.kind === 'bool' ? true : null
  }
}

export function newLeaf(field: Field): FilterLeaf {
  const op = opsFor(field)[0] as Op
  return { field: field.name, op, value: emptyValue(field, op) }
}

/** A change of condition keeps the value where the new condition can use it. */
export function withOp(leaf: FilterLeaf, field: Field, op: Op): FilterLeaf {
  const same = shapeOf(op) === shapeOf(leaf.op)
  return { field: leaf.field, op, value: same ? leaf.value : emptyValue(field, op) }
}

export const isLeaf = (f: Filter): f is FilterLeaf => 'field' in f
export const isRelated = (f: Filter): f is FilterRelated => !('field' in f || 'all' in f || 'any' in f || 'not' in f)

export function complete(leaf: FilterLeaf): boolean {
  const v = leaf.value
  switch (shapeOf(leaf.op)) {
    case 'none':
      return true
    case 'many':
      return Array.isArray(v) && v.length > 0
    case 'pair':
      return Array.isArray(v) && v.length === 2 && v.every((x) => x !== null && x !== '')
    case 'days':
      return typeof v === 'number' && Number.isInteger(v) && v > 0
    default:
      return v !== null && v !== undefined && v !== ''
  }
}

/** What may be sent: without unfinished conditions and empty groups; null when nothing is left. */
export function clean(tree: Filter | null | undefined): Filter | null {
  if (!tree) return null
  if (isLeaf(tree)) {
    if (!complete(tree)) return null
    return shapeOf(tree.op) === 'none' ? { field: tree.field, op: tree.op } : tree
  }
  if ('not' in tree) {
    const inner = clean(tree.not)
    return inner && { not: inner }
  }
  if (isRelated(tree)) {
    const found = relatedOf(tree)
    if (!found) return null
    const where = clean(found.related.where)
    return { [found.relation]: { ...found.related, where: where ?? undefined } }
  }
  const parts = 'all' in tree ? tree.all : tree.any
  const kept = parts.map(clean).filter((x): x is Filter => x !== null)
  if (!kept.length) return null
  if (kept.length === 1) return kept[0] as Filter
  return 'all' in tree ? { all: kept } : { any: kept }
}

/** The chips: the parts that must all hold. */
export function parts(tree: Filter | null | undefined): Filter[] {
  if (!tree) return []
  return 'all' in tree ? tree.all : [tree]
}
export function fromParts(list: Filter[]): Filter | null {
  return clean({ all: list })
}
export function withPart(tree: Filter | null, index: number, part: Filter | null): Filter | null {
  const list = parts(tree).slice()
  if (part) list[index] = part
  else list.splice(index, 1)
  return fromParts(list)
}

export function same(a: Filter | null | undefined, b: Filter | null | undefined): boolean {
  return JSON.stringify(clean(a)) === JSON.stringify(clean(b))
}

/** Reads a filter from an address; null for anything that is not a tree. */
export function parseFilter(text: unknown): Filter | null {
  if (typeof text !== 'string' || !text) return null
  try {
    const value: unknown = JSON.parse(text)
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Filter) : null
  } catch {
    return null
  }
}

export type Translate = (key: string, values?: Record<string, unknown>) => string

export function describe(tree: Filter, entity: Entity, t: Translate, names: Map<string, string> = new Map(), find?: FindEntity): string {
  if ('not' in tree) return t('filter.not', { text: describe(tree.not, entity, t, names, find) })
  if ('all' in tree) return tree.all.map((x) => group(x, entity, t, names, find)).join(t('filter.and'))
  if ('any' in tree) return tree.any.map((x) => group(x, entity, t, names, find)).join(t('filter.or'))
  if (isRelated(tree)) return relatedText(tree, t, find, (where, other) => describe(where, other, t, names, find))
  const field = entity.fields.find((f) => f.name === tree.field)
  if (!field) return tree.field
  return `${labelOf(field.label)} ${valueText(tree, field, t, names)}`.trim()
}

function group(tree: Filter, entity: Entity, t: Translate, names: Map<string, string>, find?: FindEntity): string {
  const text = describe(tree, entity, t, names, find)
  return isLeaf(tree) || isRelated(tree) || 'not' in tree ? text : `(${text})`
}

/** Condition and value of one leaf, for example "≥ ¥1,000.00". */
export function valueText(leaf: FilterLeaf, field: Field, t: Translate, names: Map<string, string> = new Map()): string {
  const one = (v: unknown) =>
    field.kind === 'id' ? (names.get(String(v)) ?? `#${String(v)}`)
    : field.kind === 'instant' && typeof v === 'string' && v.length === 10 ? v
    : show(field, v)
  const v = leaf.value
  const op = t(`filter.op.${leaf.op}`)
  switch (shapeOf(leaf.op)) {
    case 'none':
      return op
    case 'many': {
      const list = Array.isArray(v) ? v : []
      const text = list.slice(0, 3).map(one).join(t('filter.listSeparator'))
      return `${op} ${text}${list.length > 3 ? ` +${list.length - 3}` : ''}`
    }
    case 'pair': {
      const [a, b] = Array.isArray(v) ? v : []
      return `${one(a)} – ${one(b)}`
    }
    case 'days':
      return t(`filter.days.${leaf.op}`, { n: v })
    default:
      return `${op} ${one(v)}`
  }
}

const dayAfter = (day: string, by: number) => new Date(Date.parse(day + 'T00:00:00Z') + by * 86_400_000).toISOString().slice(0, 10)

/** The tree as the server understands it: days of an instant mean whole days where the organisation is. */
export function wire(tree: Filter | null | undefined, entity: Entity, find?: FindEntity): Filter | null {
  if (!tree) return null
  if ('all' in tree) return { all: tree.all.flatMap((x) => wire(x, entity, find) ?? []) }
  if ('any' in tree) return { any: tree.any.flatMap((x) => wire(x, entity, find) ?? []) }
  if ('not' in tree) {
    const inner = wire(tree.not, entity, find)
    return inner && { not: inner }
  }
  if (isRelated(tree)) {
    const found = relatedOf(tree)
    const other = found && find?.(found.relation)
    return found && other ? { [found.relation]: { ...found.related, where: wire(found.related.where, other, find) ?? undefined } } : tree
  }
  if (tree.op === 'this_day') return { field: tree.field, op: 'last_days', value: 1 }
  const field = entity.fields.find((f) => f.name === tree.field)
  const [a, b] = Array.isArray(tree.value) ? tree.value : []
  const days = typeof a === 'string' && typeof b === 'string' && a.length === 10 && b.length === 10
  if (tree.op !== 'between' || field?.kind !== 'instant' || !days) return tree
  return { all: [{ field: tree.field, op: 'after', value: dayAfter(a, -1) }, { field: tree.field, op: 'before', value: dayAfter(b, 1) }] }
}
