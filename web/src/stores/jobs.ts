// Long work: imports, exports, bulk edits. Survives a reload because the server holds it.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Id, Job } from '@/api/types'
import { api } from '@/api/endpoints'
import { ApiError } from '@/api/client'
import { onEvent } from '@/api/sse'
import { errorText } from '@/lib/save'
import { useUndo } from './undo'

export const isOver = (job: Job) => job.state === 'done' || job.state === 'failed' || job.state === 'cancelled'

/** Whole percents of what is done; null: nobody knows how much there is. */
export function percentOf(job: Job): number | null {
  if (typeof job.percent === 'number') return Math.round(job.percent)
  if (typeof job.progress === 'number') return Math.round(job.progress * 100)
  return job.total ? Math.round((job.done / job.total) * 100) : null
}

export const useJobs = defineStore('jobs', () => {
  const jobs = ref<Job[]>([])
  const open = ref(false)
  const running = computed(() => jobs.value.filter((j) => !isOver(j)))
  const endings = new Set<(job: Job) => void>()
  let started = false
  let poll = 0

  function put(job: Job): void {
    const at = jobs.value.findIndex((j) => j.id === job.id)
    const before = jobs.value[at]
    // An answer that was on its way while the stream told of the end.
    if (before && isOver(before) && !isOver(job)) return
    if (at >= 0) jobs.value[at] = job
    else jobs.value.unshift(job)
    if (isOver(job) && before && !isOver(before)) for (const ending of endings) ending(job)
    watchRunning()
  }
  // The stream tells; the poll is for networks that hold back event streams.
  function watchRunning(): void {
    clearTimeout(poll)
    if (running.value.length) poll = window.setTimeout(refresh, 4000)
  }
  async function refresh(): Promise<void> {
    try {
      const page = await api.jobs()
      for (const job of page.items.slice().reverse()) put(job)
    } catch {
      watchRunning()
    }
  }
  function start(): void {
    void refresh()
    if (started) return
    started = true
    onEvent((event) => {
      if (event.type === 'job') put(event.data as Job)
    })
  }
  /** Shows work that was just begun; the server answers with the job or its id. */
  async function begin(job: Job | Id): Promise<void> {
    put(typeof job === 'number' ? await api.job(job) : job)
    open.value = true
  }
  async function cancel(id: Id): Promise<void> {
    try {
      await api.cancelJob(id)
    } catch (e) {
      // 409: it came to its end before the hand did; the tray shows that in a moment.
      if (!(e instanceof ApiError) || e.http !== 409) useUndo().fail(errorText(e))
    }
    await refresh()
  }
  async function undo(id: Id): Promise<void> {
    await api.undoJob(id).catch((e) => useUndo().fail(errorText(e)))
    await refresh()
  }
  function hide(id: Id): void {
    jobs.value = jobs.value.filter((j) => j.id !== id)
  }
  function forget(): void {
    clearTimeout(poll)
    jobs.value = []
    open.value = false
  }
  function onEnd(listener: (job: Job) => void): () => void {
    endings.add(listener)
    return () => endings.delete(listener)
  }
  return { jobs, running, open, start, begin, cancel, undo, hide, forget, onEnd, refresh }
})
