// What was just done, and how to take it back. A notice stays ten seconds.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { ApiError } from '@/api/client'

export interface Notice {
  id: number
  text: string
  tone: 'done' | 'error' | 'info'
  undo?: () => Promise<unknown>
  busy: boolean
}

export const UNDO_MS = 10_000
const MOST = 4

export const useUndo = defineStore('undo', () => {
  const notices = ref<Notice[]>([])
  const timers = new Map<number, number>()
  let last = 0

  function dismiss(id: number): void {
    clearTimeout(timers.get(id))
    timers.delete(id)
    notices.value = notices.value.filter((n) => n.id !== id)
  }
  function hold(id: number): void {
    clearTimeout(timers.get(id))
  }
  function release(id: number, ms = UNDO_MS): void {
    hold(id)
    timers.set(id, window.setTimeout(() => dismiss(id), ms))
  }
  function push(text: string, tone: Notice['tone'], undo?: () => Promise<unknown>): number {
    const id = ++last
    notices.value = [...notices.value.slice(1 - MOST), { id, text, tone, undo, busy: false }]
    release(id)
    return id
  }
  const done = (text: string, undo?: () => Promise<unknown>) => push(text, 'done', undo)
  const info = (text: string) => push(text, 'info')
  const fail = (text: string) => push(text, 'error')

  async function run(id: number): Promise<void> {
    const notice = notices.value.find((n) => n.id === id)
    if (!notice?.undo || notice.busy) return
    notice.busy = true
    hold(id)
    try {
      await notice.undo()
      dismiss(id)
    } catch (e) {
      dismiss(id)
      fail(e instanceof ApiError ? e.message : String(e))
    }
  }
  function forget(): void {
    for (const notice of notices.value) dismiss(notice.id)
  }
  /** Ctrl+Z: the newest notice that can be taken back. */
  async function runLast(): Promise<void> {
    const notice = notices.value.findLast((n) => n.undo && !n.busy)
    if (notice) await run(notice.id)
  }
  return { notices, done, info, fail, dismiss, hold, release, run, runLast, forget }
})
