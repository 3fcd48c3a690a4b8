// Solves the sign-in puzzle beside the page, in a worker file of our own origin. Where no worker may
// be made it is solved here in slices, so that the page stays alive.
import type { Captcha, CaptchaAnswer } from '@/api/types'
import { search } from './pow'
import address from './pow.worker?worker&url'

interface ScriptPolicy {
  createScriptURL(url: string): string
}
interface WithTypes {
  trustedTypes?: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy }
}

let policy: ScriptPolicy | undefined

/** The page demands Trusted Types; this policy passes the one address that was built in. */
function trusted(url: string): string {
  const types = (window as unknown as WithTypes).trustedTypes
  if (!types) return url
  policy ??= types.createPolicy('guanxi-worker', {
    createScriptURL: (asked) => {
      if (asked !== address) throw new TypeError('not a worker of this page')
      return asked
    },
  })
  return policy.createScriptURL(url)
}

function inWorker(task: Captcha): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(trusted(address), { type: 'module' })
    const end = (work: () => void) => {
      worker.terminate()
      work()
    }
    worker.onmessage = (message: MessageEvent<number | null>) => end(() => resolve(message.data))
    worker.onerror = () => end(() => reject(new Error('worker')))
    worker.postMessage({ ...task })
  })
}

const SLICE = 1000
async function inSlices(task: Captcha): Promise<number | null> {
  for (let from = 0; from <= task.max; from += SLICE) {
    const found = search(task, from, Math.min(task.max, from + SLICE - 1))
    if (found !== null) return found
    await new Promise((next) => setTimeout(next))
  }
  return null
}

export async function solve(task: Captcha): Promise<CaptchaAnswer> {
  const number = await inWorker(task).catch(() => inSlices(task))
  if (number === null) throw new Error('no solution')
  return { challenge: task.challenge, salt: task.salt, signature: task.signature, number }
}
