import { ref, type Ref } from 'vue'

function media(query: string): Ref<boolean> {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)
  list.addEventListener('change', (event) => (matches.value = event.matches))
  return matches
}

/** Phone layout: menu in a drawer, rows as cards. */
export const isPhone = media('(max-width: 719px)')
export const isNarrow = media('(max-width: 1099px)')
