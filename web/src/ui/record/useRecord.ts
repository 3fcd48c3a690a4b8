// One record on screen: reads it, saves single fields at once, offers to take the change back.
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Entity, Id, Rec } from '@/api/types'
import { api } from '@/api/endpoints'
import { ApiError } from '@/api/client'
import { keys } from '@/api/keys'
import { labelOf, valueOf } from '@/lib/format'
import { useUndo } from '@/stores/undo'
import { toBody } from './blocks'

export interface Conflict {
  current: Rec
  mine: Record<string, unknown>
}

export function withValues(record: Rec, changed: Record<string, unknown>): Rec {
  const body = toBody(changed)
  const custom = body.custom ? { ...(record.custom as object), ...(body.custom as object) } : record.custom
  return { ...record, ...body, ...(custom ? { custom } : {}) } as Rec
}

export function useRecord(entity: Entity, id: Id) {
  const { t } = useI18n()
  const queries = useQueryClient()
  const undo = useUndo()
  const key = keys.record(entity.path, id)
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.read(entity.path, id, signal) })
  const record = computed(() => query.data.value ?? null) as Ref<Rec | null>
  const conflict = ref<Conflict | null>(null)

  function put(next: Rec): void {
    queries.setQueryData(key, next)
    void queries.invalidateQueries({ queryKey: [entity.path, 'list'] })
    void queries.invalidateQueries({ queryKey: [...key, 'history'] })
    void queries.invalidateQueries({ queryKey: [...key, 'timeline'] })
  }

  /** Shows the change at once; puts it back when the server refuses. Throws field errors. */
  async function save(changed: Record<string, unknown>, quiet = false, version?: number): Promise<void> {
    const before = record.value
    if (!before) return
    queries.setQueryData(key, withValues(before, changed))
    try {
      const next = await api.update(entity.path, id, version ?? before.version, toBody(changed))
      put(next)
      if (quiet) return
      const names = Object.keys(changed)
      const old = Object.fromEntries(names.map((n) => [n, valueOf(before, n) ?? null]))
      const what = names.map((n) => labelOf(entity.fields.find((f) => f.name === n)?.label) || n).join(t('filter.listSeparator'))
      undo.done(t('form.changed', { what }), () => save(old, true))
    } catch (e) {
      queries.setQueryData(key, before)
      if (e instanceof ApiError && e.http === 409 && e.current) {
        conflict.value = { current: e.current, mine: changed }
        return
      }
      throw e
    }
  }

  async function resolve(changed: Record<string, unknown>, current: Rec): Promise<void> {
    conflict.value = null
    queries.setQueryData(key, current)
    if (Object.keys(changed).length) await save(changed)
  }

  async function remove(): Promise<void> {
    const gone = record.value
    if (!gone) return
    await api.remove(entity.path, id, gone.version)
    void queries.invalidateQueries({ queryKey: [entity.path, 'list'] })
    undo.done(t('form.deleted', { what: String(gone[entity.title] ?? '') }), async () => {
      await api.restore(entity.path, id)
      await queries.invalidateQueries({ queryKey: [entity.path] })
    })
  }
  return { query, record, save, remove, conflict, resolve, put }
}
