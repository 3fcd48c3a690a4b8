// One door to the server: JSON in and out, CSRF token, language, errors as ApiError.
import type { ErrorBody, FieldError, Lang, Rec } from './types'

export class ApiError extends Error {
  constructor(
    readonly http: number,
    readonly status: string,
    readonly errors: FieldError[],
    readonly request: string,
    readonly current: Rec | null = null,
    readonly retryAfter: number | null = null,
  ) {
    super(errors[0]?.message || status)
    this.name = 'ApiError'
  }
  /** The first error's code, for example "login.locked". */
  get code(): string {
    return this.errors[0]?.code ?? this.status
  }
  /** Messages by field name; what belongs to no field is not in it. */
  fields(): Record<string, string> {
    const out: Record<string, string> = {}
    for (const e of this.errors) if (e.field && !(e.field in out)) out[e.field] = e.message
    return out
  }
  /** Messages that belong to no field. */
  general(): string[] {
    return this.errors.filter((e) => !e.field).map((e) => e.message)
  }
}

const state = { csrf: '', lang: 'zh-CN' as Lang }
let onUnauthorised: () => void = () => {}
let askAgain: (() => Promise<boolean>) | null = null

export function setCsrf(token: string): void {
  state.csrf = token
}
export function setLanguage(lang: Lang): void {
  state.lang = lang
}
/** Called once for every 401 that is not the answer to a sign-in attempt. */
export function setUnauthorised(handler: () => void): void {
  onUnauthorised = handler
}

/** Asks for the password once more when the server wants a fresh proof; true: try the call again. */
export function setStepUp(ask: () => Promise<boolean>): void {
  askAgain = ask
}

export type Query = Record<string, string | number | boolean | null | undefined>
export interface CallOptions {
  query?: Query
  body?: unknown
  signal?: AbortSignal
  /** A sign-in attempt: 401 is an answer, not a lost session. */
  quiet401?: boolean
  /** The second attempt after a fresh proof. */
  proved?: boolean
  idempotent?: boolean
}

export const API = '/api/v1'

export function buildUrl(path: string, query?: Query): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return API + path + (text ? '?' + text : '')
}

// crypto.randomUUID exists only on secure origins; a merchant's LAN address is none.
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

async function failure(response: Response): Promise<ApiError> {
  const retry = Number(response.headers.get('Retry-After')) || null
  let body: ErrorBody | null = null
  try {
    body = (await response.json()) as ErrorBody
  } catch {
    // A proxy's HTML page, or nothing: the HTTP status is all there is.
  }
  const error = body?.error
  return new ApiError(
    response.status,
    error?.status ?? `http.${response.status}`,
    error?.errors ?? [],
    error?.request ?? response.headers.get('X-Request-Id') ?? '',
    body?.current ?? null,
    retry,
  )
}

export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': state.lang }
  let body: BodyInit | undefined
  if (options.body instanceof FormData) body = options.body
  else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    body = JSON.stringify(options.body)
  }
  if (method !== 'GET') {
    if (state.csrf) headers['X-CSRF-Token'] = state.csrf
    if (options.idempotent) headers['Idempotency-Key'] = randomKey()
  }
  let response: Response
  try {
    response = await fetch(buildUrl(path, options.query), {
      method,
      headers,
      body,
      signal: options.signal,
      credentials: 'same-origin',
    })
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e
    throw new ApiError(0, 'network', [], '')
  }
  if (!response.ok) {
    if (response.status === 401 && !options.quiet401) onUnauthorised()
    const error = await failure(response)
    if (error.code === 'step_up_required' && askAgain && !options.proved && (await askAgain())) {
      return call<T>(method, path, { ...options, proved: true })
    }
    throw error
  }
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T
  return (await response.json()) as T
}

/** Sends a file and tells how far it is. fetch() cannot; XMLHttpRequest can. */
export function upload<T>(path: string, query: Query, form: FormData, progress: (part: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', buildUrl(path, query))
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Accept-Language', state.lang)
    if (state.csrf) request.setRequestHeader('X-CSRF-Token', state.csrf)
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
    request.onerror = () => reject(new ApiError(0, 'network', [], ''))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = async () => {
      const headers = { 'Retry-After': request.getResponseHeader('Retry-After') ?? '' }
      if (request.status >= 200 && request.status < 300) return resolve(JSON.parse(request.responseText) as T)
      if (request.status === 401) onUnauthorised()
      reject(await failure(new Response(request.responseText, { status: request.status, headers })))
    }
    signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: unknown, options: CallOptions = {}) =>
  call<T>('POST', path, { ...options, body })
export const patch = <T>(path: string, body: unknown) => call<T>('PATCH', path, { body })
export const put = <T>(path: string, body: unknown) => call<T>('PUT', path, { body })
export const del = <T>(path: string, query?: Query, body?: unknown) => call<T>('DELETE', path, { query, body })
