import { createApp } from 'vue'
import { createPinia } from 'pinia'
import App from './App.vue'
import { guessLang, i18n, setLang } from './i18n'
import { router } from './router'
import { usePrefs } from './stores/prefs'
import './base.css'
import './theme.css'
import './element.css'
import './ui/record/record.css'

async function start(): Promise<void> {
  const app = createApp(App)
  app.use(createPinia())
  // Before the words are fetched: whoever likes it dark sees no white flash.
  usePrefs()
  await setLang(guessLang())
  app.use(i18n)
  app.use(router)
  app.mount('#app')
}

void start()
