// A tree out of rows with parents, and what moving a node means for their positions.
import type { Id } from '@/api/types'

export interface Row {
  id: Id
  version: number
  name: string
  parent_id: Id | null
  position: number
}
export interface Node extends Row {
  level: number
  children: Node[]
}
export interface Move {
  id: Id
  parent_id: Id | null
  position: number
}

const order = (a: Row, b: Row) => a.position - b.position || a.name.localeCompare(b.name, 'zh') || a.id - b.id

/** Rows whose parent is missing (or out of sight) become roots; circles cannot hang it. */
export function buildTree(rows: Row[]): Node[] {
  const known = new Set(rows.map((r) => r.id))
  const seen = new Set<Id>()
  const grow = (parent: Id | null, level: number): Node[] =>
    rows
      .filter((r) => !seen.has(r.id) && (parent === null ? r.parent_id === null || !known.has(r.parent_id) : r.parent_id === parent))
      .sort(order)
      .map((r) => {
        seen.add(r.id)
        return { ...r, level, children: [] as Node[] }
      })
      .map((n) => ({ ...n, children: grow(n.id, level + 1) }))
  return grow(null, 1)
}

export function flatten(nodes: Node[], isOpen: (id: Id) => boolean): Node[] {
  return nodes.flatMap((n) => [n, ...(isOpen(n.id) ? flatten(n.children, isOpen) : [])])
}
export function findNode(nodes: Node[], id: Id): Node | null {
  for (const n of nodes) {
    const found = n.id === id ? n : findNode(n.children, id)
    if (found) return found
  }
  return null
}
export const isBelow = (node: Node, id: Id): boolean => node.id === id || node.children.some((c) => isBelow(c, id))

function siblings(nodes: Node[], node: Node): Node[] {
  const parent = node.parent_id === null ? null : findNode(nodes, node.parent_id)
  return parent ? parent.children : nodes
}
/** Rows that change when `list` stands in this order under `parent`. */
function renumber(list: Row[], parent: Id | null): Move[] {
  return list
    .map((n, i) => ({ id: n.id, parent_id: parent, position: i + 1, was: n }))
    .filter((m) => m.was.position !== m.position || m.was.parent_id !== parent)
    .map(({ id, parent_id, position }) => ({ id, parent_id, position }))
}

export type Direction = 'up' | 'down' | 'in' | 'out'

/** One step with the keyboard; nothing when there is no way. */
export function step(nodes: Node[], id: Id, way: Direction): Move[] {
  const node = findNode(nodes, id)
  if (!node) return []
  const list = siblings(nodes, node)
  const at = list.findIndex((n) => n.id === id)
  const without = list.filter((n) => n.id !== id)
  if (way === 'up' || way === 'down') {
    const to = at + (way === 'up' ? -1 : 1)
    if (to < 0 || to >= list.length) return []
    return renumber([...without.slice(0, to), node, ...without.slice(to)], node.parent_id)
  }
  if (way === 'in') {
    const before = list[at - 1]
    return before ? renumber([...before.children, node], before.id) : []
  }
  const parent = node.parent_id === null ? null : findNode(nodes, node.parent_id)
  if (!parent) return []
  const above = siblings(nodes, parent)
  const place = above.findIndex((n) => n.id === parent.id) + 1
  return renumber([...above.slice(0, place), node, ...above.slice(place)], parent.parent_id)
}

/** To the end of another parent; nothing when that lies below the node itself. */
export function moveInto(nodes: Node[], id: Id, parent: Id | null): Move[] {
  const node = findNode(nodes, id)
  if (!node || node.parent_id === parent || (parent !== null && isBelow(node, parent))) return []
  const list = parent === null ? nodes : (findNode(nodes, parent)?.children ?? [])
  return renumber([...list, node], parent)
}
