import { describe, expect, it } from 'vitest'
import type { Entity, Field, Filter, FilterLeaf } from '@/api/types'
import {
  clean, complete, describe as words, fromParts, newLeaf, opsFor, parseFilter, parts, same, shapeOf, withOp, withPart,
} from '@/lib/filter'
import { setPlace } from '@/lib/format'

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  name, label: { zh: name + '中', en: name }, help: null, kind, block: 'basic', required: false, readonly: false, unique: false,
  search: false, sort: true, filter: true, list: true, pii: false, custom: false, multiline: false, min: null, max: null,
  choices: null, ref: null, access: 'write', ...more,
})
const city = field('city', 'text')
const stage = field('stage', 'choice', { choices: [{ name: 'customer', label: { zh: '客户', en: 'Customer' } }] })
const amount = field('net_amount', 'money')
const ordered = field('last_order_at', 'instant')
const entity = { fields: [city, stage, amount, ordered, field('owner_id', 'id', { ref: 'user' })] } as Entity
const t = (key: string, values: Record<string, unknown> = {}): string => {
  const texts: Record<string, string> = {
    'filter.and': ' 且 ', 'filter.or': ' 或 ', 'filter.not': '非（{text}）', 'filter.field': '{zh}', 'filter.listSeparator': '、',
    'filter.op.in': '是', 'filter.op.gte': '≥', 'filter.op.empty': '为空', 'filter.days.last_days': '近 {n} 天', 'filter.related': '关联条件',
  }
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}
setPlace({ lang: 'zh-CN', currency: 'CNY' })
const leaf = (f: string, op: FilterLeaf['op'], value?: FilterLeaf['value']): FilterLeaf => ({ field: f, op, value })

describe('conditions of a field', () => {
  it.each([
    ['text', 'contains'], ['int', 'eq'], ['money', 'eq'], ['instant', 'last_days'], ['day', 'last_days'], ['choice', 'in'], ['id', 'in'], ['bool', 'eq'],
  ] as const)('%s starts with %s', (kind, first) => {
    expect(opsFor(field('x', kind))[0]).toBe(first)
  })
  it('offers words and pinyin only where the server searches by it', () => {
    expect(opsFor(city)).not.toContain('matches')
    expect(opsFor(field('name', 'text', { search: true }))).toContain('matches')
  })
  it('gives each shape its empty value', () => {
    expect(newLeaf(stage).value).toEqual([])
    expect(newLeaf(ordered).value).toBe(30)
    expect(newLeaf(city).value).toBeNull()
    expect(newLeaf(field('b', 'bool')).value).toBe(true)
  })
  it('keeps the value when the new condition has the same shape, else starts anew', () => {
    expect(withOp(leaf('net_amount', 'gte', '5'), amount, 'lt').value).toBe('5')
    expect(withOp(leaf('net_amount', 'gte', '5'), amount, 'between').value).toEqual([null, null])
    expect(withOp(leaf('city', 'in', ['a']), city, 'not_in').value).toEqual(['a'])
    expect(withOp(leaf('city', 'in', ['a']), city, 'empty').value).toBeUndefined()
  })
})

describe('complete', () => {
  it.each<[FilterLeaf, boolean]>([
    [leaf('city', 'empty'), true],
    [leaf('city', 'contains', ''), false],
    [leaf('city', 'contains', '上海'), true],
    [leaf('city', 'in', []), false],
    [leaf('net_amount', 'between', ['1', null]), false],
    [leaf('net_amount', 'between', ['1', '2']), true],
    [leaf('last_order_at', 'last_days', 0), false],
    [leaf('last_order_at', 'last_days', 1.5), false],
    [leaf('last_order_at', 'last_days', 7), true],
    [leaf('last_order_at', 'this_month'), true],
    [leaf('b', 'eq', false), true],
    [leaf('n', 'eq', 0), true],
  ])('%j is %s', (l, expected) => {
    expect(complete(l)).toBe(expected)
  })
})

