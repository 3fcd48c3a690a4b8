// Words: one JSON file per module and language, fetched when a route asks for it.
import { createI18n } from 'vue-i18n'
import type { Lang } from '@/api/types'
import { setLanguage } from '@/api/client'
import { setPlace } from '@/lib/format'

interface Messages {
  [key: string]: string | Messages
}
const files = import.meta.glob<Messages>('./*/*.json', { import: 'default' })

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: false,
  missingWarn: false,
  fallbackWarn: false,
  messages: { 'zh-CN': {}, en: {} } as Record<string, Messages>,
})

const loaded = new Set<string>()
const wanted = new Set<string>(['common'])

async function load(lang: Lang, module: string): Promise<void> {
  const key = `./${lang}/${module}.json`
  if (loaded.has(key)) return
  const file = files[key]
  if (!file) return
  const messages = await file()
  i18n.global.mergeLocaleMessage(lang, module === 'common' ? messages : { [module]: messages })
  loaded.add(key)
}

/** Loads the words of these modules (file name = first part of the key) in the current language. */
export async function useWords(modules: string[]): Promise<void> {
  for (const module of modules) wanted.add(module)
  await Promise.all(modules.map((module) => load(i18n.global.locale.value as Lang, module)))
}

export async function setLang(lang: Lang): Promise<void> {
  await Promise.all([...wanted].map((module) => load(lang, module)))
  setLanguage(lang)
  setPlace({ lang })
  i18n.global.locale.value = lang
  document.documentElement.lang = lang
}

export function guessLang(): Lang {
  const saved = localStorage.getItem('guanxi.lang')
  if (saved === 'zh-CN' || saved === 'en') return saved
  return navigator.languages.some((l) => l.toLowerCase().startsWith('zh')) || !navigator.languages.length ? 'zh-CN' : 'en'
}
