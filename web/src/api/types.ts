// Shapes of /api/v1: records, errors and their choices come from the server's OpenAPI document
// (schema.d.ts, "npm run openapi"); by hand is what that document leaves open, the meta document above all.
import type { components } from './schema'

export type Schemas = components['schemas']
type Set<T> = NonNullable<T>
export type Customer = Schemas['Customer']
export type Order = Schemas['Order']
export type Refund = Schemas['Refund']
export type Product = Schemas['Product']
export type Category = Schemas['Category']

export type Lang = 'zh-CN' | 'en'
export interface Label {
  zh: string
  en: string
}
export type Id = number
export type Scalar = string | number | boolean | null
export type Value = Scalar | Scalar[] | { [key: string]: Scalar }

export type FieldKind =
  | 'text'
  | 'int'
  | 'bool'
  | 'id'
  | 'money'
  | 'decimal'
  | 'instant'
  | 'day'
  | 'choice'

export interface Choice {
  name: string
  label: Label
}

export interface Field {
  name: string
  label: Label
  help: Label | null
  kind: FieldKind
  block: string
  required: boolean
  readonly: boolean
  unique: boolean
  search: boolean
  sort: boolean
  filter: boolean
  list: boolean
  pii: boolean
  custom: boolean
  multiline: boolean
  /** Written when the record is made, never after. */
  create_only?: boolean
  /** May be added up in conditions about related records. */
  sum?: boolean
  /** Stored encrypted: compared as a whole only. */
  sealed?: boolean
  min: number | string | null
  max: number | string | null
  choices: Choice[] | null
  ref: string | null
  access: 'masked' | 'read' | 'write'
}

export type Act = 'read' | 'create' | 'update' | 'delete' | 'export' | 'import' | 'bulk'

export interface Entity {
  name: string
  path: string
  label: Label
  plural: Label
  may: Record<Act, boolean>
  title: string
  fields: Field[]
  /** Fields of kinds that have no input of their own: a product's pictures. */
  others?: Field[]
  /** Only looked at: the program itself writes these records. */
  readonly?: boolean
  /** Administrators may add fields of their own. */
  custom_fields?: boolean
}

export interface Meta {
  version: string
  organisation: { name: string; currency: string; decimals?: number; zone: string; lang: Lang }
  entities: Entity[]
  permissions: { name: string; label: Label; group: string }[]
}

/** A record of any collection: its readable fields by name; `x$` is the display text of reference `x`. */
export interface Rec {
  id: Id
  version: number
  [field: string]: unknown
}

export interface Page<T = Rec> {
  items: T[]
  next: string | null
  count?: number | null
}

export interface ListQuery {
  filter?: Filter | null
  q?: string
  sort?: string
  limit?: number
  cursor?: string | null
  fields?: string[]
  count?: boolean
  /** The bin instead of the list. */
  deleted?: boolean
}

export type Op =
  | 'eq' | 'ne' | 'in' | 'not_in' | 'gt' | 'gte' | 'lt' | 'lte' | 'between'
  | 'contains' | 'starts' | 'ends' | 'matches' | 'empty' | 'not_empty'
  | 'last_days' | 'next_days' | 'before' | 'after' | 'on'
  | 'this_day' | 'this_week' | 'this_month' | 'this_year' | 'prev_month'

export interface FilterLeaf {
  field: string
  op: Op
  value?: Value
}
export interface FilterAll {
  all: Filter[]
}
export interface FilterAny {
  any: Filter[]
}
export interface FilterNot {
  not: Filter
}
/** Records that point at this one: how many of them, or how much together. */
export interface Related {
  where?: Filter
  count?: Partial<Record<Op, Value>>
  sum?: { field: string } & Partial<Record<Op, Value>>
}
export type Relation = 'orders' | 'lines' | 'refunds' | 'contacts' | 'addresses' | 'identities'
export type FilterRelated = { [R in Relation]?: Related }
export type Filter = FilterLeaf | FilterAll | FilterAny | FilterNot | FilterRelated

export type FieldError = Schemas['error']['error']['errors'][number]
export type ErrorBody = Omit<Schemas['error'], 'current'> & { current?: Rec }

export interface User {
  id: Id
  username: string
  name: string
  email: string | null
  lang: Lang | null
  department: { id: Id; name: string } | null
  roles: { id: Id; name: string }[]
  totp: boolean
  must_change_password: boolean
}

export interface Me {
  user: User
  permissions: string[]
  csrf: string
  preview: { id: Id; name: string } | null
  preferences: Record<string, unknown>
}

export interface Captcha {
  algorithm: string
  challenge: string
  salt: string
  signature: string
  max: number
}
export interface CaptchaAnswer {
  challenge: string
  salt: string
  signature: string
  number: number
}
export interface SignIn {
  user: User
  csrf: string
  mfa: 'none' | 'required'
}

export interface Change {
  id: Id
  at: string
  actor: { id: Id; name: string } | null
  origin: Set<Schemas['Change']['origin']>
  origin_id: Id | null
  action: Set<Schemas['Change']['action']>
  reason: string | null
  version: number
  fields: { name: string; before: Value; after: Value }[]
}

export interface TimelineItem {
  at: string
  kind: string
  id: Id
  title: string
  text: string | null
  amount: string | null
  state?: string | null
  data: { actor?: { id: Id; name: string } | null; origin?: string; reason?: string | null } | null
}

export interface Purchases {
  products: { product_id: Id; name: string; quantity: number; amount: string; last_at: string }[]
  by_month: { month: string; orders: number; amount: string }[]
}

export type JobState = Set<Schemas['Job']['state']>
export interface Job {
  id: Id
  kind: string
  title: string
  state: JobState
  progress?: number | null
  /** 0 to 100; null while nobody knows how much it is. */
  percent?: number | null
  done: number
  total: number | null
  rate: number | null
  remaining_s: number | null
  message: string | null
  error: string | null
  file: { name: string; size: number } | null
  result?: unknown
  created_at: string
  started_at?: string | null
  ended_at: string | null
  undo: boolean
}

export interface ViewConfig {
  filter?: Filter | null
  q?: string
  sort?: string
  columns?: string[]
  density?: 'compact' | 'normal'
}
export interface SavedView extends Rec {
  entity: string
  name: string
  shared: boolean
  owner_id: Id | null
  config: ViewConfig
}

export interface HomeCard {
  key: string
  label: Label
  value: number | string | null
  kind: 'int' | 'money' | 'ratio'
  previous: number | string | null
  link: { path: string; filter: Filter | null } | null
}
export interface MonthPoint {
  month: string
  orders: number
  amount: string
  new_customers: number
}
export interface Home {
  cards: HomeCard[]
  series: { by_month: MonthPoint[] }
  top_products: { id: Id; name: string; quantity?: number; amount: string }[]
  top_customers: { id: Id; name: string; orders?: number; amount: string }[]
}

export interface Suggestion {
  entity: string
  id: Id
  title: string
  subtitle: string | null
}

export interface Bulk {
  ids?: Id[]
  filter?: Filter | null
  q?: string
  deleted?: boolean
  action: 'update' | 'delete' | 'restore'
  set?: Record<string, unknown>
  reason?: string
}