describe('clean', () => {
  const a = leaf('city', 'in', ['上海市'])
  const b = leaf('net_amount', 'gte', '100')
  const open = leaf('city', 'contains', '')
  it.each<[string, Filter | null, Filter | null]>([
    ['nothing', null, null],
    ['an unfinished condition', open, null],
    ['an empty group', { all: [] }, null],
    ['a group of unfinished ones', { any: [open, { all: [open] }] }, null],
    ['one condition in a group', { all: [a, open] }, a],
    ['groups in groups', { all: [{ any: [a, b] }, { all: [open] }] }, { any: [a, b] }],
    ['not of nothing', { not: open }, null],
    ['not of one', { not: { any: [a] } }, { not: a }],
    ['no stray value', leaf('city', 'empty', 'x'), { field: 'city', op: 'empty' }],
    ['related conditions as they are', { orders: { count: { gte: 2 } } } as unknown as Filter, { orders: { count: { gte: 2 } } } as unknown as Filter],
  ])('%s', (_name, tree, expected) => {
    expect(clean(tree)).toEqual(expected)
  })
  it('compares what would be sent', () => {
    expect(same({ all: [a] }, a)).toBe(true)
    expect(same({ all: [a, b] }, { all: [b, a] })).toBe(false)
    expect(same(null, { all: [] })).toBe(true)
  })
})

describe('chips', () => {
  const a = leaf('city', 'in', ['上海市'])
  const b = leaf('net_amount', 'gte', '100')
  it('are the parts that must all hold', () => {
    expect(parts(null)).toEqual([])
    expect(parts(a)).toEqual([a])
    expect(parts({ all: [a, b] })).toEqual([a, b])
    expect(parts({ any: [a, b] })).toHaveLength(1)
  })
  it('are added, changed and removed without touching the tree', () => {
    const tree: Filter = { all: [a, b] }
    expect(withPart(tree, 0, null)).toEqual(b)
    expect(withPart(a, 1, b)).toEqual({ all: [a, b] })
    expect(withPart(null, 0, a)).toEqual(a)
    expect(withPart(a, 0, null)).toBeNull()
    expect(tree).toEqual({ all: [a, b] })
    expect(fromParts([])).toBeNull()
  })
})

describe('address', () => {
  it('refuses what is no tree', () => {
    for (const bad of [undefined, '', 'x', '[1]', '3', 'null', '{', ['a']]) expect(parseFilter(bad)).toBeNull()
    expect(parseFilter('{"field":"city","op":"empty"}')).toEqual({ field: 'city', op: 'empty' })
  })
})

describe('words', () => {
  const cases: [Filter, string][] = [
    [leaf('city', 'in', ['上海市', '杭州市']), 'city中 是 上海市、杭州市'],
    [leaf('city', 'in', ['a', 'b', 'c', 'd', 'e']), 'city中 是 a、b、c +2'],
    [leaf('stage', 'in', ['customer']), 'stage中 是 客户'],
    [leaf('net_amount', 'gte', '1000'), 'net_amount中 ≥ ¥1,000.00'],
    [leaf('net_amount', 'between', ['1', '2']), 'net_amount中 ¥1.00 – ¥2.00'],
    [leaf('last_order_at', 'last_days', 90), 'last_order_at中 近 90 天'],
    [leaf('owner_id', 'in', [3, 4]), 'owner_id中 是 周敏、#4'],
    [leaf('gone', 'empty'), 'gone'],
    [{ not: leaf('city', 'empty') }, '非（city中 为空）'],
    [{ any: [leaf('city', 'empty'), { all: [leaf('city', 'empty'), leaf('stage', 'empty')] }] }, 'city中 为空 或 (city中 为空 且 stage中 为空)'],
    [{ orders: {} } as unknown as Filter, '关联条件'],
  ]
  it.each(cases)('%j', (tree, expected) => {
    expect(words(tree, entity, t, new Map([['3', '周敏']]))).toBe(expected)
  })
  it('knows every shape', () => {
    expect([shapeOf('eq'), shapeOf('in'), shapeOf('between'), shapeOf('empty'), shapeOf('next_days')]).toEqual(['one', 'many', 'pair', 'none', 'days'])
  })
})
