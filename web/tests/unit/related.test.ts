import { beforeEach, describe, expect, it } from 'vitest'
import type { Entity, Field, Filter } from '@/api/types'
import { clean, describe as words, isRelated, opsFor, wire } from '@/lib/filter'
import { fromWall, money, roundDecimal, roundMoney, setPlace, show, toWall } from '@/lib/format'
import { phone } from '@/lib/phone'
import { measureOf, newRelated, relatedComplete, withMeasure } from '@/lib/related'
import { lineSum, linesBody, sumOf } from '@/features/orders/lines'

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  name, kind, label: { zh: name, en: name }, help: null, block: 'basic', required: false, readonly: false, unique: false, search: false, sort: true,
  filter: true, list: true, pii: false, custom: false, multiline: false, min: null, max: null, choices: null, ref: null, access: 'write', ...more,
})
const entity = (name: string, fields: Field[]): Entity => ({
  name, path: name + 's', label: { zh: name, en: name }, plural: { zh: name, en: name }, title: 'name', fields,
  may: { read: true, create: true, update: true, delete: true, export: true, import: true, bulk: true },
})
const customer = entity('customer', [field('name', 'text'), field('birthday', 'day'), field('created_at', 'instant')])
const order = entity('order', [field('ordered_at', 'instant'), field('paid_amount', 'money', { sum: true })])
const find = (relation: string) => (relation === 'orders' ? order : undefined)

beforeEach(() => setPlace({ lang: 'zh-CN', zone: 'Asia/Shanghai', currency: 'CNY', decimals: 2 }))

describe('phones', () => {
  it.each([
    ['+8613800138000', '138 0013 8000'],
    ['+861065528888', '010 6552 8888'],
    ['+8657187888888', '0571 8788 8888'],
    ['+868512345678', '0851 234 5678'],
    ['+8612345678', '+86 1234 5678'],
    ['+864008208820', '400 820 8820'],
    ['+14155550123', '+1 415 555 0123'],
    ['+442079460958', '+44 207 946 0958'],
    ['+85291234567', '+852 9123 4567'],
    ['+74951234567', '+7 495 123 4567'],
    ['138****8000', '138****8000'],
    ['010-65528888 转 12', '010-65528888 转 12'],
    ['', ''],
    ['+86', '+86'],
  ])('%s → %s', (stored, written) => expect(phone(stored)).toBe(written))
  it('are written so wherever the field is one', () => expect(show(field('phone', 'text'), '+8613800138000')).toBe('138 0013 8000'))
})

describe('money', () => {
  it.each([
    ['276.4805', 2, '276.48'], ['0.005', 2, '0.01'], ['-0.004', 2, '0.00'], ['-1.005', 2, '-1.01'], ['9.999', 2, '10.00'], ['12.5', 0, '13'], ['12', 2, '12'], ['x', 2, 'x'],
  ])('%s to %i digits is %s', (text, digits, out) => expect(roundDecimal(text, digits)).toBe(out))
  it('keeps the digits of a price and rounds an average', () => {
    expect(show(field('price', 'money'), '0.0850')).toBe('¥0.085')
    expect(show(field('average_amount', 'money', { readonly: true }), '276.4805')).toBe('¥276.48')
  })
  it('has the digits of its currency', () => {
    expect([roundMoney('1200.00', 'JPY'), roundMoney('1.2345', 'KWD'), money('5', 'USD')]).toEqual(['¥1,200', 'KWD 1.235', '$5.00'])
    setPlace({ currency: 'XYZ', decimals: 3 })
    expect(money('5', 'XYZ')).toBe('XYZ 5.000')
  })
})

describe('the clock on the wall', () => {
  it.each(['2026-01-15T08:00:00Z', '2026-12-31T16:00:00Z'])('%s there and back', (at) => expect(fromWall(toWall(at))).toBe(at))
  it('is the organisation\'s', () => expect(toWall('2026-12-31T16:00:00Z')).toBe('2027-01-01 00:00:00'))
})

