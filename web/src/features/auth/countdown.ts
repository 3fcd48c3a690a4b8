/** Seconds as 4:05; hours only when there are any. */
export function countdown(seconds: number): string {
  const s = Math.max(0, Math.ceil(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  const minutes = Math.floor(s / 60) % 60
  const hours = Math.floor(s / 3600)
  return hours ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`
}
