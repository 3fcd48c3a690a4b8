// Proof of work: find the number whose hash with the salt is the challenge. SubtleCrypto needs a
// secure origin; on plain http the server has to do without the captcha.
import type { Captcha, CaptchaAnswer } from '@/api/types'

export async function solve(task: Captcha): Promise<CaptchaAnswer> {
  const encoder = new TextEncoder()
  const batch = 512
  for (let from = 0; from <= task.max; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, task.max - from + 1) }, (_, i) => from + i)
    const hashes = await Promise.all(numbers.map((n) => crypto.subtle.digest('SHA-256', encoder.encode(task.salt + n))))
    for (const [i, hash] of hashes.entries()) {
      const hex = Array.from(new Uint8Array(hash), (b) => b.toString(16).padStart(2, '0')).join('')
      if (hex === task.challenge) return { challenge: task.challenge, salt: task.salt, signature: task.signature, number: from + i }
    }
  }
  throw new Error('no solution')
}
