import { useQueryClient } from '@tanstack/vue-query'
import { useI18n } from 'vue-i18n'
import type { Entity, Id } from '@/api/types'
import { api } from '@/api/endpoints'
import { ApiError } from '@/api/client'
import { keys } from '@/api/keys'
import { useUndo } from '@/stores/undo'
import type { EntityList } from './useEntityList'

/** Saving, naming, sharing and removing the views of a list. */
export function useViews(entity: Entity, list: EntityList) {
  const { t } = useI18n()
  const queries = useQueryClient()
  const undo = useUndo()
  const fresh = () => queries.invalidateQueries({ queryKey: keys.views(entity.name) })
  const find = (id: Id) => list.views.data.value?.find((v) => v.id === id)

  async function tell(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (e) {
      undo.fail(e instanceof ApiError ? e.message : String(e))
    }
  }
  const create = (name: string, shared: boolean) =>
    tell(async () => {
      const made = await api.create('views', { entity: entity.name, name, shared, config: list.config.value })
      await fresh()
      list.setView(made.id)
    })
  const save = () =>
    tell(async () => {
      const view = list.view.value
      if (!view) return
      await api.update('views', view.id, view.version, { config: list.config.value })
      await fresh()
      list.setView(view.id)
    })
  const rename = (id: Id, name: string, shared: boolean) =>
    tell(async () => {
      const view = find(id)
      if (view) await api.update('views', id, view.version, { name, shared })
      await fresh()
    })
  const remove = (id: Id) =>
    tell(async () => {
      const view = find(id)
      await api.remove('views', id, view?.version)
      list.setView(null)
      await fresh()
      undo.done(t('views.removed', { name: view?.name ?? '' }), async () => {
        await api.restore('views', id)
        await fresh()
      })
    })
  return { create, save, rename, remove }
}
