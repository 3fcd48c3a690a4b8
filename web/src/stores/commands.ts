// Commands that screens offer to the palette while they are open, and what was opened lately.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Component } from 'vue'
import type { Id } from '@/api/types'

export interface Command {
  id: string
  label: string
  icon?: Component
  run: () => void
}
export interface Recent {
  entity: string
  id: Id
  title: string
}

const KEEP = 8

export const useCommands = defineStore('commands', () => {
  const offered = shallowRef<Command[][]>([])
  const paletteOpen = ref(false)
  const sheetOpen = ref(false)
  const recent = ref<Recent[]>(JSON.parse(sessionStorage.getItem('guanxi.recent') ?? '[]'))

  function offer(list: Command[]): () => void {
    offered.value = [...offered.value, list]
    return () => (offered.value = offered.value.filter((x) => x !== list))
  }
  function visited(item: Recent): void {
    recent.value = [item, ...recent.value.filter((r) => r.entity !== item.entity || r.id !== item.id)].slice(0, KEEP)
    sessionStorage.setItem('guanxi.recent', JSON.stringify(recent.value))
  }
  function forget(): void {
    recent.value = []
    sessionStorage.removeItem('guanxi.recent')
    paletteOpen.value = false
    sheetOpen.value = false
  }
  return { offered, paletteOpen, sheetOpen, recent, offer, visited, forget }
})
