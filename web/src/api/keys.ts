// Query keys: [operation, …parameters]. Everything of one collection starts with its path, so that a
// change can be told to all lists and pages of it at once.
import type { Id, ListQuery } from './types'

export const keys = {
  collection: (path: string) => [path] as const,
  list: (path: string, query: ListQuery) => [path, 'list', query] as const,
  record: (path: string, id: Id) => [path, 'record', id] as const,
  related: (path: string, id: Id, what: string, more: unknown = null) => [path, 'record', id, what, more] as const,
  views: (entity: string) => ['views', entity] as const,
  home: () => ['home'] as const,
}
