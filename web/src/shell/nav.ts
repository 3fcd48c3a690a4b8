// The sidebar. An entry shows when its entity is readable or its permission held.
import {
  BookOpen, Building2, FileClock, History, House, ListChecks, Package, ReceiptText, Settings, ShieldCheck, Store, TextCursorInput, Upload, UserCog, Users,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Act } from '@/api/types'

export interface NavEntry {
  route: string
  label: string
  icon: Component
  entity?: string
  permission?: string
  /** Something that must be allowed with at least one entity. */
  act?: Act
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
  {
    label: 'nav.group.data',
    entries: [
      { route: 'import', label: 'nav.import', icon: Upload, act: 'import' },
      { route: 'imports', label: 'nav.imports', icon: History, act: 'import' },
      { route: 'jobs', label: 'nav.jobs', icon: ListChecks, entity: 'job' },
    ],
  },
  {
    label: 'nav.group.system',
    entries: [
      { route: 'users', label: 'nav.users', icon: UserCog, entity: 'user' },
      { route: 'departments', label: 'nav.departments', icon: Building2, entity: 'department' },
      { route: 'roles', label: 'nav.roles', icon: ShieldCheck, entity: 'role' },
      { route: 'fields', label: 'nav.fields', icon: TextCursorInput, entity: 'field' },
      { route: 'settings', label: 'nav.settings', icon: Settings, permission: 'setting.read' },
      { route: 'audit', label: 'nav.audit', icon: FileClock, permission: 'audit.read', entity: 'change' },
    ],
  },
]

export const footEntries: NavEntry[] = [{ route: 'help', label: 'nav.help', icon: BookOpen }]
