import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { search, sha256, toHex } from '@/features/auth/pow'

const bytes = (text: string) => new TextEncoder().encode(text)
const reference = (text: string) => createHash('sha256').update(text).digest('hex')
function puzzle(number: number, max = 50_000, salt = 'fa3Xq0-_9ZkT.1795412345678.') {
  return { algorithm: 'SHA-256', challenge: reference(salt + number), salt, signature: 's', max }
}

describe('sha256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ])('of %j is the published value', (text, hex) => expect(toHex(sha256(bytes(text)))).toBe(hex))

  it.each([54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000])('agrees with the platform at %i bytes, where the padding turns over', (n) => {
    const text = 'x'.repeat(n)
    expect(toHex(sha256(bytes(text)))).toBe(reference(text))
  })
  it('takes letters of any script', () => expect(toHex(sha256(bytes('关系 𠀀')))).toBe(reference('关系 𠀀')))
})

describe('search', () => {
  it.each([0, 1, 9, 10, 4711, 49_999, 50_000])('finds %i', (n) => expect(search(puzzle(n), 0, 50_000)).toBe(n))
  it('takes a challenge in capitals', () => {
    const p = puzzle(77)
    expect(search({ ...p, challenge: p.challenge.toUpperCase() }, 0, 100)).toBe(77)
  })
  it('says so when there is none', () => expect(search(puzzle(60_000), 0, 200)).toBeNull())
  it('stays within its part', () => {
    expect(search(puzzle(150), 0, 149)).toBeNull()
    expect(search(puzzle(150), 150, 200)).toBe(150)
  })
})

describe('worker', () => {
  it('answers the number to what it is sent', async () => {
    const said: unknown[] = []
    const scope: { onmessage: ((m: { data: unknown }) => void) | null; postMessage: (x: unknown) => void } = { onmessage: null, postMessage: (x) => said.push(x) }
    vi.stubGlobal('self', scope)
    await import('@/features/auth/pow.worker')
    scope.onmessage?.({ data: puzzle(321, 1000) })
    scope.onmessage?.({ data: puzzle(5000, 10) })
    vi.unstubAllGlobals()
    expect(said).toEqual([321, null])
  })
})
