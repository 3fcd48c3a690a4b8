// Operations of administration, account and intake, with their shapes.
import { del, get, patch, post, put, upload } from './client'
import { listRecords } from './endpoints'
import type { Change, Choice, FieldKind, Filter, Id, Job, Label, Lang, Page, Rec, SignIn } from './types'

// --- set-up, recovery, account

export interface SetupBody {
  token: string
  username: string
  password: string
  name: string
  organisation: string
  currency: string
  zone: string
  lang: Lang
}
export interface SessionRow {
  id: Id
  created_at: string
  seen_at: string
  address: string
  agent: string
  current: boolean
}
export interface Token {
  id: Id
  name: string
  prefix: string
  scopes: string[]
  expires_at: string | null
  created_at: string
  used_at: string | null
  token?: string
}
export interface Totp {
  secret: string
  uri: string
  svg: string
}
interface Items<T> {
  items: T[]
}

export const account = {
  setup: (body: SetupBody) => post<SignIn>('/setup', body, { quiet401: true }),
  recover: (username: string, email: string) => post<{ recovery: string }>('/recovery', { username, email }, { quiet401: true }),
  recoverCode: (recovery: string, code: string) => post<{ token: string }>('/recovery/code', { recovery, code }, { quiet401: true }),
  recoverPassword: (token: string, password: string) => post<void>('/recovery/password', { token, password }, { quiet401: true }),
  password: (old: string, next: string) => post<{ csrf: string }>('/me/password', { old, new: next }),
  totpStart: () => post<Totp>('/me/totp'),
  totpConfirm: (code: string) => post<{ codes: string[] }>('/me/totp/confirm', { code }),
  totpOff: (password: string) => del<void>('/me/totp', undefined, { password }),
  sessions: () => get<Items<SessionRow>>('/sessions'),
  endSession: (id: Id) => del<void>(`/sessions/${id}`),
  endOthers: () => del<void>('/sessions'),
  tokens: () => get<Items<Token>>('/tokens'),
  createToken: (body: { name: string; scopes: string[]; expires_at: string | null }) => post<Token>('/tokens', body),
  revokeToken: (id: Id) => del<void>(`/tokens/${id}`),
}

// --- users and roles

export interface RoleUsers extends Items<{ id: Id; username: string; name: string; disabled: boolean }> {
  count: number
}
export const users = {
  roles: (id: Id) => get<{ roles: { id: Id; name: string }[] }>(`/users/${id}/roles`),
  setRoles: (id: Id, roles: Id[]) => put<{ roles: { id: Id; name: string }[] }>(`/users/${id}/roles`, { roles }),
  setPassword: (id: Id, password: string) => post<void>(`/users/${id}/password`, { password }),
  setDisabled: (id: Id, disabled: boolean) => post<void>(`/users/${id}/${disabled ? 'disable' : 'enable'}`),
  endSessions: (id: Id) => del<void>(`/users/${id}/sessions`),
  dropTotp: (id: Id) => del<void>(`/users/${id}/totp`),
  preview: (id: Id) => post<void>('/preview', { user: id }),
}

export type ScopeWord = 'none' | 'own' | 'department' | 'tree' | 'all'
export type Scope = ScopeWord | { filter: Filter }
export type Level = 'none' | 'masked' | 'read' | 'write'
export interface RoleRights {
  parent: Id | null
  /** The administrator: everything, and not to be changed. */
  all?: boolean
  functions: { name: string; own: boolean | null; inherited: boolean | null; effective: boolean }[]
  scopes: { entity: string; own: { view: Scope | null; operate: Scope | null }; effective: { view: Scope; operate: Scope } }[]
  fields: { entity: string; field: string; own: Level | null; effective: Level }[]
}
export interface OwnRights {
  functions: Record<string, boolean>
  scopes: Record<string, { view?: Scope; operate?: Scope }>
  fields: Record<string, Level>
}
export const roles = {
  rights: (id: Id) => get<RoleRights>(`/roles/${id}/permissions`),
  setRights: (id: Id, own: OwnRights) => put<RoleRights>(`/roles/${id}/permissions`, own),
  users: (id: Id) => get<RoleUsers>(`/roles/${id}/users`),
  changeUsers: (id: Id, change: { add?: Id[]; remove?: Id[] }) => post<RoleUsers>(`/roles/${id}/users`, change),
  move: (id: Id, to: Id) => post<{ moved: number }>(`/roles/${id}/move`, { to }),
}

