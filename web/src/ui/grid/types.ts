import type { Field, Id } from '@/api/types'

export interface GridColumn {
  key: string
  label: string
  /** Absent for columns that are drawn by a slot only. */
  field?: Field
  width: number
  /** The person has set the width: it does not grow with the window. */
  fixed?: boolean
  sortable?: boolean
  numeric?: boolean
  editable?: boolean
}

/** Chosen rows: some by id, or everything that the list's conditions match. */
export interface Selection {
  all: boolean
  ids: Set<Id>
}
export const nothing = (): Selection => ({ all: false, ids: new Set() })
export const isChosen = (s: Selection, id: Id) => s.all || s.ids.has(id)
export const countChosen = (s: Selection, total: number) => (s.all ? total : s.ids.size)

const WIDTH: Record<string, number> = { money: 120, decimal: 110, int: 90, instant: 148, day: 108, bool: 76, choice: 104, id: 120 }
export function defaultWidth(field: Field, title: boolean): number {
  if (title) return 190
  return field.multiline ? 260 : (WIDTH[field.kind] ?? 140)
}

/** "-paid_at,name" → direction of a column: 1, -1, or 0 when the list is not sorted by it. */
export function sortOf(sort: string, key: string): -1 | 0 | 1 {
  for (const part of sort.split(',')) {
    if (part === key) return 1
    if (part === '-' + key) return -1
  }
  return 0
}
/** First press sorts: numbers and dates from the top, words from A; then the other way; then not at all. */
export function nextSort(sort: string, key: string, descendingFirst: boolean): string {
  const now = sortOf(sort, key)
  const order = descendingFirst ? ['-' + key, key, ''] : [key, '-' + key, '']
  if (now === 0) return order[0] as string
  return order[order.indexOf(now === 1 ? key : '-' + key) + 1] ?? ''
}
