import { roundDecimal } from '@/lib/format'
import type { Id } from '@/api/types'

export interface LineDraft {
  key: number
  product_id: Id | null
  quantity: string
  price: string
}
let last = 0
export const emptyLine = (): LineDraft => ({ key: ++last, product_id: null, quantity: '1', price: '' })

// Four decimals as the server keeps them; whole numbers, so that no cent is lost.
const SCALE = 10_000n
function fixed(text: string): bigint | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,4}))?$/.exec(text.trim())
  if (!match) return null
  const n = BigInt(match[2] as string) * SCALE + BigInt((match[3] ?? '').padEnd(4, '0'))
  return match[1] ? -n : n
}
function text(n: bigint): string {
  const abs = n < 0n ? -n : n
  return `${n < 0n ? '-' : ''}${abs / SCALE}.${(abs % SCALE).toString().padStart(4, '0')}`
}
const times = (line: LineDraft): bigint | null => {
  const a = fixed(line.quantity)
  const b = fixed(line.price)
  return a === null || b === null ? null : (a * b) / SCALE
}
export function lineSum(line: LineDraft): string {
  const n = times(line)
  return n === null ? '' : roundDecimal(text(n), 2)
}
export function sumOf(lines: LineDraft[]): string {
  return roundDecimal(text(lines.reduce((sum, line) => sum + (times(line) ?? 0n), 0n)), 2)
}
/** As the server takes them; lines without a product are left out. */
export function linesBody(lines: LineDraft[]): Record<string, unknown>[] {
  return lines
    .filter((line) => line.product_id !== null)
    .map((line) => ({ product_id: line.product_id, quantity: line.quantity.trim() || '1', price: line.price.trim() || undefined }))
}
