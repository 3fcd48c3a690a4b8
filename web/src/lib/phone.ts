// Phone numbers as people write them. Stored are international ones (+8613800138000); what is
// anything else stays as it is: an extension, a masked number, what somebody once typed.

// Country codes of one digit, and those of three that begin with 2, 3, 4, 5, 6, 8 or 9. All others have two.
const THREE = /^(2[1-689]|3[578]|42|5[09]|6[789]|8[0578]|9[679])/

function chunks(digits: string): string {
  const sizes: Record<number, number[]> = { 7: [3, 4], 8: [4, 4], 9: [3, 3, 3], 10: [3, 3, 4], 11: [3, 4, 4], 12: [4, 4, 4] }
  const plan = sizes[digits.length]
  if (!plan) return digits.replace(/\d{3}(?=\d{2,})/g, '$& ')
  let at = 0
  return plan.map((n) => digits.slice(at, (at += n))).join(' ')
}

/** At home: 138 0013 8000, 010 6552 8888, 0571 8788 8888, 400 820 8820. */
function chinese(digits: string): string {
  if (/^1[3-9]\d{9}$/.test(digits)) return `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`
  if (/^[48]00\d{7}$/.test(digits)) return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`
  const area = /^(10|2\d)(\d{7,8})$/.exec(digits) ?? /^([3-9]\d\d)(\d{7,8})$/.exec(digits)
  if (!area) return '+86 ' + chunks(digits)
  const rest = area[2] as string
  return `0${area[1]} ${rest.slice(0, -4)} ${rest.slice(-4)}`
}

export function phone(value: string): string {
  const match = /^\+(\d{7,15})$/.exec(value)
  if (!match) return value
  const digits = match[1] as string
  if (digits.startsWith('86')) return chinese(digits.slice(2))
  const size = /^[17]/.test(digits) ? 1 : THREE.test(digits) ? 3 : 2
  return `+${digits.slice(0, size)} ${chunks(digits.slice(size))}`
}

export const isPhoneField = (name: string) => /(^|[._])phone$/.test(name)
