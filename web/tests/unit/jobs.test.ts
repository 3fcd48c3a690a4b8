import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Job } from '@/api/types'
import { api } from '@/api/endpoints'
import { isOver, percentOf, useJobs } from '@/stores/jobs'

const job = (state: Job['state'], more: Partial<Job> = {}): Job => ({
  id: 1, kind: 'export', title: 'customers.csv', state, done: 0, total: 0, rate: null, remaining_s: null, message: null, error: null, file: null,
  created_at: '2026-01-01T00:00:00Z', ended_at: null, undo: false, ...more,
})

describe('progress', () => {
  it.each<[string, Partial<Job>, number | null]>([
    ['as the server says', { percent: 40, done: 1, total: 2 }, 40], ['as a part of one', { progress: 0.255 }, 26],
    ['counted', { done: 1, total: 4 }, 25], ['unknown', {}, null], ['nothing yet', { percent: 0, total: 9 }, 0],
  ])('%s', (_what, more, percent) => expect(percentOf(job('running', more))).toBe(percent))
  it('knows the end', () => expect((['queued', 'running', 'done', 'failed', 'cancelled'] as const).map((s) => isOver(job(s)))).toEqual([false, false, true, true, true]))
})

describe('the tray', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('does not go back from the end when an older answer comes late', async () => {
    const jobs = useJobs()
    const ended = vi.fn()
    jobs.onEnd(ended)
    await jobs.begin(job('running'))
    await jobs.begin(job('done'))
    await jobs.begin(job('queued'))
    expect(jobs.jobs.map((j) => j.state)).toEqual(['done'])
    expect(ended).toHaveBeenCalledTimes(1)
  })
  it('asks for a job that it has only the number of', async () => {
    const read = vi.spyOn(api, 'job').mockResolvedValue(job('done'))
    const jobs = useJobs()
    await jobs.begin(7)
    expect(read).toHaveBeenCalledWith(7)
    expect(jobs.open).toBe(true)
  })
  it('forgets everything with the person', async () => {
    const jobs = useJobs()
    await jobs.begin(job('done'))
    jobs.forget()
    expect([jobs.jobs.length, jobs.open, jobs.running.length]).toEqual([0, false, 0])
  })
})
