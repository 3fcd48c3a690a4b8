// A quick opinion while typing; the server has the last word (length, well-known ones, own data).
export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128
const COMMON = /^(?:password|passw0rd|qwerty|1q2w3e|admin|welcome|iloveyou|woaini|guanxi|abc123|letmein)/i

/** 0 empty or too short, 1 weak, 2 fair, 3 good, 4 strong. */
export function strength(text: string, near: (string | null | undefined)[] = []): 0 | 1 | 2 | 3 | 4 {
  const length = [...text].length
  if (length < PASSWORD_MIN) return 0
  const lower = text.toLowerCase()
  if (COMMON.test(text) || near.some((n) => n && [...n].length >= 4 && lower.includes(n.toLowerCase()))) return 1
  const different = new Set(lower).size
  // 111111…, abcdefgh…, 12345678…: many signs that say little.
  let steps = 0
  const codes = [...lower].map((c) => c.codePointAt(0) ?? 0)
  for (let i = 1; i < codes.length; i++) if (Math.abs(codes[i]! - codes[i - 1]!) <= 1) steps++
  if (different < 5 || steps > length * 0.6) return 1
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((k) => k.test(text)).length
  const points = length + (kinds - 1) * 2 + Math.min(different, 14) - 10
  return points >= 21 ? 4 : points >= 14 ? 3 : 2
}

const SIGNS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
/** For a first password that is told to somebody: no signs that look alike. */
export function suggestPassword(): string {
  const out: string[] = []
  while (out.length < 14) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0]!
    if (byte < SIGNS.length * 4) out.push(SIGNS[byte % SIGNS.length]!)
  }
  return out.join('').replace(/(.{5})(.{4})(.{5})/, '$1-$2-$3')
}
