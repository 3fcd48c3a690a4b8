// How values look. Money and decimals arrive as strings and stay strings: a float would lose cents.
import { reactive } from 'vue'
import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import timezone from 'dayjs/plugin/timezone'
import type { Field, Label, Lang, Rec } from '@/api/types'
import { isPhoneField, phone } from './phone'

dayjs.extend(utc)
dayjs.extend(timezone)

// Reactive: what is on screen follows a change of the language at once.
const place = reactive({ lang: 'zh-CN' as Lang, zone: '', currency: 'CNY', decimals: 2 })

export function setPlace(next: Partial<typeof place>): void {
  Object.assign(place, next)
}
export function currency(): string {
  return place.currency
}

export function labelOf(label: Label | null | undefined): string {
  if (!label) return ''
  return place.lang === 'en' ? label.en || label.zh : label.zh || label.en
}

/** A label inside a sentence: "New customer", but "New SKU". */
export function inText(label: Label | null | undefined): string {
  const text = labelOf(label)
  return place.lang === 'en' && !/^.[A-Z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

const SYMBOL: Record<string, string> = {
  CNY: '¥', USD: '$', EUR: '€', GBP: '£', JPY: '¥', HKD: 'HK$', TWD: 'NT$', KRW: '₩', SGD: 'S$',
}
// Where it is not two: ISO 4217.
const DIGITS: Record<string, number> = {
  JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, PYG: 0, UGX: 0, XAF: 0, XOF: 0, BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
}
const digitsOf = (code: string) => DIGITS[code] ?? (code === place.currency ? place.decimals : 2)

/** Groups the integer part; keeps what the server sent behind the point, at least `digits` of it. */
export function groupDecimal(text: string, digits: number): string {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return text
  const [, sign = '', whole = '0', fraction = ''] = match
  const tail = fraction.replace(/0+$/, '').padEnd(digits, '0')
  const head = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return (sign === '-' ? '−' : '') + head + (tail ? '.' + tail : '')
}

/** Half away from zero, on the digits: "276.4805" → "276.48". What is no number stays. */
export function roundDecimal(text: string, digits: number): string {
  const match = /^([+-]?)(\d+)\.(\d+)$/.exec(text)
  if (!match || (match[3] as string).length <= digits) return text
  const [, sign = '', whole = '', fraction = ''] = match
  let n = BigInt(whole + fraction.slice(0, digits))
  if (fraction.charCodeAt(digits) >= 53) n += 1n
  const out = n.toString().padStart(digits + 1, '0')
  return (n ? sign : '') + (digits ? `${out.slice(0, -digits)}.${out.slice(-digits)}` : out)
}

/** Averages and totals: in the currency's own digits. A price may have more, and keeps them. */
export function roundMoney(value: unknown, code = place.currency): string {
  if (value === null || value === undefined || value === '') return ''
  return money(roundDecimal(String(value), digitsOf(code)), code)
}

export function money(value: unknown, code = place.currency): string {
  if (value === null || value === undefined || value === '') return ''
  const text = groupDecimal(String(value), digitsOf(code))
  const symbol = SYMBOL[code] ?? code + ' '
  return text.startsWith('−') ? '−' + symbol + text.slice(1) : symbol + text
}

/** Money on a card: 1.28 亿, 34.6 万, 12.8K. Exact value belongs in the title attribute. */
export function shortMoney(value: unknown, code = place.currency): string {
  const n = Number(value)
  if (value === null || value === undefined || !Number.isFinite(n)) return ''
  const steps: [number, string][] = place.lang === 'en' ? [[1e9, 'B'], [1e6, 'M'], [1e4, 'K']] : [[1e8, ' 亿'], [1e4, ' 万']]
  for (const [size, unit] of steps) {
    if (Math.abs(n) < size) continue
    const by = unit === 'K' ? 1e3 : size
    return money((n / by).toFixed(2), code) + unit
  }
  return roundMoney(String(value), code)
}

export function int(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  return groupDecimal(String(value), 0)
}

export function percent(value: unknown, digits = 1): string {
  const n = Number(value)
  if (value === null || value === undefined || !Number.isFinite(n)) return ''
  return (n * 100).toFixed(digits).replace('-', '−') + '%'
}

function local(value: string): dayjs.Dayjs {
  const at = dayjs.utc(value)
  return place.zone ? at.tz(place.zone) : at.local()
}

export function instant(value: unknown): string {
  if (typeof value !== 'string' || !value) return ''
  const at = local(value)
  return at.isValid() ? at.format('YYYY-MM-DD HH:mm') : value
}

/** For inputs: the clock on the organisation's wall, and back. */
export function toWall(value: string): string {
  const at = local(value)
  return at.isValid() ? at.format('YYYY-MM-DD HH:mm:ss') : ''
}
export function fromWall(text: string): string {
  const at = place.zone ? dayjs.tz(text, place.zone) : dayjs(text)
  return at.toDate().toISOString().replace('.000', '')
}

export function instantDay(value: unknown): string {
  return instant(value).slice(0, 10)
}
export function clock(value: unknown): string {
  return instant(value).slice(11)
}

/** "3 天前": for recent times only, else the day; the exact time belongs in the title attribute. */
export function ago(value: unknown, now = Date.now()): string {
  if (typeof value !== 'string' || !value) return ''
  const seconds = Math.round((now - Date.parse(value)) / 1000)
  const zh = place.lang !== 'en'
  if (seconds < 0 || seconds > 30 * 86400) return instantDay(value)
  if (seconds < 60) return zh ? '刚刚' : 'just now'
  const [n, unitZh, unitEn] =
    seconds < 3600 ? [Math.floor(seconds / 60), '分钟', 'min']
    : seconds < 86400 ? [Math.floor(seconds / 3600), '小时', 'h']
    : [Math.floor(seconds / 86400), '天', 'd']
  return zh ? `${n} ${unitZh}前` : `${n} ${unitEn} ago`
}

export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return ''
  const s = Math.max(0, Math.round(seconds))
  const [hour, minute, second] = place.lang === 'en' ? ['h', 'min', 's'] : ['小时', '分', '秒']
  if (s < 60) return `${s} ${second}`
  return s < 3600 ? `${Math.floor(s / 60)} ${minute} ${s % 60} ${second}` : `${Math.floor(s / 3600)} ${hour} ${Math.floor((s % 3600) / 60)} ${minute}`
}

export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  return size < 1048576 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1048576).toFixed(1)} MB`
}

/** A record's value by field name; custom fields live one level down. */
export function valueOf(record: Rec, name: string): unknown {
  if (name.startsWith('custom.')) return (record.custom as Record<string, unknown> | undefined)?.[name.slice(7)]
  return record[name]
}

/** Any value of a field as text, "" for nothing. */
export function show(field: Field, value: unknown, record?: Rec): string {
  if (value === null || value === undefined || value === '') return ''
  switch (field.kind) {
    case 'money': {
      const code = typeof record?.currency === 'string' ? record.currency : undefined
      return field.readonly ? roundMoney(value, code) : money(value, code)
    }
    case 'decimal':
      return groupDecimal(field.readonly ? roundDecimal(String(value), 2) : String(value), 0)
    case 'int':
      return int(value)
    case 'bool':
      return place.lang === 'en' ? (value ? 'Yes' : 'No') : value ? '是' : '否'
    case 'instant':
      return instant(value)
    case 'choice': {
      const choice = field.choices?.find((c) => c.name === value)
      return choice ? labelOf(choice.label) : String(value)
    }
    case 'id': {
      const text = record?.[field.name + '$']
      return typeof text === 'string' && text ? text : field.ref ? `#${String(value)}` : String(value)
    }
    default:
      return isPhoneField(field.name) ? phone(String(value)) : String(value)
  }
}

export const isNumeric = (field: Field) => field.kind === 'money' || field.kind === 'int' || field.kind === 'decimal'
