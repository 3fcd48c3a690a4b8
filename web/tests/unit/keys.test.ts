import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { comboOf, isTyping, useKeys, type KeyMap } from '@/lib/keys'

const layer = (map: KeyMap) => mount(defineComponent({ setup: () => (useKeys(map), () => h('div')) }), { attachTo: document.body })
const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = window) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))

afterEach(() => document.body.replaceChildren())

describe('keys', () => {
  it('names combinations', () => {
    expect(comboOf(new KeyboardEvent('keydown', { key: 'K', ctrlKey: true }))).toBe('Ctrl+k')
    expect(comboOf(new KeyboardEvent('keydown', { key: 'k', metaKey: true }))).toBe('Ctrl+k')
    expect(comboOf(new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true }))).toBe('Alt+ArrowUp')
  })
  it('knows where one types', () => {
    const box = document.createElement('input')
    box.type = 'checkbox'
    expect([isTyping(document.createElement('input')), isTyping(document.createElement('textarea')), isTyping(box), isTyping(null)]).toEqual([true, true, false, false])
  })
  it('goes to the layer on top, and down again when that one leaves', () => {
    const low = vi.fn()
    const high = vi.fn()
    const a = layer({ n: low })
    const b = layer({ n: high })
    press('n')
    expect([low.mock.calls.length, high.mock.calls.length]).toEqual([0, 1])
    b.unmount()
    press('n')
    expect(low).toHaveBeenCalledTimes(1)
    a.unmount()
    press('n')
    expect(low).toHaveBeenCalledTimes(1)
  })
  it('leaves typing alone, except with Ctrl', () => {
    const n = vi.fn()
    const save = vi.fn()
    const w = layer({ n, 'Ctrl+Enter': save })
    const input = document.body.appendChild(document.createElement('input'))
    press('n', {}, input)
    press('Enter', { ctrlKey: true }, input)
    expect([n.mock.calls.length, save.mock.calls.length]).toEqual([0, 1])
    w.unmount()
  })
  it('keeps the page quiet under a native dialog', () => {
    const back = vi.fn()
    const w = layer({ Escape: back })
    const dialog = document.body.appendChild(document.createElement('dialog'))
    dialog.setAttribute('open', '')
    vi.spyOn(dialog, 'getClientRects').mockReturnValue([{}] as unknown as DOMRectList)
    press('Escape')
    expect(back).not.toHaveBeenCalled()
    dialog.remove()
    press('Escape')
    expect(back).toHaveBeenCalledTimes(1)
    w.unmount()
  })
})
