import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import type { Rec } from '@/api/types'
import DataGrid from '@/ui/grid/DataGrid.vue'
import { gridKey, type GridAct } from '@/ui/grid/keyboard'
import { countChosen, isChosen, nextSort, nothing, sortOf, type GridColumn, type Selection } from '@/ui/grid/types'

const place = { row: 5, column: 1, rows: 20, columns: 4, page: 8 }
const press = (key: string, more: Partial<KeyboardEvent> = {}, at = {}) =>
  gridKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more }, { ...place, ...at })
const move = (row: number, column = 1): GridAct => ({ do: 'move', row, column })

describe('keys of the grid', () => {
  it.each<[string, Partial<KeyboardEvent>, object, GridAct | null]>([
    ['j', {}, {}, move(6)],
    ['k', {}, {}, move(4)],
    ['k', {}, { row: 0 }, move(0)],
    ['j', {}, { row: 19 }, move(19)],
    ['ArrowDown', {}, {}, move(6)],
    ['ArrowUp', {}, { row: 0 }, move(-1)],
    ['ArrowUp', {}, { row: -1 }, move(-1)],
    ['ArrowDown', {}, { row: -1 }, move(0)],
    ['ArrowRight', {}, {}, move(5, 2)],
    ['ArrowRight', {}, { column: 3 }, move(5, 3)],
    ['ArrowLeft', {}, { column: 0 }, move(5, 0)],
    ['PageDown', {}, {}, move(13)],
    ['PageUp', {}, {}, move(0)],
    ['Home', {}, {}, move(0)],
    ['End', {}, {}, move(19)],
    ['Home', { ctrlKey: true }, {}, move(0, 0)],
    ['End', { ctrlKey: true }, {}, move(19, 3)],
    ['Enter', {}, {}, { do: 'open' }],
    ['Enter', {}, { row: -1 }, { do: 'sort' }],
    ['x', {}, {}, { do: 'select' }],
    [' ', {}, {}, { do: 'select' }],
    ['x', {}, { row: -1 }, null],
    ['e', {}, {}, { do: 'edit' }],
    ['e', {}, { row: -1 }, null],
    ['a', { ctrlKey: true }, {}, { do: 'selectAll' }],
    ['a', { metaKey: true }, {}, { do: 'selectAll' }],
    ['c', { ctrlKey: true }, {}, null],
    ['ArrowDown', { shiftKey: true }, {}, { do: 'extend', row: 6 }],
    ['ArrowLeft', { altKey: true }, {}, null],
    ['Escape', {}, {}, { do: 'clear' }],
    ['q', {}, {}, null],
  ])('%s %j at %j', (key, more, at, expected) => {
    expect(press(key, more, at)).toEqual(expected)
  })
  it('stays at home in an empty list', () => {
    expect(press('j', {}, { row: 0, rows: 0 })).toMatchObject({ do: 'move' })
  })
})

describe('order by header', () => {
  it('goes down, up, off for numbers and up, down, off for words', () => {
    expect(nextSort('', 'amount', true)).toBe('-amount')
    expect(nextSort('-amount', 'amount', true)).toBe('amount')
    expect(nextSort('amount', 'amount', true)).toBe('')
    expect(nextSort('', 'name', false)).toBe('name')
    expect(nextSort('name', 'name', false)).toBe('-name')
    expect(nextSort('-name', 'name', false)).toBe('')
    expect(nextSort('-amount', 'name', false)).toBe('name')
  })
  it('reads several parts', () => {
    expect([sortOf('-a,b', 'a'), sortOf('-a,b', 'b'), sortOf('-a,b', 'c'), sortOf('', 'a')]).toEqual([-1, 1, 0, 0])
  })
})

describe('grid', () => {
  const columns: GridColumn[] = [
    { key: 'name', label: '姓名', width: 120, sortable: true },
    { key: 'amount', label: '金额', width: 100, numeric: true, sortable: true },
  ]
  const rows: Rec[] = Array.from({ length: 5 }, (_, i) => ({ id: i + 1, version: 1, name: 'n' + i, amount: String(i) }))
  const i18n = createI18n({ legacy: false, locale: 'zh-CN', missingWarn: false, fallbackWarn: false, messages: { 'zh-CN': {} } })
  function make() {
    let selection: Selection = nothing()
    const grid = mount(DataGrid, {
      props: {
        label: '客户', columns, rows, total: 100, titleKey: 'name', selection,
        'onUpdate:selection': (next: Selection) => {
          selection = next
          void grid.setProps({ selection: next })
        },
      },
      global: { plugins: [i18n] },
      attachTo: document.body,
    })
    return { grid, chosen: () => [...selection.ids].sort(), key: (k: string, more = {}) => grid.trigger('keydown', { key: k, ...more }) }
  }
  it('tells a screen reader its size, with the header row', () => {
    const { grid } = make()
    expect(grid.attributes()).toMatchObject({ role: 'grid', 'aria-rowcount': '101', 'aria-colcount': '3', 'aria-multiselectable': 'true' })
    expect(grid.findAll('[role=columnheader]')).toHaveLength(3)
    grid.unmount()
  })
  it('opens the row that the keys reached', async () => {
    const { grid, key } = make()
    await key('j')
    await key('j')
    await key('k')
    await key('Enter')
    expect((grid.emitted('open')?.[0]?.[0] as Rec).id).toBe(2)
    grid.unmount()
  })
  it('selects, extends, selects all loaded and clears', async () => {
    const { grid, key, chosen } = make()
    await key('x')
    expect(chosen()).toEqual([1])
    await key('ArrowDown', { shiftKey: true })
    expect(chosen()).toEqual([1, 2])
    await key('x')
    expect(chosen()).toEqual([1])
    await key('a', { ctrlKey: true })
    expect(chosen()).toEqual([1, 2, 3, 4, 5])
    await key('Escape')
    expect(chosen()).toEqual([])
    grid.unmount()
  })
  it('sorts from the header by keyboard and by press', async () => {
    const { grid, key } = make()
    await key('ArrowUp')
    await key('ArrowRight')
    await key('Enter')
    expect(grid.emitted('update:sort')?.[0]).toEqual(['-amount'])
    await grid.findAll('[role=columnheader]')[1]?.trigger('click')
    expect(grid.emitted('update:sort')?.[1]).toEqual(['name'])
    grid.unmount()
  })
  it('counts "all" by the total and knows every row', () => {
    const all: Selection = { all: true, ids: new Set() }
    expect(countChosen(all, 128344)).toBe(128344)
    expect(isChosen(all, 7)).toBe(true)
    expect(isChosen({ all: false, ids: new Set([7]) }, 8)).toBe(false)
  })
})
