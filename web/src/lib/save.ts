import { ApiError } from '@/api/client'
import { i18n } from '@/i18n'

/** What to tell a person about anything that was thrown. */
export function errorText(e: unknown): string {
  const { t } = i18n.global
  if (!(e instanceof ApiError)) return t('error.title')
  if (e.http === 0) return t('error.network')
  return e.errors.length ? e.errors.map((x) => x.message).join(' ') : t('error.title')
}

/** Hands a text to the person as a file. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** The clipboard needs a secure origin; elsewhere the old way still works. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.setAttribute('readonly', '')
    area.className = 'sr'
    const host = document.querySelector('dialog[open]') ?? document.body
    host.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
