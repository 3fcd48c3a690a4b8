// Editing one cell of the grid: shown at once, put back when the server refuses, 撤销 for ten seconds.
import { useQueryClient, type InfiniteData } from '@tanstack/vue-query'
import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Entity, Field, Page, Rec } from '@/api/types'
import { api } from '@/api/endpoints'
import { keys } from '@/api/keys'
import { inText, valueOf } from '@/lib/format'
import { useUndo } from '@/stores/undo'
import type { GridColumn } from '../grid/types'
import { toBody } from '../record/blocks'
import { withValues } from '../record/useRecord'
import type { EntityList } from './useEntityList'

export function useCellEdit(entity: Entity, list: EntityList) {
  const { t } = useI18n()
  const queries = useQueryClient()
  const undo = useUndo()
  const state = shallowRef<{ row: Rec; field: Field; cell: HTMLElement } | null>(null)

  function start(row: Rec, column: GridColumn, cell: HTMLElement): void {
    if (column.field) state.value = { row, field: column.field, cell }
  }
  function stop(): void {
    state.value = null
  }
  function put(next: Rec): void {
    const key = keys.list(entity.path, list.question.value)
    queries.setQueryData<InfiniteData<Page>>(key, (data) =>
      data && {
        ...data,
        pages: data.pages.map((p) => ({ ...p, items: p.items.map((r) => (r.id === next.id ? { ...r, ...next } : r)) })),
      },
    )
  }
  async function save(row: Rec, field: Field, value: unknown): Promise<void> {
    const before = valueOf(row, field.name) ?? null
    put(withValues(row, { [field.name]: value }))
    try {
      // A list row may come without its version: ask, rather than overwrite blindly.
      const version = row.version ?? (await api.read(entity.path, row.id)).version
      const saved = await api.update(entity.path, row.id, version, toBody({ [field.name]: value }))
      put(saved)
      queries.setQueryData(keys.record(entity.path, row.id), saved)
      undo.done(t('form.changed', { what: inText(field.label) }), async () => {
        put(await api.update(entity.path, row.id, saved.version, toBody({ [field.name]: before })))
      })
    } catch (e) {
      put(row)
      throw e
    }
  }
  return { state, start, stop, save }
}
