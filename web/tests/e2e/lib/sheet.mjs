// Reads CSV and counts the real file, independently of the program.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './program.mjs'

/** Rows of a CSV text; quotes and line breaks inside quotes as in RFC 4180. */
export function parse(text) {
  const rows = [[]]
  let cell = ''
  let quoted = false
  const end = () => rows.at(-1).push(cell) && (cell = '')
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') cell += text[++i - 1]
      else quoted = false
    } else if (c === '"') quoted = true
    else if (c === ',') end()
    else if (c === '\n') {
      end()
      rows.push([])
    } else if (c !== '\r') cell += c
  }
  if (cell || rows.at(-1).length) end()
  else rows.pop()
  return rows
}

/** The first lines of the Online Retail file as a file of its own. */
export function cutOfRealFile(target, lines) {
  const packed = join(root, 'test/data/online-retail/online_retail_2010_2011.csv.xz')
  const text = execFileSync('sh', ['-c', 'xz -dc "$1" | head -n "$2"', 'cut', packed, String(lines)], { encoding: 'utf8', maxBuffer: 64 << 20 })
  writeFileSync(target, text)
  return text
}

/** What the file holds, by a plain reading of its columns. */
export function countRetail(text) {
  const [head, ...rows] = parse(text)
  const at = (name) => head.indexOf(name)
  const of = (row, name) => row[at(name)]
  const invoices = new Map()
  for (const row of rows) {
    const number = of(row, 'InvoiceNo')
    const list = invoices.get(number) ?? []
    list.push(row)
    invoices.set(number, list)
  }
  const customers = new Set(rows.map((row) => of(row, 'CustomerID')).filter(Boolean))
  const products = new Set(rows.map((row) => of(row, 'StockCode')).filter(Boolean))
  const cancelled = [...invoices.keys()].filter((number) => number.startsWith('C'))
  return { rows: rows.length, invoices: invoices.size, customers, products, cancelled: cancelled.length, head }
}
