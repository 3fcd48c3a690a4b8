// Starts the real program on an empty store and a port of its own choice.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../../', import.meta.url))
const binary = process.env.GUANXI_BIN ?? join(root, 'build', 'guanxi')
const running = new Set()

export const hasProgram = () => existsSync(binary)
export const folder = mkdtempSync(join(tmpdir(), 'guanxi-e2e-'))

/** Output of a command of the program. */
export function command(...words) {
  return execFileSync(binary, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 })
}
export function hasCommand(name) {
  return new RegExp(`^\\s+${name}\\s`, 'm').test(command('--help'))
}

function psql() {
  const base = '/usr/lib/postgresql'
  const found = existsSync(base) ? readdirSync(base).map((v) => join(base, v, 'bin', 'psql')).filter(existsSync) : []
  return found.at(-1) ?? 'psql'
}

/** A database of this run, or null without a server for tests. */
export function newDatabase(name) {
  const url = process.env.GUANXI_TEST_PG
  if (!url) return null
  const own = `guanxi_e2e_${process.pid}_${name}`
  const sql = (text) => execFileSync(psql(), ['-qX', url, '-c', text], { stdio: ['ignore', 'pipe', 'pipe'] })
  sql(`CREATE DATABASE ${own}`)
  return {
    url: url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${own}`),
    drop: () => sql(`DROP DATABASE IF EXISTS ${own} WITH (FORCE)`),
  }
}

/** Starts `guanxi serve`; resolves when it printed its address. */
export function start(name, db) {
  const data = join(folder, name)
  const words = ['serve', '--data', data, '--listen', '127.0.0.1:0', '--quiet']
  if (db) words.push('--db', db.url)
  const child = spawn(binary, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  const program = { data, url: '', setup: '', said: '', child, db }
  running.add(program)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within 30 s: ${program.said}`)), 30_000)
    child.stderr.on('data', (part) => (program.said += part))
    child.stdout.on('data', (part) => {
      program.said += part
      program.setup = /http:\S+\/setup#\S+/.exec(program.said)?.[0] ?? ''
      program.url = /ready: (http:\S+)\n/.exec(program.said)?.[1] ?? ''
      if (!program.url) return
      clearTimeout(timer)
      resolve(program)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      program.code = code
      reject(new Error(`the program ended with ${code}: ${program.said}`))
    })
  })
}

/** Stops it as a service manager would; what it says on its way out (a sanitizer, too) comes back. */
export async function stop(program) {
  if (program.code === undefined) {
    const over = new Promise((resolve) => program.child.once('exit', (code, signal) => resolve(code ?? signal)))
    const hard = setTimeout(() => program.child.kill('SIGKILL'), 20_000)
    program.child.kill('SIGTERM')
    program.code = await over
    clearTimeout(hard)
  }
  running.delete(program)
  program.db?.drop()
  return program
}

/** Stops it and complains about anything but a clean end. */
export async function endsClean(program) {
  const { code, said } = await stop(program)
  if (code !== 0 || /ERROR: |runtime error/.test(said)) throw new Error(`the program ended with ${code}\n${said}`)
}

export async function stopAll() {
  await Promise.all([...running].map((program) => stop(program).catch(() => {})))
  rmSync(folder, { recursive: true, force: true })
}
