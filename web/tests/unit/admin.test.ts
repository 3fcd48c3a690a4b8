import { describe, expect, it } from 'vitest'
import { agentName } from '@/lib/agent'
import { strength, suggestPassword } from '@/lib/password'
import { buildTree, flatten, moveInto, step, type Row } from '@/lib/tree'
import { countdown } from '@/features/auth/countdown'
import { nameFrom, reposition } from '@/features/system/fields'

describe('password', () => {
  it.each([
    ['', 0], ['short', 0], ['九个字符的中文密码', 0], ['aaaaaaaaaaaa', 1], ['12345678901234', 1], ['abcdefghijkl', 1], ['password2026!', 1], ['zhoumin-2026-x', 1],
    ['correcthorse', 2], ['qinghe-2026-Autumn', 4],
  ])('%j is %i', (text, level) => expect(strength(text, ['zhoumin', null])).toBe(level))
  it('does not mind a name of two letters', () => expect(strength('李伟-correcthorse', ['李伟'])).toBeGreaterThan(1))
  it('suggests good ones, each its own', () => {
    const made = Array.from({ length: 50 }, suggestPassword)
    expect(new Set(made).size).toBe(50)
    for (const p of made) expect(strength(p)).toBeGreaterThanOrEqual(3)
  })
})

describe('tree', () => {
  const row = (id: number, parent_id: number | null, position: number, name = 'd' + id): Row => ({ id, parent_id, position, name, version: 1 })
  const rows = [row(1, null, 1), row(2, null, 2), row(3, 1, 1), row(4, 1, 2), row(5, 4, 0)]
  const tree = buildTree(rows)
  it('stands in order with levels', () => expect(flatten(tree, () => true).map((n) => [n.id, n.level])).toEqual([[1, 1], [3, 2], [4, 2], [5, 3], [2, 1]]))
  it('hides what is folded', () => expect(flatten(tree, (id) => id !== 1).map((n) => n.id)).toEqual([1, 2]))
  it('takes an orphan for a root', () => expect(buildTree([row(9, 77, 0)])[0]?.level).toBe(1))
  it('does not hang on a circle', () => expect(flatten(buildTree([row(1, 2, 0), row(2, 1, 0)]), () => true)).toEqual([]))
  it.each<[number, 'up' | 'down' | 'in' | 'out', unknown]>([
    [4, 'up', [{ id: 4, parent_id: 1, position: 1 }, { id: 3, parent_id: 1, position: 2 }]],
    [3, 'up', []], [4, 'down', []], [1, 'out', []], [1, 'in', []],
    [2, 'in', [{ id: 2, parent_id: 1, position: 3 }]],
    [4, 'out', [{ id: 4, parent_id: null, position: 2 }, { id: 2, parent_id: null, position: 3 }]],
    [99, 'up', []],
  ])('%i %s', (id, way, want) => expect(step(tree, id, way)).toEqual(want))
  it('never moves a branch below itself', () => {
    expect(moveInto(tree, 1, 5)).toEqual([])
    expect(moveInto(tree, 1, 1)).toEqual([])
    expect(moveInto(tree, 3, 2)).toEqual([{ id: 3, parent_id: 2, position: 1 }])
    expect(moveInto(tree, 5, null)).toEqual([{ id: 5, parent_id: null, position: 3 }])
  })
})

describe('names of fields', () => {
  it.each([
    ['Pet Name', [], 'pet_name'], ['Größe', [], 'gro_e'], ['宠物', [], 'c1'], ['2nd phone', [], 'nd_phone'], ['Pet', ['pet'], 'pet_2'], ['Pet', ['pet', 'pet_2'], 'pet_3'], ['', ['c1'], 'c2'],
  ])('%j beside %j', (label, taken, want) => expect(nameFrom(label, taken)).toBe(want))
})
it('repositions only what changes', () => {
  const list = [{ id: 1, position: 1 }, { id: 2, position: 2 }, { id: 3, position: 3 }]
  expect(reposition(list, 3, -1)).toEqual([{ id: 3, position: 2 }, { id: 2, position: 3 }])
  expect(reposition(list, 1, -1)).toEqual([])
})
it.each([[0, '0:00'], [5, '0:05'], [65, '1:05'], [899.2, '15:00'], [3661, '1:01:01'], [-3, '0:00']])('%s s are %s', (s, want) => expect(countdown(s as number)).toBe(want))
it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0', 'Edge · Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile MicroMessenger/8.0.49', 'WeChat · iOS'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox · Linux'],
  ['curl/8.4.0', 'curl'], ['', '?'],
])('%s', (agent, want) => expect(agentName(agent)).toBe(want))
