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
      else if (text[i + 1] === '"') cell += text[i++]
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

const cents = (text) => Math.round(Number(text) * 100)

/** What the file holds, by a plain reading of its columns. */
export function countRetail(text) {
  const [head, ...rows] = parse(text)
  const lines = rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])))
  const invoices = new Map()
  for (const line of lines) invoices.set(line.InvoiceNo, [...(invoices.get(line.InvoiceNo) ?? []), line])
  // A cancellation has a C before its number, or gives everything back.
  const isRefund = (number) => number.startsWith('C') || invoices.get(number).every((line) => Number(line.Quantity) < 0)
  const refunds = [...invoices.keys()].filter(isRefund)
  const distinct = (name) => new Set(lines.map((line) => line[name]).filter(Boolean))
  const customer = (number) => {
    const own = [...invoices.entries()].filter(([, list]) => list[0].CustomerID === number)
    const sum = (list) => list.reduce((all, [, of]) => all + of.reduce((some, line) => some + Number(line.Quantity) * cents(line.UnitPrice), 0), 0)
    const bought = own.filter(([n]) => !isRefund(n))
    return { orders: bought.length, paid: (sum(bought) / 100).toFixed(2), net: (sum(own) / 100).toFixed(2) }
  }
  return {
    rows: lines.length, columns: head.length, customers: distinct('CustomerID').size, products: distinct('StockCode').size,
    orders: invoices.size - refunds.length, refunds: refunds.length, customer,
  }
}
