// Proof of work: the number whose SHA-256, behind the salt, is the challenge. Own SHA-256 because
// SubtleCrypto exists on secure origins only, and a merchant's LAN address is none; a loop of small
// digests is also quicker than as many promises.
import type { Captcha } from '@/api/types'

const K = new Uint32Array(64)
const START = new Uint32Array(8)
// Fractional parts of the roots of the first primes, as the standard has them.
function fill(): void {
  const frac = (x: number) => ((x - Math.floor(x)) * 2 ** 32) | 0
  let n = 0
  for (let candidate = 2; n < 64; candidate++) {
    let prime = true
    for (let d = 2; d * d <= candidate && prime; d++) prime = candidate % d !== 0
    if (!prime) continue
    if (n < 8) START[n] = frac(Math.sqrt(candidate))
    K[n++] = frac(Math.cbrt(candidate))
  }
}
fill()

const w = new Uint32Array(64)
const turn = (x: number, by: number) => (x >>> by) | (x << (32 - by))

function block(state: Uint32Array, data: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++) {
    const p = at + i * 4
    w[i] = (data[p]! << 24) | (data[p + 1]! << 16) | (data[p + 2]! << 8) | data[p + 3]!
  }
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15]!
    const b = w[i - 2]!
    w[i] = (w[i - 16]! + w[i - 7]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  const sum = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = state[i]! + sum[i]!
}

export function sha256(bytes: Uint8Array): Uint32Array {
  const blocks = (bytes.length + 9 + 63) >> 6
  const data = new Uint8Array(blocks * 64)
  data.set(bytes)
  data[bytes.length] = 0x80
  const bits = bytes.length * 8
  const end = data.length
  for (let i = 0; i < 4; i++) data[end - 1 - i] = (bits >>> (8 * i)) & 255
  const state = START.slice()
  for (let i = 0; i < blocks; i++) block(state, data, i * 64)
  return state
}
export const toHex = (words: Uint32Array) => Array.from(words, (x) => x.toString(16).padStart(8, '0')).join('')

/** The number in [from, to], or null. */
export function search(task: Captcha, from: number, to: number): number | null {
  const encoder = new TextEncoder()
  const wanted = task.challenge.toLowerCase()
  const first = parseInt(wanted.slice(0, 8), 16)
  for (let n = from; n <= to; n++) {
    const digest = sha256(encoder.encode(task.salt + n))
    if (digest[0] === first && toHex(digest) === wanted) return n
  }
  return null
}
