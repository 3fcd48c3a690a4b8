// Which column of the file becomes which field. One field takes one column.
import type { ImportColumn, ImportOptions, ImportState, ImportTarget } from '@/api/admin'

export type Mapping = Record<number, string | null>

export const mappingOf = (header: ImportColumn[]): Mapping => Object.fromEntries(header.map((c) => [c.index, c.field || null]))

/** The column gets the field; a column that had it before lets it go. */
export function assign(mapping: Mapping, index: number, field: string | null): Mapping {
  const next: Mapping = { ...mapping, [index]: field }
  if (field) for (const [at, has] of Object.entries(mapping)) if (Number(at) !== index && has === field) next[Number(at)] = null
  return next
}
export function missing(mapping: Mapping, targets: ImportTarget[]): ImportTarget[] {
  const used = new Set(Object.values(mapping))
  return targets.filter((t) => t.required && !used.has(t.name))
}
export const mappedCount = (mapping: Mapping) => Object.values(mapping).filter(Boolean).length

/** As it is sent: columns that are not taken are left out. */
export function toBody(mapping: Mapping): Record<string, string> {
  return Object.fromEntries(Object.entries(mapping).filter((e): e is [string, string] => Boolean(e[1])))
}
/** As it is kept for the next file: by heading, because columns move. */
export function toPreset(mapping: Mapping, header: ImportColumn[]): Record<string, string> {
  const out: Record<string, string> = {}
  for (const column of header) {
    const field = mapping[column.index]
    if (field && column.name && !(column.name in out)) out[column.name] = field
  }
  return out
}
/** ="0123" is how spreadsheets are told to leave a number alone; people want to see the number. */
export const sampleText = (cell: string) => /^="(.*)"$/.exec(cell)?.[1] ?? cell

export const sameMapping = (a: Mapping, b: Mapping) => JSON.stringify(toBody(a)) === JSON.stringify(toBody(b))

export interface TargetGroup {
  name: string
  targets: ImportTarget[]
}
/** "order.number" belongs to "order"; the order of the server is kept. */
export function groupTargets(targets: ImportTarget[]): TargetGroup[] {
  const out: TargetGroup[] = []
  for (const target of targets) {
    const name = target.name.split('.')[0] ?? ''
    const group = out.find((g) => g.name === name)
    if (group) group.targets.push(target)
    else out.push({ name, targets: [target] })
  }
  return out
}

export const STEPS = ['upload', 'file', 'map', 'options', 'check', 'run'] as const
export type Step = (typeof STEPS)[number]
const BUSY: ImportState[] = ['checking', 'running', 'undoing']
export const isBusy = (state: ImportState) => BUSY.includes(state)

/** Where an import stands that somebody comes back to. */
export function stepOf(state: ImportState): Step {
  if (state === 'uploaded') return 'file'
  if (state === 'checking' || state === 'checked') return 'check'
  return 'run'
}
/** Steps that may be gone back to: all but the upload until the rows are being written. */
export function mayOpen(step: Step, at: Step, state: ImportState): boolean {
  if (!mayMap(state) || step === 'upload' || step === 'run') return false
  return STEPS.indexOf(step) < STEPS.indexOf(at)
}
/** Columns and options may still be changed; a failed or cancelled one may be tried again. */
export const mayMap = (state: ImportState) => ['uploaded', 'checked', 'failed', 'cancelled'].includes(state)

/** Moves one entry of the order in which people are recognised. */
export function moveEntry(list: string[], at: number, by: number): string[] {
  const to = at + by
  if (at < 0 || to < 0 || to >= list.length) return list
  const next = [...list]
  const [one] = next.splice(at, 1)
  if (one !== undefined) next.splice(to, 0, one)
  return next
}

/** Options as the server takes them: display texts stay here. */
export function sendable(options: ImportOptions): ImportOptions {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !key.endsWith('$')))
}
