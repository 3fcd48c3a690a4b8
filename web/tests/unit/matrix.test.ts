import { describe, expect, it } from 'vitest'
import type { RoleRights } from '@/api/admin'
import { copyOwn, countChanges, effectiveOf, nextOwn, ownOf, pressAll, setField, setFunction, setScope, shownAs, type Own } from '@/features/roles/matrix'

const rights: RoleRights = {
  parent: 2,
  functions: [
    { name: 'customer.read', own: null, inherited: true, effective: true },
    { name: 'customer.update', own: false, inherited: true, effective: false },
    { name: 'customer.delete', own: true, inherited: null, effective: true },
    { name: 'customer.export', own: null, inherited: null, effective: false },
  ],
  scopes: [
    { entity: 'customer', own: { view: 'tree', operate: null }, effective: { view: 'tree', operate: 'own' } },
    { entity: 'user', own: { view: null, operate: null }, effective: { view: 'all', operate: 'none' } },
  ],
  fields: [
    { entity: 'customer', field: 'phone', own: 'read', effective: 'read' },
    { entity: 'customer', field: 'email', own: null, effective: 'masked' },
  ],
}

describe('one press', () => {
  it.each<[Own, boolean, Own]>([
    [null, true, true], [true, true, false], [false, true, null],
    [null, false, true], [true, false, null], [false, false, null],
  ])('%s, inheriting %s, becomes %s', (own, inherits, next) => expect(nextOwn(own, inherits)).toBe(next))
  it('comes back to where it began', () => {
    let own: Own = null
    for (let i = 0; i < 3; i++) own = nextOwn(own, true)
    expect(own).toBeNull()
  })
})

describe('what shows and what counts', () => {
  it.each<[Own, Own, string, boolean]>([
    [null, null, 'none', false], [null, true, 'inherited-yes', true], [null, false, 'none', false],
    [true, null, 'own-yes', true], [true, false, 'own-yes', true], [false, true, 'own-no', false], [false, null, 'own-no', false],
  ])('own %s over inherited %s', (own, inherited, shown, effective) => {
    expect(shownAs(own, inherited)).toBe(shown)
    expect(effectiveOf(own, inherited)).toBe(effective)
  })
  it('agrees with what the server says', () => {
    for (const f of rights.functions) expect(effectiveOf(f.own, f.inherited)).toBe(f.effective)
  })
})

describe('the own part', () => {
  it('leaves out what is inherited, and keeps a denial', () => {
    expect(ownOf(rights)).toEqual({
      functions: { 'customer.update': false, 'customer.delete': true },
      scopes: { customer: { view: 'tree' } },
      fields: { 'customer.phone': 'read' },
    })
  })
  it('keeps a condition as it is', () => {
    const scope = { filter: { field: 'city', op: 'eq' as const, value: '杭州市' } }
    const own = ownOf({ ...rights, scopes: [{ entity: 'customer', own: { view: scope, operate: null }, effective: { view: scope, operate: 'none' } }] })
    expect(own.scopes.customer).toEqual({ view: scope })
  })
  it('is not changed through a copy', () => {
    const own = ownOf(rights)
    const copy = copyOwn(own)
    copy.functions['customer.update'] = true
    expect(own.functions['customer.update']).toBe(false)
  })
})

describe('changes', () => {
  const own = ownOf(rights)
  it('are none between equals', () => expect(countChanges(own, copyOwn(own))).toBe(0))
  it('count single rights', () => {
    let next = setFunction(own, 'customer.read', true)
    next = setFunction(next, 'customer.update', null)
    next = setScope(next, 'customer', 'operate', 'all')
    next = setField(next, 'customer.phone', null)
    expect(countChanges(own, next)).toBe(4)
  })
  it('are none when taken back', () => {
    const there = setScope(own, 'user', 'view', 'own')
    const back = setScope(there, 'user', 'view', null)
    expect(back.scopes).not.toHaveProperty('user')
    expect(countChanges(own, back)).toBe(0)
  })
  it('see another condition', () => {
    const a = setScope(own, 'customer', 'view', { filter: { all: [] } })
    const b = setScope(own, 'customer', 'view', { filter: { field: 'city', op: 'empty' } })
    expect(countChanges(a, b)).toBe(1)
  })
})

describe('a whole line', () => {
  const names = ['customer.read', 'customer.create']
  it('allows all, then clears all', () => {
    const none = { functions: { 'customer.create': false }, scopes: {}, fields: {} }
    const all = pressAll(none, names)
    expect(all.functions).toEqual({ 'customer.read': true, 'customer.create': true })
    expect(pressAll(all, names).functions).toEqual({})
  })
})
