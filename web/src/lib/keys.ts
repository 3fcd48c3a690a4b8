// Keyboard: one listener on the window, a stack of layers. The top layer that knows a key gets it;
// typing in a field is left alone except for combinations with Ctrl.
import { onBeforeUnmount, onMounted } from 'vue'

export type KeyMap = Record<string, (event: KeyboardEvent) => void>

const layers: KeyMap[] = []
let listening = false

export function comboOf(event: KeyboardEvent): string {
  const ctrl = event.ctrlKey || event.metaKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return (ctrl ? 'Ctrl+' : '') + (event.altKey ? 'Alt+' : '') + key
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const combo = comboOf(event)
  if (isTyping(event.target) && !combo.startsWith('Ctrl+') && combo !== 'Escape') return
  // A dialog is open: the page under it stays quiet.
  const modal = [...document.querySelectorAll('[aria-modal="true"], dialog[open]')].some((e) => e.getClientRects().length > 0)
  for (let i = layers.length - 1; i >= 0; i--) {
    const handler = layers[i]?.[combo]
    if (!handler) continue
    if (modal && !combo.startsWith('Ctrl+')) return
    event.preventDefault()
    handler(event)
    return
  }
}

/** Keys of a component while it is mounted; the later mounted wins. */
export function useKeys(map: KeyMap): void {
  onMounted(() => {
    layers.push(map)
    if (!listening) {
      window.addEventListener('keydown', dispatch)
      listening = true
    }
  })
  onBeforeUnmount(() => {
    const at = layers.indexOf(map)
    if (at >= 0) layers.splice(at, 1)
  })
}
