// One event stream for a browser, not one per tab: browsers allow six connections to a server over
// HTTP/1.1. The tab that holds the lock reads the stream and tells the others.
import { API } from './client'

export interface ServerEvent {
  type: string
  data: unknown
}
type Listener = (event: ServerEvent) => void

const NAME = 'guanxi-events'
const TYPES = ['job', 'change', 'session']
const listeners = new Set<Listener>()
let stop: (() => void) | null = null

function tell(event: ServerEvent): void {
  for (const listener of listeners) listener(event)
}

function openStream(forward: (event: ServerEvent) => void): () => void {
  const source = new EventSource(API + '/stream')
  for (const type of TYPES) {
    source.addEventListener(type, (message) => {
      try {
        forward({ type, data: JSON.parse((message as MessageEvent<string>).data) })
      } catch {
        // A broken event is dropped: the next list answer carries the truth.
      }
    })
  }
  return () => source.close()
}

/** Starts listening; safe to call again. Without Web Locks (plain http on a LAN) each tab has its own stream. */
export function startEvents(): void {
  if (stop || typeof EventSource === 'undefined') return
  if (!navigator.locks || typeof BroadcastChannel === 'undefined') {
    stop = openStream(tell)
    return
  }
  const channel = new BroadcastChannel(NAME)
  const gone = new AbortController()
  let close = () => {}
  let release = () => {}
  channel.onmessage = (message: MessageEvent<ServerEvent>) => tell(message.data)
  navigator.locks
    .request(NAME, { signal: gone.signal }, () => {
      close = openStream((event) => {
        channel.postMessage(event)
        tell(event)
      })
      return new Promise<void>((resolve) => (release = resolve))
    })
    .catch(() => {})
  stop = () => {
    gone.abort()
    close()
    release()
    channel.close()
  }
}

export function stopEvents(): void {
  stop?.()
  stop = null
}

export function onEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
