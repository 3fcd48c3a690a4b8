import { ref } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import type { Act } from '@/api/types'
import { setUnauthorised } from '@/api/client'
import { i18n, useWords } from '@/i18n'
import { useMeta } from '@/stores/meta'
import { useSession } from '@/stores/session'
import { routes } from './routes'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name, for the window title. */
    title?: string
    /** Message modules that the page needs. */
    words?: string[]
    /** Reachable without a session. */
    open?: boolean
    /** Entity that must be readable. */
    entity?: string
    /** Permission that must be held. */
    permission?: string
    /** Something that must be allowed with at least one entity. */
    act?: Act
  }
}

export const serverDown = ref(false)

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

/** Only a path of this site may follow a sign-in. */
export function safeReturn(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/'
}

router.beforeEach(async (to) => {
  await useWords(to.matched.flatMap((r) => r.meta.words ?? []))
  if (to.meta.open) return true
  const session = useSession()
  try {
    if (!(await session.ensure())) return { name: 'signin', query: to.fullPath === '/' ? {} : { return: to.fullPath } }
  } catch {
    serverDown.value = true
    return false
  }
  if (session.me?.user.must_change_password && router.hasRoute('password') && to.name !== 'password') {
    return { name: 'password', query: { return: to.fullPath } }
  }
  const { entity, permission, act } = to.meta
  if ((entity && !useMeta().may(entity, 'read')) || (permission && !session.can(permission)) || (act && !useMeta().mayAny(act))) {
    return { name: 'forbidden', query: { from: to.fullPath }, replace: true }
  }
  return true
})

router.afterEach((to) => {
  const { t } = i18n.global
  document.title = to.meta.title ? `${t(to.meta.title)} · ${t('app.name')}` : t('app.name')
})

setUnauthorised(() => {
  const session = useSession()
  if (!session.me) return
  session.forget()
  const from = router.currentRoute.value
  if (!from.meta.open) void router.push({ name: 'signin', query: { return: from.fullPath } })
})
