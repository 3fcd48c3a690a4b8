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
  { path: '/', component: () => import('@/shell/Shell.vue'), children: screens },
]
