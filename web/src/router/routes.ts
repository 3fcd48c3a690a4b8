// One lazy route per screen. `words` names the message modules, `entity` or `permission` who may come in.
import type { RouteRecordRaw } from 'vue-router'

const screens: RouteRecordRaw[] = [
  {
    path: '', name: 'home', component: () => import('@/features/home/HomePage.vue'),
    meta: { title: 'nav.home', words: ['home'] },
  },
  {
    path: 'customers', name: 'customers', component: () => import('@/features/customers/CustomersPage.vue'),
    meta: { title: 'nav.customers', words: ['customers'], entity: 'customer' },
  },
  {
    path: 'customers/:id(\\d+)', name: 'customer', component: () => import('@/features/customers/CustomerPage.vue'),
    meta: { title: 'nav.customers', words: ['customers', 'orders'], entity: 'customer' },
  },
  {
    path: 'orders', name: 'orders', component: () => import('@/features/orders/OrdersPage.vue'),
    meta: { title: 'nav.orders', words: ['orders'], entity: 'order' },
  },
  {
    path: 'orders/:id(\\d+)', name: 'order', component: () => import('@/features/orders/OrderPage.vue'),
    meta: { title: 'nav.orders', words: ['orders'], entity: 'order' },
  },
  {
    path: 'products', name: 'products', component: () => import('@/features/products/ProductsPage.vue'),
    meta: { title: 'nav.products', words: ['products'], entity: 'product' },
  },
  {
    path: 'products/:id(\\d+)', name: 'product', component: () => import('@/features/products/ProductPage.vue'),
    meta: { title: 'nav.products', words: ['products', 'orders'], entity: 'product' },
  },
  {
    path: 'shops', name: 'shops', component: () => import('@/features/shops/ShopsPage.vue'),
    meta: { title: 'nav.shops', words: ['shops'], entity: 'shop' },
  },
  {
    path: 'account/:tab(profile|security|sessions|tokens)?', name: 'account', component: () => import('@/features/account/AccountPage.vue'),
    meta: { title: 'nav.account', words: ['account'] },
  },
  {
    path: 'users', name: 'users', component: () => import('@/features/users/UsersPage.vue'),
    meta: { title: 'nav.users', words: ['users'], entity: 'user' },
  },
  {
    path: 'departments', name: 'departments', component: () => import('@/features/users/DepartmentsPage.vue'),
    meta: { title: 'nav.departments', words: ['users'], entity: 'department' },
  },
  {
    path: 'roles', name: 'roles', component: () => import('@/features/roles/RolesPage.vue'),
    meta: { title: 'nav.roles', words: ['roles'], entity: 'role' },
  },
  {
    path: 'roles/:id(\\d+)', name: 'role', component: () => import('@/features/roles/RolePage.vue'),
    meta: { title: 'nav.roles', words: ['roles'], entity: 'role' },
  },
  {
    path: 'settings', name: 'settings', component: () => import('@/features/system/SettingsPage.vue'),
    meta: { title: 'nav.settings', words: ['system'], permission: 'setting.read' },
  },
  {
    path: 'fields', name: 'fields', component: () => import('@/features/system/FieldsPage.vue'),
    meta: { title: 'nav.fields', words: ['system'], entity: 'field' },
  },
  {
    path: 'audit', name: 'audit', component: () => import('@/features/system/AuditPage.vue'),
    meta: { title: 'nav.audit', words: ['system'], permission: 'audit.read', entity: 'change' },
  },
  {
    path: 'jobs', name: 'jobs', component: () => import('@/features/system/JobsPage.vue'),
    meta: { title: 'nav.jobs', words: ['system'], entity: 'job' },
  },
  {
    path: 'import', name: 'import', component: () => import('@/features/imports/ImportPage.vue'),
    meta: { title: 'nav.import', words: ['imports'], act: 'import' },
  },
  {
    path: 'import/:id(\\d+)', name: 'importRun', component: () => import('@/features/imports/ImportPage.vue'),
    meta: { title: 'nav.import', words: ['imports'], act: 'import' },
  },
  {
    path: 'imports', name: 'imports', component: () => import('@/features/imports/ImportsPage.vue'),
    meta: { title: 'nav.imports', words: ['imports'], act: 'import' },
  },
  {
    path: 'help', name: 'help', component: () => import('@/features/help/HelpPage.vue'),
    meta: { title: 'nav.help', words: ['help'] },
  },
  {
    path: 'forbidden', name: 'forbidden', component: () => import('@/features/help/ForbiddenPage.vue'),
    meta: { title: 'error.forbidden' },
  },
  {
    path: ':rest(.*)*', name: 'lost', component: () => import('@/features/help/LostPage.vue'),
    meta: { title: 'error.lost' },
  },
]

export const routes: RouteRecordRaw[] = [
  {
    path: '/signin', name: 'signin', component: () => import('@/features/auth/SignInPage.vue'),
    meta: { title: 'auth.signIn', words: ['auth'], open: true },
  },
  {
    path: '/setup', name: 'setup', component: () => import('@/features/auth/SetupPage.vue'),
    meta: { title: 'nav.setup', words: ['auth'], open: true },
  },
  {
    path: '/recover', name: 'recover', component: () => import('@/features/auth/RecoverPage.vue'),
    meta: { title: 'nav.recover', words: ['auth'], open: true },
  },
  {
    path: '/password', name: 'password', component: () => import('@/features/auth/PasswordPage.vue'),
    meta: { title: 'nav.password', words: ['auth'] },
  },
  { path: '/', component: () => import('@/shell/Shell.vue'), children: screens },
]
