// A fresh proof for delicate changes: the server answers "step_up_required", a dialog asks for the
// password, the call is tried again. Several calls at once share one question.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { post, setCsrf, setStepUp } from '@/api/client'

export const useStepUp = defineStore('stepUp', () => {
  const asking = ref(false)
  let answer: ((yes: boolean) => void) | null = null
  let question: Promise<boolean> | null = null

  function ask(): Promise<boolean> {
    question ??= new Promise<boolean>((resolve) => {
      answer = resolve
      asking.value = true
    })
    return question
  }
  function end(yes: boolean): void {
    asking.value = false
    question = null
    answer?.(yes)
    answer = null
  }
  /** Throws what the server says about a wrong password or code. */
  async function prove(password: string, code: string): Promise<void> {
    const { csrf } = await post<{ csrf: string }>('/session/step-up', code ? { password, code } : { password }, { quiet401: true })
    setCsrf(csrf)
    end(true)
  }
  setStepUp(ask)
  return { asking, ask, end, prove }
})
