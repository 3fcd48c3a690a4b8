/** This moment as the API writes it, to the minute. */
export const now = () => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString().replace('.000', '')

/** A number for what is typed in by hand: day and time, unlike any platform's. */
export function orderNumber(prefix = 'M'): string {
  const digits = new Date().toISOString().replace(/\D/g, '')
  return `${prefix}${digits.slice(0, 8)}-${digits.slice(8, 14)}${Math.floor(Math.random() * 90 + 10)}`
}
