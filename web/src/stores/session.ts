import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Me, Meta } from '@/api/types'
import { api } from '@/api/endpoints'
import { ApiError, setCsrf } from '@/api/client'
import { startEvents, stopEvents } from '@/api/sse'
import { setPlace } from '@/lib/format'
import { usePrefs } from './prefs'
import { useMeta } from './meta'

const placeOf = ({ organisation: o }: Meta) => ({ zone: o.zone, currency: o.currency, decimals: o.decimals ?? 2 })

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  const permissions = computed(() => new Set(me.value?.permissions ?? []))
  const forgetters = new Set<() => void>()
  let loading: Promise<boolean> | null = null

  async function fetchAll(): Promise<boolean> {
    try {
      const [who, meta]: [Me, Meta] = await Promise.all([api.me(), api.meta()])
      me.value = who
      setCsrf(who.csrf)
      useMeta().adopt(meta)
      setPlace(placeOf(meta))
      usePrefs().adopt(who.preferences ?? {}, who.user.lang)
      startEvents()
      return true
    } catch (e) {
      if (e instanceof ApiError && e.http === 401) return false
      throw e
    } finally {
      loading = null
    }
  }

  /** True when somebody is signed in; asks the server once. */
  function ensure(): Promise<boolean> {
    if (me.value) return Promise.resolve(true)
    loading ??= fetchAll()
    return loading
  }
  async function reload(): Promise<boolean> {
    me.value = null
    return ensure()
  }
  /** After settings or fields have changed. */
  async function refreshMeta(): Promise<void> {
    const meta = await api.meta()
    useMeta().adopt(meta)
    setPlace(placeOf(meta))
  }
  function forget(): void {
    me.value = null
    setCsrf('')
    stopEvents()
    for (const forgetter of forgetters) forgetter()
  }
  /** Whoever signs in next in this window must meet nothing of what this person saw. */
  function onForget(forgetter: () => void): () => void {
    forgetters.add(forgetter)
    return () => forgetters.delete(forgetter)
  }
  async function signOut(): Promise<void> {
    await api.signOut().catch(() => {})
    forget()
  }
  const can = (permission: string) => permissions.value.has(permission)

  return { me, permissions, can, ensure, reload, refreshMeta, forget, onForget, signOut }
})
