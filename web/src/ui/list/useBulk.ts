// Actions on what is selected: each becomes a job that the tray shows.
import { reactive } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Bulk, Entity } from '@/api/types'
import { api } from '@/api/endpoints'
import { ApiError } from '@/api/client'
import { useJobs } from '@/stores/jobs'
import { useUndo } from '@/stores/undo'
import { toBody } from '../record/blocks'
import { nothing } from '../grid/types'
import type { EntityList } from './useEntityList'

export function useBulk(entity: Entity, list: EntityList) {
  const { t } = useI18n()
  const jobs = useJobs()
  const undo = useUndo()
  /** Names of chosen references, for the chips. */
  const names = reactive(new Map<string, string>())

  async function run(body: Omit<Bulk, 'ids' | 'filter' | 'q'>): Promise<boolean> {
    try {
      const { job } = await api.bulk(entity.path, { ...list.target.value, ...body })
      list.selection.value = nothing()
      await jobs.begin(job)
      return true
    } catch (e) {
      undo.fail(e instanceof ApiError ? e.message : t('error.title'))
      return false
    }
  }
  const update = (set: Record<string, unknown>) => run({ action: 'update', set: toBody(set) })
  const restore = () => run({ action: 'restore' })
  const remove = (reason: string) => run({ action: 'delete', reason: reason || undefined })

  /** The selection when there is one, else the whole list as it is filtered. */
  async function exportRows(format: 'csv' | 'xlsx'): Promise<void> {
    const ids = [...list.selection.value.ids]
    const some = !list.selection.value.all && ids.length > 0
    try {
      const { job } = await api.exportRecords(entity.path, {
        filter: some ? { field: 'id', op: 'in', value: ids } : list.conditions.value,
        q: some ? undefined : list.q.value || undefined,
        sort: list.sort.value || undefined,
        fields: list.columnNames.value,
        deleted: list.bin.value || undefined,
        format,
      })
      await jobs.begin(job)
    } catch (e) {
      undo.fail(e instanceof ApiError ? e.message : t('error.title'))
    }
  }
  return { update, remove, restore, exportRows, names }
}
export type BulkActs = ReturnType<typeof useBulk>
