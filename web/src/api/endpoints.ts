// Typed functions, one per operation that the page uses. Features add their own beside their screens.
import { del, get, patch, post, type Query } from './client'
import type {
  Bulk, CaptchaAnswer, Captcha, Change, Home, Id, Job, ListQuery, Me, Meta, Page, Purchases, Rec,
  SavedView, SignIn, Suggestion, TimelineItem,
} from './types'

/** Longer than this a list question travels as POST …/search: proxies cut long addresses. */
const LONGEST_QUERY = 1800

export function listRecords<T = Rec>(path: string, query: ListQuery, signal?: AbortSignal): Promise<Page<T>> {
  const filter = query.filter ? JSON.stringify(query.filter) : undefined
  if (filter && encodeURIComponent(filter).length > LONGEST_QUERY) {
    const body = {
      filter: query.filter, q: query.q || undefined, sort: query.sort || undefined, limit: query.limit,
      cursor: query.cursor || undefined, fields: query.fields, count: query.count, deleted: query.deleted || undefined,
    }
    return post<Page<T>>(`/${path}/search`, body, { signal })
  }
  const params: Query = {
    filter, q: query.q, sort: query.sort, limit: query.limit, cursor: query.cursor,
    fields: query.fields?.join(','), count: query.count ? 1 : undefined,
    deleted: query.deleted ? 1 : undefined,
  }
  return get<Page<T>>(`/${path}`, params, signal)
}

export const api = {
  setup: () => get<{ needed: boolean }>('/setup'),
  me: () => get<Me>('/me'),
  meta: () => get<Meta>('/meta'),
  home: (signal?: AbortSignal) => get<Home>('/home', undefined, signal),
  captcha: () => get<Captcha>('/captcha'),
  signIn: (body: { username: string; password: string; captcha?: CaptchaAnswer }) =>
    post<SignIn>('/session', body, { quiet401: true }),
  signInCode: (code: string) => post<SignIn>('/session/mfa', { code }, { quiet401: true }),
  signOut: () => del<void>('/session'),
  patchMe: (body: Record<string, unknown>) => patch<Me>('/me', body),
  endPreview: () => del<void>('/preview'),
  suggest: (q: string, signal?: AbortSignal) => get<{ items: Suggestion[] }>('/suggest', { q }, signal),

  read: <T = Rec>(path: string, id: Id, signal?: AbortSignal) => get<T>(`/${path}/${id}`, undefined, signal),
  create: <T = Rec>(path: string, body: Record<string, unknown>) =>
    post<T>(`/${path}`, body, { idempotent: true }),
  update: <T = Rec>(path: string, id: Id, version: number, changed: Record<string, unknown>) =>
    patch<T>(`/${path}/${id}`, { ...changed, version }),
  remove: (path: string, id: Id, version?: number) => del<void>(`/${path}/${id}`, { version }),
  restore: (path: string, id: Id, change?: Id) => post<Rec>(`/${path}/${id}/restore`, change ? { change } : {}),
  history: (path: string, id: Id, cursor?: string | null) =>
    get<Page<Change>>(`/${path}/${id}/history`, { cursor }),
  bulk: (path: string, body: Bulk) => post<{ job: Job | Id }>(`/${path}/bulk`, body, { idempotent: true }),
  exportRecords: (path: string, body: ListQuery & { format: 'csv' | 'xlsx' }) =>
    post<{ job: Job | Id }>(`/${path}/export`, body),

  timeline: (id: Id, cursor: string | null, kinds: string[]) =>
    get<Page<TimelineItem>>(`/customers/${id}/timeline`, { cursor, limit: 30, kinds: kinds.join(',') }),
  purchases: (id: Id) => get<Purchases>(`/customers/${id}/purchases`),
  orderLines: (id: Id) => get<Page>(`/orders/${id}/lines`),

  jobs: () => get<Page<Job>>('/jobs'),
  job: (id: Id) => get<Job>(`/jobs/${id}`),
  cancelJob: (id: Id) => post<Job>(`/jobs/${id}/cancel`),
  undoJob: (id: Id) => post<{ job?: Job } | Job>(`/jobs/${id}/undo`),

  views: (entity: string) =>
    listRecords<SavedView>('views', { filter: { field: 'entity', op: 'eq', value: entity }, limit: 100 }),
}