describe('conditions about related records', () => {
  it('start complete, with one at least', () => expect(relatedComplete(newRelated('orders'))).toBe(true))
  it('count or sum', () => {
    const sum = withMeasure({}, { sum: 'paid_amount', op: 'gte', value: '500' })
    expect(sum).toEqual({ where: undefined, sum: { field: 'paid_amount', gte: '500' } })
    expect(measureOf(sum)).toEqual({ sum: 'paid_amount', op: 'gte', value: '500' })
    expect(measureOf({ count: { between: [1, 2] } })).toEqual({ sum: null, op: 'between', value: [1, 2] })
  })
  it.each<[string, unknown, boolean]>([['a number', 2, true], ['zero', 0, true], ['nothing', null, false], ['an empty text', '', false]])('%s', (_n, value, whole) =>
    expect(relatedComplete({ orders: { count: { gte: value as number } } })).toBe(whole))
  it('lose unfinished conditions inside', () => {
    expect(clean({ orders: { where: { all: [{ field: 'ordered_at', op: 'on', value: null }] }, count: { gte: 2 } } })).toEqual({ orders: { where: undefined, count: { gte: 2 } } })
  })
  it('are no leaves and no groups', () => {
    const trees: Filter[] = [{ orders: {} }, { all: [] }, { field: 'a', op: 'empty' }, { not: { any: [] } }]
    expect(trees.map(isRelated)).toEqual([true, false, false, false])
  })
  it('are told in words', () => {
    const t = (key: string, values?: Record<string, unknown>) => (values ? `${key}(${Object.values(values).join()})` : key)
    const tree: Filter = { orders: { where: { field: 'ordered_at', op: 'last_days', value: 90 }, sum: { field: 'paid_amount', gte: '500' } } }
    expect(words(tree, customer, t, new Map(), find)).toBe('filter.relation.ordersfilter.relatedWhere(ordered_at filter.days.last_days(90)) paid_amount filter.op.gte ¥500.00')
  })
})

describe('the tree on its way to the server', () => {
  const between = (name: string): Filter => ({ field: name, op: 'between', value: ['2026-11-01', '2026-11-30'] })
  it('has whole days of an instant', () => {
    expect(wire(between('created_at'), customer)).toEqual({ all: [{ field: 'created_at', op: 'after', value: '2026-10-31' }, { field: 'created_at', op: 'before', value: '2026-12-01' }] })
  })
  it('leaves days alone', () => expect(wire(between('birthday'), customer)).toEqual(between('birthday')))
  it('reaches into related conditions', () => {
    const sent = wire({ orders: { where: between('ordered_at'), count: { gte: 1 } } }, customer, find) as { orders: { where: Filter } }
    expect('all' in sent.orders.where).toBe(true)
  })
  it('says today as one day', () => expect(wire({ any: [{ field: 'created_at', op: 'this_day' }] }, customer)).toEqual({ any: [{ field: 'created_at', op: 'last_days', value: 1 }] }))
})

describe('comparisons of sealed fields', () => {
  it('are of the whole value; phones by their end', () => {
    expect(opsFor(field('id_number', 'text', { sealed: true }))).not.toContain('contains')
    expect(opsFor(field('phone', 'text', { sealed: true }))).toContain('ends')
    expect(opsFor(field('custom.x', 'text', { sealed: true, custom: true }))).toEqual(['not_empty', 'empty'])
  })
})

describe('lines of an order', () => {
  const line = (quantity: string, price: string, product_id: number | null = 1) => ({ key: 1, product_id, quantity, price })
  it.each([['3', '0.1', '0.30'], ['1.5', '19.99', '29.99'], ['x', '1', ''], ['', '1', ''], ['-1', '5', '-5.00']])('%s × %s = %s', (q, p, sum) => expect(lineSum(line(q, p))).toBe(sum))
  it('add up without losing a cent', () => expect(sumOf(Array.from({ length: 10 }, () => line('1', '0.1')))).toBe('1.00'))
  it('leave out what names no product', () => expect(linesBody([line('2', '', 5), line('1', '9', null)])).toEqual([{ product_id: 5, quantity: '2', price: undefined }]))
})
