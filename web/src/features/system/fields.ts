// Custom fields: their shape and their names.
import type { Id, Rec } from '@/api/types'

export interface FieldChoice {
  name: string
  label_zh: string
  label_en: string
}
export interface CustomField extends Rec {
  entity: string
  key: string
  label_zh: string
  label_en: string
  kind: string
  choices: FieldChoice[] | null
  required: boolean
  in_list: boolean
  pii: boolean
  hidden: boolean
  block: string | null
  position: number
}
export const FIELD_KINDS = ['text', 'int', 'bool', 'money', 'decimal', 'day', 'instant', 'choice'] as const

/** A name the server takes, out of what people call it; of its own among those taken. */
export function nameFrom(label: string, taken: string[], stem = 'c'): string {
  const base = label.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 32)
  let name = base || `${stem}${taken.length + 1}`
  for (let n = 2; taken.includes(name); n++) name = `${base || stem}${base ? '_' : ''}${n}`
  return name
}

/** Where every field stands after one was moved; only those that change. */
export function reposition(list: { id: Id; position: number }[], id: Id, by: number): { id: Id; position: number }[] {
  const at = list.findIndex((f) => f.id === id)
  const to = at + by
  if (at < 0 || to < 0 || to >= list.length) return []
  const next = [...list]
  const [one] = next.splice(at, 1)
  if (one) next.splice(to, 0, one)
  return next.map((f, i) => ({ id: f.id, position: i + 1, was: f.position })).filter((f) => f.was !== f.position).map(({ id: i, position }) => ({ id: i, position }))
}
