// What a role says itself, what it inherits, and what counts. The server decides; this mirrors it so
// that a change shows at once.
import type { Level, OwnRights, RoleRights, Scope, ScopeWord } from '@/api/admin'

export type Own = boolean | null

/** One press: inherit → allow → deny → inherit. Without anything to inherit a denial says nothing new. */
export function nextOwn(own: Own, inherits: boolean): Own {
  if (own === null) return true
  if (own) return inherits ? false : null
  return null
}
export type Shown = 'own-yes' | 'own-no' | 'inherited-yes' | 'none'
export function shownAs(own: Own, inherited: Own): Shown {
  if (own !== null) return own ? 'own-yes' : 'own-no'
  return inherited ? 'inherited-yes' : 'none'
}
export const effectiveOf = (own: Own, inherited: Own): boolean => own ?? inherited ?? false

export const LEVELS: Level[] = ['none', 'masked', 'read', 'write']
export const SCOPES: ScopeWord[] = ['none', 'own', 'department', 'tree', 'all']
export const isFilter = (scope: Scope | null | undefined): scope is { filter: never } => typeof scope === 'object' && scope !== null

/** The own part of an answer, as it is sent back: what is inherited stays out. */
export function ownOf(rights: RoleRights): OwnRights {
  const out: OwnRights = { functions: {}, scopes: {}, fields: {} }
  for (const f of rights.functions) if (f.own !== null) out.functions[f.name] = f.own
  for (const s of rights.scopes) {
    const scope: { view?: Scope; operate?: Scope } = {}
    if (s.own.view !== null) scope.view = s.own.view
    if (s.own.operate !== null) scope.operate = s.own.operate
    if (Object.keys(scope).length) out.scopes[s.entity] = scope
  }
  for (const f of rights.fields) if (f.own !== null) out.fields[`${f.entity}.${f.field}`] = f.own
  return out
}
export const copyOwn = (own: OwnRights): OwnRights => JSON.parse(JSON.stringify(own)) as OwnRights

export function setFunction(own: OwnRights, name: string, value: Own): OwnRights {
  const functions = { ...own.functions }
  if (value === null) delete functions[name]
  else functions[name] = value
  return { ...own, functions }
}
export function setScope(own: OwnRights, entity: string, part: 'view' | 'operate', value: Scope | null): OwnRights {
  const scope = { ...own.scopes[entity] }
  if (value === null) delete scope[part]
  else scope[part] = value
  const scopes = { ...own.scopes, [entity]: scope }
  if (!Object.keys(scope).length) delete scopes[entity]
  return { ...own, scopes }
}
export function setField(own: OwnRights, name: string, value: Level | null): OwnRights {
  const fields = { ...own.fields }
  if (value === null) delete fields[name]
  else fields[name] = value
  return { ...own, fields }
}

/** How many single rights differ. */
export function countChanges(a: OwnRights, b: OwnRights): number {
  const flat = (own: OwnRights): Map<string, string> => {
    const out = new Map<string, string>()
    for (const [k, v] of Object.entries(own.functions)) out.set('f:' + k, String(v))
    for (const [k, v] of Object.entries(own.scopes)) for (const [part, scope] of Object.entries(v)) out.set(`s:${k}:${part}`, JSON.stringify(scope))
    for (const [k, v] of Object.entries(own.fields)) out.set('d:' + k, v)
    return out
  }
  const x = flat(a)
  const y = flat(b)
  return [...new Set([...x.keys(), ...y.keys()])].filter((k) => x.get(k) !== y.get(k)).length
}

/** What all of a line's or a column's cells become by one press: allow all, or when all are allowed, clear them. */
export function pressAll(own: OwnRights, names: string[]): OwnRights {
  const all = names.every((n) => own.functions[n] === true)
  return names.reduce((o, n) => setFunction(o, n, all ? null : true), own)
}
