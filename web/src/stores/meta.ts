import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Act, Entity, Field, Meta } from '@/api/types'

// Kinds that this page can show; what a newer server adds is left out rather than shown wrongly.
const KINDS = new Set(['text', 'int', 'bool', 'id', 'money', 'decimal', 'instant', 'day', 'choice'])
const NAMING = new Set(['change', 'field'])
const tidy = (field: Field): Field => ({ ...field, block: field.block || 'system' })
// Nobody writes what the program itself keeps, whatever their rights.
const mayOf = (e: Entity): Entity['may'] => (e.readonly ? { ...e.may, create: false, update: false, delete: false, import: false, bulk: false } : e.may)

export const useMeta = defineStore('meta', () => {
  const meta = shallowRef<Meta | null>(null)
  let byName = new Map<string, Entity>()

  function adopt(next: Meta): void {
    // The kind of record that a change or a field is about is a name: offer the names people know.
    const kinds = next.entities.map((e) => ({ name: e.name, label: e.label }))
    const named = (e: Entity, f: Field): Field => (f.name === 'entity' && f.kind === 'text' && NAMING.has(e.name) ? { ...f, kind: 'choice', choices: kinds } : f)
    const entities = next.entities.map((e) => ({ ...e, may: mayOf(e), others: e.fields.filter((f) => !KINDS.has(f.kind)), fields: e.fields.filter((f) => KINDS.has(f.kind)).map(tidy).map((f) => named(e, f)) }))
    meta.value = { ...next, entities }
    byName = new Map(entities.map((e) => [e.name, e]))
  }
  function find(name: string): Entity | undefined {
    void meta.value
    return byName.get(name)
  }
  /** The entity; only for screens that the router lets through when it exists. */
  function entity(name: string): Entity {
    const found = find(name)
    if (!found) throw new Error(`no entity ${name}`)
    return found
  }
  function field(name: string, fieldName: string): Field | undefined {
    return find(name)?.fields.find((f) => f.name === fieldName)
  }
  const may = (name: string, act: Act) => find(name)?.may[act] ?? false
  const mayAny = (act: Act) => meta.value?.entities.some((e) => e.may[act]) ?? false
  return { meta, adopt, find, entity, field, may, mayAny }
})
