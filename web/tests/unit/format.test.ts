import { beforeEach, describe, expect, it } from 'vitest'
import type { Field, Rec } from '@/api/types'
import { ago, bytes, duration, groupDecimal, instant, int, inText, labelOf, money, percent, setPlace, shortMoney, show, valueOf } from '@/lib/format'

beforeEach(() => setPlace({ lang: 'zh-CN', zone: 'Asia/Shanghai', currency: 'CNY' }))

describe('money', () => {
  it.each([
    ['0', '¥0.00'], ['199', '¥199.00'], ['1234567.8', '¥1,234,567.80'], ['-5.5', '−¥5.50'], ['12.345', '¥12.345'], ['12.3400', '¥12.34'],
    ['90071992547409.93', '¥90,071,992,547,409.93'], ['', ''],
  ])('%s is %s', (value, text) => expect(money(value)).toBe(text))
  it('knows currencies without decimals, and unknown ones', () => {
    expect(money('1200', 'JPY')).toBe('¥1,200')
    expect(money('1200', 'XYZ')).toBe('XYZ 1,200.00')
    expect(money(null)).toBe('')
  })
  it('leaves alone what is no number', () => expect(groupDecimal('1e5', 2)).toBe('1e5'))
  it.each([['9999', '¥9,999.00'], ['10000', '¥1.00 万'], ['123456789', '¥1.23 亿'], ['-25000', '−¥2.50 万']])('short %s', (v, text) =>
    expect(shortMoney(v)).toBe(text),
  )
  it('is short in English by its own units', () => {
    setPlace({ lang: 'en' })
    expect(shortMoney('540018.37')).toBe('¥540.02K')
    expect(shortMoney('2500000')).toBe('¥2.50M')
  })
})

describe('numbers', () => {
  it('groups', () => {
    expect(int(1234567)).toBe('1,234,567')
    expect(int(0)).toBe('0')
    expect(int(null)).toBe('')
    expect(percent(-0.0731)).toBe('−7.3%')
    expect(bytes(500)).toBe('500 B')
    expect(bytes(2 * 1048576)).toBe('2.0 MB')
    expect(duration(75)).toBe('1 分 15 秒')
    setPlace({ lang: 'en' })
    expect(duration(75)).toBe('1 min 15 s')
    expect(duration(7260)).toBe('2 h 1 min')
    expect(duration(null)).toBe('')
  })
})

describe('time', () => {
  it('is shown in the zone of the organisation', () => {
    expect(instant('2026-01-15T16:30:00Z')).toBe('2026-01-16 00:30')
    setPlace({ zone: 'Europe/Berlin' })
    expect(instant('2026-07-15T22:30:00Z')).toBe('2026-07-16 00:30')
    expect(instant('nonsense')).toBe('nonsense')
    expect(instant(null)).toBe('')
  })
  it.each([[30, '刚刚'], [3600, '1 小时前'], [86400 * 3 + 5, '3 天前']])('%i s ago', (s, text) => {
    const now = Date.parse('2026-05-01T00:00:00Z')
    expect(ago(new Date(now - s * 1000).toISOString(), now)).toBe(text)
  })
  it('names the day when it is long ago or ahead', () => {
    const now = Date.parse('2026-05-01T00:00:00Z')
    expect(ago('2026-01-01T00:00:00Z', now)).toBe('2026-01-01')
    expect(ago('2026-06-01T00:00:00Z', now)).toBe('2026-06-01')
  })
})

describe('values', () => {
  const field = (kind: Field['kind'], more: Partial<Field> = {}) => ({ name: 'f', kind, choices: null, ref: null, ...more }) as Field
  it('shows each kind', () => {
    expect(show(field('bool'), false)).toBe('否')
    expect(show(field('decimal'), '2.500')).toBe('2.5')
    expect(show(field('day'), '2026-01-15')).toBe('2026-01-15')
    expect(show(field('choice', { choices: [{ name: 'a', label: { zh: '甲', en: 'A' } }] }), 'a')).toBe('甲')
    expect(show(field('choice', { choices: [] }), 'unknown')).toBe('unknown')
    expect(show(field('id', { ref: 'user' }), 3, { id: 1, version: 1, f$: '周敏' })).toBe('周敏')
    expect(show(field('id', { ref: 'user' }), 3, { id: 1, version: 1 })).toBe('#3')
    expect(show(field('money'), '5', { id: 1, version: 1, currency: 'USD' })).toBe('$5.00')
    expect(show(field('text'), null)).toBe('')
  })
  it('finds custom fields one level down', () => {
    const record = { id: 1, version: 1, name: 'x', custom: { size: 'M' } } as Rec
    expect(valueOf(record, 'custom.size')).toBe('M')
    expect(valueOf(record, 'name')).toBe('x')
    expect(valueOf({ id: 1, version: 1 }, 'custom.size')).toBeUndefined()
  })
  it('speaks the language', () => {
    expect(labelOf({ zh: '客户', en: 'Customer' })).toBe('客户')
    setPlace({ lang: 'en' })
    expect(labelOf({ zh: '客户', en: '' })).toBe('客户')
    expect(inText({ zh: '', en: 'Customer' })).toBe('customer')
    expect(inText({ zh: '', en: 'SKU' })).toBe('SKU')
  })
})
