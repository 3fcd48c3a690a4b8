// What the `?` sheet and the help page show.
export interface Shortcut {
  keys: string[]
  label: string
}
export const shortcuts: { label: string; items: Shortcut[] }[] = [
  {
    label: 'keys.everywhere',
    items: [
      { keys: ['Ctrl', 'K'], label: 'keys.palette' },
      { keys: ['/'], label: 'keys.search' },
      { keys: ['n'], label: 'keys.new' },
      { keys: ['Ctrl', 'Z'], label: 'keys.undo' },
      { keys: ['['], label: 'keys.sidebar' },
      { keys: ['?'], label: 'keys.sheet' },
    ],
  },
  {
    label: 'keys.lists',
    items: [
      { keys: ['j', 'k'], label: 'keys.move' },
      { keys: ['←', '→'], label: 'keys.columns' },
      { keys: ['Enter'], label: 'keys.open' },
      { keys: ['x'], label: 'keys.select' },
      { keys: ['e'], label: 'keys.edit' },
      { keys: ['Home', 'End'], label: 'keys.ends' },
      { keys: ['Ctrl', 'A'], label: 'keys.selectAll' },
      { keys: ['f'], label: 'keys.filter' },
    ],
  },
  {
    label: 'keys.records',
    items: [
      { keys: ['j', 'k'], label: 'keys.beside' },
      { keys: ['e'], label: 'keys.edit' },
      { keys: ['Ctrl', 'Enter'], label: 'keys.save' },
      { keys: ['Esc'], label: 'keys.close' },
    ],
  },
]
