// The sidebar. An entry shows when its entity is readable or its permission held.
import { BookOpen, House, Package, ReceiptText, Store, Users } from '@lucide/vue'
import type { Component } from 'vue'

export interface NavEntry {
  route: string
  label: string
  icon: Component
  entity?: string
  permission?: string
}
export interface NavGroup {
  label: string | null
  entries: NavEntry[]
}

export const navigation: NavGroup[] = [
  { label: null, entries: [{ route: 'home', label: 'nav.home', icon: House }] },
  {
    label: 'nav.group.people',
    entries: [{ route: 'customers', label: 'nav.customers', icon: Users, entity: 'customer' }],
  },
  {
    label: 'nav.group.trade',
    entries: [
      { route: 'orders', label: 'nav.orders', icon: ReceiptText, entity: 'order' },
      { route: 'products', label: 'nav.products', icon: Package, entity: 'product' },
      { route: 'shops', label: 'nav.shops', icon: Store, entity: 'shop' },
    ],
  },
]

export const footEntries: NavEntry[] = [{ route: 'help', label: 'nav.help', icon: BookOpen }]
