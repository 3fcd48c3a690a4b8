import { describe, expect, it } from 'vitest'
import type { ImportColumn, ImportState, ImportTarget } from '@/api/admin'
import { assign, groupTargets, mappedCount, mappingOf, mayOpen, missing, moveEntry, sameMapping, sampleText, sendable, stepOf, toBody, toPreset } from '@/features/imports/mapping'

const column = (index: number, name: string, field: string | null = null): ImportColumn => ({ index, name, field, sample: [] })
const header = [column(0, '订单编号', 'order.number'), column(1, '买家会员名', 'identity.value'), column(2, '备注'), column(3, '', 'order.phone')]
const label = { zh: '', en: '' }
const targets: ImportTarget[] = [
  { name: 'order.number', label, required: true }, { name: 'order.phone', label, required: false },
  { name: 'payment.amount', label, required: true }, { name: 'order.city', label, required: false },
]

describe('mapping', () => {
  it('begins with what the server guessed', () => expect(mappingOf(header)).toEqual({ 0: 'order.number', 1: 'identity.value', 2: null, 3: 'order.phone' }))
  it('takes empty text for nothing', () => expect(mappingOf([column(0, 'x', '')])).toEqual({ 0: null }))
  it('gives a field to one column only', () => {
    const next = assign(mappingOf(header), 2, 'order.number')
    expect(next[2]).toBe('order.number')
    expect(next[0]).toBeNull()
  })
  it('keeps a field that is chosen again', () => expect(assign(mappingOf(header), 0, 'order.number')[0]).toBe('order.number'))
  it('lets several columns be left out', () => {
    const next = assign(assign(mappingOf(header), 0, null), 1, null)
    expect(next).toMatchObject({ 0: null, 1: null, 2: null })
    expect(mappedCount(next)).toBe(1)
  })
  it('does not change what it was given', () => {
    const before = mappingOf(header)
    assign(before, 2, 'order.number')
    expect(before[0]).toBe('order.number')
  })
  it('names what is missing', () => {
    expect(missing(mappingOf(header), targets).map((t) => t.name)).toEqual(['payment.amount'])
    expect(missing({}, targets)).toHaveLength(2)
    expect(missing(assign(mappingOf(header), 2, 'payment.amount'), targets)).toEqual([])
  })
  it('is sent without columns that are left out', () => expect(toBody(mappingOf(header))).toEqual({ 0: 'order.number', 1: 'identity.value', 3: 'order.phone' }))
  it('is the same whether a column is left out or unknown', () => expect(sameMapping({ 0: 'a', 1: null }, { 0: 'a' })).toBe(true))
})

it.each([['="3078"', '3078'], ['=""', ''], ['3078', '3078'], ['=1+1', '=1+1']])('shows %j as %j', (cell, text) => expect(sampleText(cell)).toBe(text))

describe('preset', () => {
  it('goes by heading; columns without one and the second of two equal ones stay out', () => {
    const twice = [...header, column(4, '订单编号', 'order.city')]
    expect(toPreset(mappingOf(twice), twice)).toEqual({ 订单编号: 'order.number', 买家会员名: 'identity.value' })
  })
  it('keeps no display text', () => expect(sendable({ policy: 'fill', shop_id: 3, shop_id$: '旗舰店' })).toEqual({ policy: 'fill', shop_id: 3 }))
})

it('groups fields in the order of the server', () => {
  expect(groupTargets(targets).map((g) => [g.name, g.targets.length])).toEqual([['order', 3], ['payment', 1]])
})

describe('steps', () => {
  it.each<[ImportState, string]>([
    ['uploaded', 'file'], ['checking', 'check'], ['checked', 'check'], ['running', 'run'], ['done', 'run'], ['failed', 'run'], ['undoing', 'run'], ['undone', 'run'],
  ])('an import that is %s stands at %s', (state, step) => expect(stepOf(state)).toBe(step))
  it.each<[Parameters<typeof mayOpen>, boolean]>([
    [['map', 'check', 'checked'], true], [['file', 'map', 'uploaded'], true], [['options', 'map', 'uploaded'], false],
    [['upload', 'map', 'uploaded'], false], [['map', 'run', 'running'], false], [['map', 'run', 'done'], false], [['map', 'run', 'failed'], true], [['map', 'check', 'checking'], false],
  ])('%j: %s', (args, may) => expect(mayOpen(...args)).toBe(may))
})

describe('order of recognition', () => {
  it.each<[number, number, string[]]>([[0, 1, ['b', 'a', 'c']], [2, -1, ['a', 'c', 'b']], [0, -1, ['a', 'b', 'c']], [2, 1, ['a', 'b', 'c']]])('%i by %i', (at, by, want) => {
    expect(moveEntry(['a', 'b', 'c'], at, by)).toEqual(want)
  })
})
