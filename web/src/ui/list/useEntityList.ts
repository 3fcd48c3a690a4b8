// A list on screen: the address holds view, filter, words and order; the server counts and pages.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import type { Entity, Filter, Id, ListQuery, Page, Rec, SavedView, ViewConfig } from '@/api/types'
import { api, listRecords } from '@/api/endpoints'
import { keys } from '@/api/keys'
import { clean, parseFilter, same, wire } from '@/lib/filter'
import { entityOf } from '@/lib/related'
import { isNumeric, labelOf } from '@/lib/format'
import { useMeta } from '@/stores/meta'
import { usePrefs } from '@/stores/prefs'
import type { Trail } from '@/stores/trail'
import { defaultWidth, nothing, type GridColumn, type Selection } from '../grid/types'

const PAGE = 100

export interface ListOptions {
  /** Order when neither address nor view says one. */
  sort?: string
  /** Columns when nobody has chosen; the meta document's `list` fields when absent. */
  columns?: string[]
  /** Always added to the conditions, for example a category chosen beside the list. */
  also?: () => Filter | null
}

export function useEntityList(entity: Entity, options: ListOptions = {}) {
  const route = useRoute()
  const router = useRouter()
  const prefs = usePrefs()
  const meta = useMeta()
  const queries = useQueryClient()

  const views = useQuery({
    queryKey: keys.views(entity.name),
    queryFn: async () => (await api.views(entity.name)).items,
    staleTime: 300_000,
  })
  const viewId = computed<Id | null>(() => Number(route.query.view) || null)
  const view = computed<SavedView | null>(() => views.data.value?.find((v) => v.id === viewId.value) ?? null)
  const saved = computed<ViewConfig>(() => view.value?.config ?? {})

  // In the address a value that differs from the view; "" means: the view's value was taken away.
  const filter = computed<Filter | null>(() =>
    route.query.filter === undefined ? (saved.value.filter ?? null) : parseFilter(route.query.filter),
  )
  const q = computed(() => (route.query.q === undefined ? (saved.value.q ?? '') : String(route.query.q)))
  const sort = computed(() =>
    route.query.sort === undefined ? (saved.value.sort ?? options.sort ?? '') : String(route.query.sort),
  )
  // Columns and density chosen while a view is on screen: the view's, once it is saved.
  const looks = ref<Pick<ViewConfig, 'columns' | 'density'> | null>(null)
  watch([viewId, view], () => (looks.value = null))
  /** The deleted records instead. */
  const bin = computed(() => route.query.bin === '1')
  const setBin = (on: boolean) => void router.push({ query: on ? { bin: 1 } : {} })
  const changed = computed(
    () => looks.value !== null || !same(filter.value, saved.value.filter) || q.value !== (saved.value.q ?? '') || sort.value !== (saved.value.sort ?? options.sort ?? ''),
  )

  function go(change: LocationQueryRaw): void {
    void router.replace({ query: { ...route.query, ...change } })
  }
  function setFilter(next: Filter | null): void {
    const tree = clean(next)
    go({ filter: same(tree, saved.value.filter) ? undefined : tree ? JSON.stringify(tree) : '' })
  }
  const setSort = (next: string) => go({ sort: next === (saved.value.sort ?? options.sort ?? '') ? undefined : next })
  const setQ = (next: string) => go({ q: next === (saved.value.q ?? '') ? undefined : next })
  function setView(id: Id | null): void {
    looks.value = null
    void router.push({ query: id === null ? {} : { view: id } })
  }

  // Columns: this person's choice, else the view's, else what the meta document offers.
  const basic = computed(() => {
    const own = entity.fields.filter((f) => f.list && (f.custom || !options.columns)).map((f) => f.name)
    const wanted = [...(options.columns ?? []), ...own]
    const known = wanted.filter((n) => entity.fields.some((f) => f.name === n))
    return known.includes(entity.title) ? [entity.title, ...known.filter((n) => n !== entity.title)] : known
  })
  const mine = computed(() => prefs.lists[entity.name] ?? {})
  const columnNames = computed(() => {
    const names = (looks.value?.columns ?? saved.value.columns ?? mine.value.columns ?? basic.value).filter((n) => entity.fields.some((f) => f.name === n))
    return names.length ? names : basic.value
  })
  const density = computed(() => looks.value?.density ?? saved.value.density ?? mine.value.density ?? 'normal')
  const columns = computed<GridColumn[]>(() =>
    columnNames.value.flatMap((name) => {
      const field = entity.fields.find((f) => f.name === name)
      if (!field) return []
      return [{
        key: name, field, label: labelOf(field.label), sortable: field.sort, numeric: isNumeric(field),
        editable: !bin.value && entity.may.update && !field.create_only && field.access === 'write' && !field.readonly,
        fixed: mine.value.widths?.[name] !== undefined,
        width: mine.value.widths?.[name] ?? defaultWidth(field, name === entity.title),
      }]
    }),
  )
  function setLooks(next: Pick<ViewConfig, 'columns' | 'density'>): void {
    if (view.value) looks.value = { ...looks.value, ...next }
    else prefs.setList(entity.name, next)
  }
  const setColumns = (names: string[]) => setLooks({ columns: names })
  const setDensity = (next: 'compact' | 'normal') => setLooks({ density: next })
  const setWidth = (key: string, width: number) =>
    prefs.setList(entity.name, { widths: { ...mine.value.widths, [key]: Math.round(width) } })
  function resetColumns(): void {
    if (view.value) setLooks({ columns: basic.value })
    prefs.setList(entity.name, { columns: undefined, widths: undefined })
  }

  const conditions = computed<Filter | null>(() => {
    const also = options.also?.() ?? null
    const tree = also ? clean({ all: [also, ...(filter.value ? [filter.value] : [])] }) : clean(filter.value)
    return wire(tree, entity, (r) => meta.find(entityOf(r)))
  })
  const fields = computed(() => [...new Set(['id', entity.title, ...columnNames.value])])
  const question = computed<ListQuery>(() => ({
    filter: conditions.value, q: q.value || undefined, sort: sort.value || undefined, limit: PAGE, fields: fields.value, deleted: bin.value || undefined,
  }))
  const ready = computed(() => viewId.value === null || views.isFetched.value)
  const pages = useInfiniteQuery({
    queryKey: computed(() => keys.list(entity.path, question.value)),
    queryFn: ({ pageParam, signal }) =>
      listRecords(entity.path, { ...question.value, cursor: pageParam, count: pageParam === null }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page) => last.next,
    enabled: ready,
    placeholderData: (before) => before,
  })
  const rows = shallowRef<Rec[]>([])
  watch(() => pages.data.value, (data) => (rows.value = data?.pages.flatMap((p) => p.items) ?? []), { immediate: true })
  const total = computed(() => pages.data.value?.pages[0]?.count ?? null)

  const selection = ref<Selection>(nothing())
  watch([conditions, q, bin], () => (selection.value = nothing()))

  /** What a bulk action or an export is about. */
  const target = computed(() =>
    selection.value.all
      ? { filter: conditions.value, q: q.value || undefined, deleted: bin.value || undefined }
      : { ids: [...selection.value.ids] },
  )
  const config = computed<ViewConfig>(() => ({
    filter: filter.value, q: q.value || undefined, sort: sort.value || undefined, columns: columnNames.value, density: density.value,
  }))
  /** What the pages of single records need to go on through this list. */
  function trail(): Trail {
    let cursor = pages.data.value?.pages.at(-1)?.next ?? null
    const asked = question.value
    const more = async () => {
      if (!cursor) return []
      const page = await listRecords(entity.path, { ...asked, cursor, fields: ['id'] })
      cursor = page.next
      return page.items.map((r) => r.id)
    }
    return { path: entity.path, ids: rows.value.map((r) => r.id), total: total.value, more }
  }
  const refresh = () => queries.invalidateQueries({ queryKey: [entity.path] })

  return {
    views, viewId, view, filter, q, sort, changed, setFilter, setSort, setQ, setView, config,
    columns, columnNames, density, setColumns, setDensity, setWidth, resetColumns,
    pages, rows, total, selection, target, question, conditions, refresh, bin, setBin, trail,
  }
}
export type EntityList = ReturnType<typeof useEntityList>
