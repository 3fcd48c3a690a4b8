// The list a record was opened from: its records in order, so that the next one is a key away.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Id } from '@/api/types'

export interface Trail {
  path: string
  ids: Id[]
  total: number | null
  /** More ids of the same list; none at its end. */
  more: (() => Promise<Id[]>) | null
}

export const useTrail = defineStore('trail', () => {
  const trail = shallowRef<Trail | null>(null)

  function set(next: Trail): void {
    trail.value = next
  }
  /** Place in the list, from 1; null when the record was not opened from a list. */
  function place(path: string, id: Id): { at: number; of: number } | null {
    const t = trail.value
    const at = t?.path === path ? t.ids.indexOf(id) : -1
    return t && at >= 0 ? { at: at + 1, of: Math.max(t.total ?? 0, t.ids.length) } : null
  }
  async function beside(path: string, id: Id, by: 1 | -1): Promise<Id | null> {
    const here = place(path, id)
    const t = trail.value
    if (!here || !t) return null
    const to = here.at - 1 + by
    if (to >= t.ids.length && t.more) {
      const found = await t.more()
      trail.value = { ...t, ids: [...t.ids, ...found], more: found.length ? t.more : null }
    }
    return trail.value?.ids[to] ?? null
  }
  return { trail, set, place, beside }
})
