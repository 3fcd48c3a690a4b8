// What this person likes: language, theme, density, columns. Kept in the browser at once and on the
// server a moment later, so that it follows the person to another computer.
import { defineStore } from 'pinia'
import { reactive, ref, watch } from 'vue'
import type { Lang } from '@/api/types'
import { api } from '@/api/endpoints'
import { guessLang, setLang } from '@/i18n'

export type Theme = 'system' | 'light' | 'dark'
export interface ColumnPrefs {
  columns?: string[]
  widths?: Record<string, number>
  density?: 'compact' | 'normal'
}

const dark = window.matchMedia('(prefers-color-scheme: dark)')

export const usePrefs = defineStore('prefs', () => {
  const lang = ref<Lang>(guessLang())
  const theme = ref<Theme>((localStorage.getItem('guanxi.theme') as Theme) || 'system')
  const collapsed = ref(localStorage.getItem('guanxi.collapsed') === '1')
  const lists = reactive<Record<string, ColumnPrefs>>(JSON.parse(localStorage.getItem('guanxi.lists') ?? '{}'))
  let signedIn = false
  let timer = 0

  function paint(): void {
    const isDark = theme.value === 'dark' || (theme.value === 'system' && dark.matches)
    document.documentElement.classList.toggle('dark', isDark)
  }
  dark.addEventListener('change', paint)
  watch(theme, paint, { immediate: true })

  function save(): void {
    localStorage.setItem('guanxi.theme', theme.value)
    localStorage.setItem('guanxi.lang', lang.value)
    localStorage.setItem('guanxi.collapsed', collapsed.value ? '1' : '0')
    localStorage.setItem('guanxi.lists', JSON.stringify(lists))
    if (!signedIn) return
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      const preferences = { theme: theme.value, collapsed: collapsed.value, lists }
      // Not worth disturbing anybody: the browser keeps it and the next change tries again.
      api.patchMe({ preferences }).catch(() => {})
    }, 1500)
  }

  async function choose(next: Lang): Promise<void> {
    lang.value = next
    await setLang(next)
    save()
    if (signedIn) api.patchMe({ lang: next }).catch(() => {})
  }

  /** Takes what the server knows about this person. */
  function adopt(server: Record<string, unknown>, userLang: Lang | null): void {
    signedIn = true
    if (server.theme === 'light' || server.theme === 'dark' || server.theme === 'system') theme.value = server.theme
    if (typeof server.collapsed === 'boolean') collapsed.value = server.collapsed
    if (server.lists && typeof server.lists === 'object') Object.assign(lists, server.lists)
    if (userLang && userLang !== lang.value && !localStorage.getItem('guanxi.lang')) {
      lang.value = userLang
      void setLang(userLang)
    }
  }

  function setList(entity: string, next: ColumnPrefs): void {
    lists[entity] = { ...lists[entity], ...next }
    save()
  }
  function setTheme(next: Theme): void {
    theme.value = next
    save()
  }
  function toggleSidebar(): void {
    collapsed.value = !collapsed.value
    save()
  }
  return { lang, theme, collapsed, lists, choose, adopt, setList, setTheme, toggleSidebar }
})
