import type { Captcha } from '@/api/types'
import { search } from './pow'

self.onmessage = (message: MessageEvent<Captcha>) => {
  self.postMessage(search(message.data, 0, message.data.max))
}
