// What a key does in the grid, without any screen: a plain function over the grid's state.
export interface GridPlace {
  row: number
  column: number
  rows: number
  columns: number
  page: number
}
export type GridAct =
  | { do: 'move'; row: number; column: number }
  | { do: 'open' | 'select' | 'edit' | 'clear' | 'selectAll' | 'sort' }
  | { do: 'extend'; row: number }

const clamp = (n: number, low: number, high: number) => Math.max(low, Math.min(high, n))

/** Row −1 is the header. Null: not a key of the grid. */
export function gridKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  place: GridPlace,
): GridAct | null {
  const { row, column, rows, columns, page } = place
  const ctrl = event.ctrlKey || event.metaKey
  if (event.altKey) return null
  const to = (r: number, c = column): GridAct => ({
    do: 'move', row: clamp(r, -1, rows - 1), column: clamp(c, 0, columns - 1),
  })
  const body = (r: number) => to(clamp(r, 0, rows - 1))
  if (ctrl) {
    if (event.key === 'a' || event.key === 'A') return { do: 'selectAll' }
    if (event.key === 'Home') return to(0, 0)
    if (event.key === 'End') return to(rows - 1, columns - 1)
    return null
  }
  if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    return { do: 'extend', row: clamp(row + (event.key === 'ArrowDown' ? 1 : -1), 0, rows - 1) }
  }
  switch (event.key) {
    case 'j':
      return body(row + 1)
    case 'k':
      return body(row - 1)
    case 'ArrowDown':
      return to(row + 1)
    case 'ArrowUp':
      return to(row - 1)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'PageDown':
      return body(row + page)
    case 'PageUp':
      return body(row - page)
    case 'Home':
      return body(0)
    case 'End':
      return body(rows - 1)
    case 'Enter':
      return row < 0 ? { do: 'sort' } : { do: 'open' }
    case 'x':
    case ' ':
      return row < 0 ? (event.key === ' ' ? { do: 'sort' } : null) : { do: 'select' }
    case 'e':
    case 'F2':
      return row < 0 ? null : { do: 'edit' }
    case 'Escape':
      return { do: 'clear' }
    default:
      return null
  }
}
