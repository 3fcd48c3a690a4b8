// Turns dist/ into what the C binary links: dist/embed/assets.S with the bytes (plain, gzip, brotli)
// and dist/embed/assets.c with the table GUANXI_ASSETS, sorted by path for a binary search.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const out = join(dist, 'embed')
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.json': 'application/json', '.png': 'image/png', '.ico': 'image/x-icon', '.txt': 'text/plain; charset=utf-8', '.woff2': 'font/woff2',
}
const PACKED = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt'])

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const path = join(folder, e.name)
    if (e.isDirectory()) return path === out || e.name === '.vite' ? [] : walk(path)
    return [path]
  })
}
const urlOf = (file) => '/' + relative(dist, file).split(sep).join('/')
const order = (a, b) => (urlOf(a) < urlOf(b) ? -1 : 1)

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

let asm = '    .section .rodata\n'
let table = ''
let externs = ''
let count = 0
let bytes = 0

function incbin(symbol, name) {
  asm += `    .balign 16\n    .globl ${symbol}\n    .hidden ${symbol}\n${symbol}:\n    .incbin "${name}"\n`
}
function pack(symbol, name, content, plain) {
  // A packed form that saves less than a tenth is not worth a second copy in the binary.
  if (!content || content.length > plain.length * 0.9) return 'NULL, 0'
  writeFileSync(join(out, name), content)
  incbin(symbol, name)
  externs += `extern const unsigned char ${symbol}[];\n`
  bytes += content.length
  return `${symbol}, ${content.length}`
}

for (const file of walk(dist).sort(order)) {
  const url = urlOf(file)
  const plain = readFileSync(file)
  const packed = PACKED.has(extname(file))
  const symbol = `guanxi_asset_${count++}`
  const plainName = `${symbol}.bin`
  writeFileSync(join(out, plainName), plain)
  incbin(symbol, plainName)
  externs += `extern const unsigned char ${symbol}[];\n`
  bytes += plain.length
  const gz = pack(symbol + '_gz', `${symbol}.gz`, packed && gzipSync(plain, { level: 9 }), plain)
  const br = pack(symbol + '_br', `${symbol}.br`, packed && brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }), plain)
  const etag = createHash('sha256').update(plain).digest('hex').slice(0, 20)
  const immutable = /^\/assets\/.+-[\w-]{8}\.\w+$/.test(url)
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  table += `    {"${url}", "${type}", "\\"${etag}\\"", ${symbol}, ${plain.length}, ${gz}, ${br}, ${immutable}},\n`
}

asm += '    .section .note.GNU-stack,"",%progbits\n'
writeFileSync(join(out, 'assets.S'), asm)
writeFileSync(
  join(out, 'assets.c'),
  `#include "app/assets.h"\n\n${externs}\nconst Asset GUANXI_ASSETS[] = {\n${table}};\nconst size_t GUANXI_ASSETS_LEN = sizeof GUANXI_ASSETS / sizeof *GUANXI_ASSETS;\n`,
)
console.log(`embedded ${count} files, ${(bytes / 1048576).toFixed(2)} MiB with packed forms`)