// --- settings, audit

export interface Setting {
  key: string
  label: Label
  help: Label | null
  group: string
  kind: FieldKind | 'json'
  secret: boolean
  value: string | number | boolean | null
  default: string | number | boolean | null
  min: number | null
  max: number | null
  choices: Choice[] | null
}
export const settings = {
  read: () => get<Items<Setting>>('/settings'),
  write: (changed: Record<string, unknown>) => patch<Items<Setting>>('/settings', changed),
}

/** One change of one record, before and after: the history just before the change that follows it. */
export async function readChange(path: string, record: Id, change: Id): Promise<Change | null> {
  const page = await get<Page<Change>>(`/${path}/${record}/history`, { cursor: change + 1, limit: 1 })
  return page.items.find((c) => c.id === change) ?? null
}

// --- intake

export type ImportKind = 'orders' | 'customers' | 'products' | 'lines' | 'payments'
export const IMPORT_KINDS: ImportKind[] = ['orders', 'customers', 'products', 'lines', 'payments']
export type ImportState = 'uploaded' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'cancelled' | 'undoing' | 'undone'
export interface ImportColumn {
  index: number
  name: string
  field: string | null
  sample: string[]
}
export interface ImportOptions {
  match?: string[]
  policy?: 'skip' | 'fill' | 'update'
  shop_id?: Id | null
  shop_id$?: string
  currency?: string | null
  day_first?: boolean
  comma_decimal?: boolean
  zone?: string | null
  lang?: string
}
export interface ImportError {
  row: number
  field: string | null
  message: string
}
export interface Import {
  id: Id
  kind: ImportKind
  state: ImportState
  file: string
  size: number
  charset: string
  delimiter: string | null
  sheet: string | null
  sheets: string[] | null
  preset: string | null
  header: ImportColumn[]
  options: ImportOptions
  rows: number | null
  done: number
  created: number
  updated: number
  unchanged: number
  refused: number
  merged: number
  rate: number | null
  remaining_s: number | null
  counts: Record<string, Record<string, number>> | null
  errors: ImportError[] | null
  /** What the dry run would do, by some examples. */
  preview: { action: string; entity: string; row: number; title: string; text: string }[] | null
  created_at?: string
  ended_at?: string | null
  owner_id$?: string
  error?: string | null
  message?: string | null
}
export interface Preset {
  id?: Id
  name: string
  label: Label | string
  kind: ImportKind
  own: boolean
}
export interface ImportTarget {
  name: string
  label: Label
  required: boolean
}

export const imports = {
  list: (cursor?: string | null) => listRecords<Import & Rec>('imports', { sort: '-id', limit: 50, cursor }),
  read: (id: Id, signal?: AbortSignal) => get<Import>(`/imports/${id}`, undefined, signal),
  send: (kind: ImportKind, file: File, progress: (part: number) => void, signal: AbortSignal) => {
    const form = new FormData()
    form.append('file', file, file.name)
    return upload<Import>('/imports', { kind }, form, progress, signal)
  },
  change: (id: Id, body: Record<string, unknown>) => patch<Import>(`/imports/${id}`, body),
  check: (id: Id) => post<unknown>(`/imports/${id}/check`),
  run: (id: Id) => post<unknown>(`/imports/${id}/run`),
  cancel: (id: Id) => post<unknown>(`/imports/${id}/cancel`),
  undo: (id: Id) => post<{ job?: Job | Id }>(`/imports/${id}/undo`),
  targets: (kind: ImportKind) => get<{ targets: ImportTarget[] }>('/imports/targets', { kind }),
  presets: () => get<Items<Preset> | Preset[]>('/presets'),
  savePreset: (body: { name: string; kind: ImportKind; mapping: Record<string, string>; options: ImportOptions }) => post<Preset>('/presets', body),
  removePreset: (id: Id) => del<void>(`/presets/${id}`),
}
