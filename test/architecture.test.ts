import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { roomOf, rooms } from './architecture/rooms.ts'
import { type Rule, type SourceFile, scan } from './architecture/scan.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = readdirSync(join(root, 'packages'))

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

function json<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8')) as T
}

function dependenciesOf(room: string): readonly string[] {
  const { dependencies, optionalDependencies } = json<Manifest>('packages', room, 'package.json')
  return Object.keys({ ...dependencies, ...optionalDependencies })
}

function sourceOf(room: string): readonly SourceFile[] {
  const folder = join(root, 'packages', room, 'src')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({
      path: `packages/${room}/src/${path.replaceAll('\\', '/')}`,
      text: readFileSync(join(folder, path), 'utf8'),
    }))
}

const declared = Object.fromEntries(built.map((room) => [room, dependenciesOf(room)]))

describe('the house as it stands', () => {
  test('no file looks through a wall', () => {
    const files = built.flatMap(sourceOf)
    expect(files.length).toBeGreaterThan(10)
    expect(scan(files, declared)).toEqual([])
  })

  test.each(built)('%s is a room of the table, and declares only rooms it may import', (room) => {
    const manifest = json<Manifest>('packages', room, 'package.json')
    expect(Object.keys(rooms)).toContain(room)
    expect(roomOf(manifest.name)).toBe(room)
    const ours = dependenciesOf(room).flatMap((name) => roomOf(name) ?? [])
    expect(ours.filter((name) => !rooms[room]!.mayImport.includes(name))).toEqual([])
  })

  test.each(built)('%s is compiled against the rooms it declares, and no other', (room) => {
    const { references = [] } = json<{ references?: { path: string }[] }>('packages', room, 'tsconfig.json')
    const ours = dependenciesOf(room).flatMap((name) => roomOf(name) ?? [])
    expect(references.map(({ path }) => path.replace('../', '')).sort()).toEqual([...ours].sort())
  })

  test('no file is longer than a reader can hold in mind', () => {
    // A catalogue is looked up, not read.
    const isCatalogue = (path: string) => /^packages\/web\/src\/text\/[a-z]{2}\//.test(path)
    const long = built
      .flatMap(sourceOf)
      .filter(({ path, text }) => !isCatalogue(path) && text.split('\n').length > 501)
    expect(long.map(({ path }) => path)).toEqual([])
  })

  test('no room can reach itself through another', () => {
    const reachable = (room: string): readonly string[] =>
      rooms[room]!.mayImport.flatMap((next) => [next, ...reachable(next)])
    for (const room of Object.keys(rooms)) expect(reachable(room)).not.toContain(room)
  })

  test('voice and authority do not know each other', () => {
    expect(rooms.voice!.mayImport).not.toContain('authority')
    expect(rooms.authority!.mayImport).not.toContain('voice')
  })

  test('ARCHITECTURE.md shows the same table, and what stands', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    for (const [room, { mayImport }] of Object.entries(rooms)) {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${room}\` |`))
      const shown = row?.split('|')[2]?.match(/`[a-z]+`/g) ?? []
      const stands = built.includes(room) ? 'today' : 'planned'
      expect({
        room,
        mayImport: shown.map((name) => name.slice(1, -1)),
        stands: row?.split('|')[3]?.trim(),
      }).toEqual({
        room,
        mayImport,
        stands,
      })
    }
  })
})

const everything = {
  formats: ['cbor2'],
  recognition: ['@nansen/formats'],
  inspection: ['@nansen/formats', '@nansen/recognition', '@noble/curves', 'fflate'],
  store: ['pg', '@electric-sql/pglite'],
  signing: ['@nansen/formats', '@nansen/store', 'pkcs11js'],
  authority: ['@nansen/formats', '@nansen/signing', '@nansen/store'],
  voice: ['@nansen/formats', '@nansen/store'],
  web: ['@nansen/formats', '@nansen/authority', '@nansen/voice', 'hono'],
  nansen: ['@nansen/formats', '@nansen/inspection', '@nansen/web'],
}

/** The rules that one line of source breaks in a room. */
function breaches(room: string, text: string, file = 'planted.ts'): readonly Rule[] {
  return scan([{ path: `packages/${room}/src/${file}`, text }], everything).map(({ rule }) => rule)
}

describe('a planted import is found', () => {
  test.each<[room: string, text: string, rule: Rule]>([
    ['formats', `import { inspect } from '@nansen/inspection'`, 'import-room'],
    ['formats', `import type { Verdict } from '@nansen/inspection'`, 'import-room'],
    ['formats', `export { inspect } from '@nansen/inspection'`, 'import-room'],
    ['formats', `export * from 'nansen'`, 'import-room'],
    ['formats', `export * from '@nansen/formats'`, 'import-room'],
    ['formats', `const room = await import('@nansen/store')`, 'import-room'],
    ['formats', `type Tx = import('@nansen/store').Transaction`, 'import-room'],
    ['inspection', `import { finish } from '@nansen/signing'`, 'import-room'],
    ['voice', `import { holder } from '@nansen/authority'`, 'import-room'],
    ['authority', `import { ballot } from '@nansen/voice'`, 'import-room'],
    ['web', `import { finish } from '@nansen/signing'`, 'import-room'],
    ['inspection', `import { x } from '@nansen/formats/src/der/read.ts'`, 'import-inside'],
    ['inspection', `import { x } from '@nansen/formats/dist/der/read.js'`, 'import-inside'],
    ['inspection', `import { x } from '../../formats/src/index.ts'`, 'import-leaves-package'],
    ['formats', `import data from '../package.json'`, 'import-leaves-package'],
    ['formats', `export * from './check-digit.test.ts'`, 'import-test'],
    ['formats', `import { decode } from 'cbor-x'`, 'import-undeclared'],
    ['web', `import { inspect } from '@nansen/inspection'`, 'import-undeclared'],
    ['nansen', `import '/etc/passwd'`, 'import-undeclared'],
    ['nansen', `await import('https://example.org/x.js')`, 'import-undeclared'],
    ['nansen', `import x from '#inside'`, 'import-undeclared'],
    ['nansen', 'await import(process.argv[2]!)', 'import-computed'],
    ['nansen', 'await import(`./commands/$' + '{name}.ts`)', 'import-computed'],
    ['authority', `import pg from 'pg'`, 'import-wall'],
    ['authority', `import { Module } from 'pkcs11js'`, 'import-wall'],
    ['authority', `import { createServer } from 'node:http'`, 'import-wall'],
    ['inspection', `import { p256 } from '@noble/curves/nist.js'`, 'import-wall'],
    ['garage', `export {}`, 'room-unknown'],
  ])('%s: %s', (room, text, rule) => {
    expect(breaches(room, text)).toContain(rule)
  })

  test.each(['formats', 'recognition', 'inspection'])('anything of Node in %s', (room) => {
    for (const text of [
      `import { readFileSync } from 'node:fs'`,
      `import { readFileSync } from 'fs'`,
      `import type { KeyObject } from 'node:crypto'`,
      `export { X509Certificate } from 'node:crypto'`,
      `export * from 'fs/promises'`,
      `const fs = await import('node:fs')`,
      'const fs = await import(`fs`)',
      `type Stats = import('node:fs').Stats`,
      `import fs = require('node:fs')`,
      `const fs = require('fs')`,
      `const crypto = process.getBuiltinModule('node:crypto')`,
      `const crypto = globalThis.process.getBuiltinModule('crypto')`,
      `const crypto = globalThis['process']`,
      'const octets = Buffer.from(text)',
      'function encode(octets: Buffer): void {}',
      'const home = __dirname',
    ])
      expect({ text, rules: breaches(room, text) }).toEqual({ text, rules: expect.arrayContaining(['node']) })
  })
})

describe('clock, chance and network are found outside the wiring', () => {
  test.each<[text: string, rule: Rule]>([
    ['const now = Date.now()', 'clock'],
    [`const now = Date['now']()`, 'clock'],
    ['const now = new Date()', 'clock'],
    ['const now = Date()', 'clock'],
    ['const { now } = Date', 'clock'],
    ['const began = performance.now()', 'clock'],
    ['const now = Temporal.Now.instant()', 'clock'],
    ['const dice = Math.random()', 'chance'],
    ['const { random } = Math', 'chance'],
    ['crypto.getRandomValues(octets)', 'chance'],
    ['const id = globalThis.crypto.randomUUID()', 'chance'],
    ['const lists = await fetch(address)', 'network'],
    ['const lists = await globalThis.fetch(address)', 'network'],
    [`eval('1')`, 'evaluates-text'],
    [`new Function('return 1')`, 'evaluates-text'],
  ])('%s', (text, rule) => {
    for (const room of ['formats', 'inspection', 'authority']) expect(breaches(room, text)).toContain(rule)
  })

  test('random numbers imported by name', () => {
    expect(breaches('authority', `import { randomBytes } from 'node:crypto'`)).toEqual(['chance'])
  })

  test('settings read from the environment', () => {
    expect(breaches('authority', 'const address = process.env.ADDRESS')).toEqual(['environment'])
  })

  test('a connection from a room that must have none', () => {
    expect(breaches('inspection', 'new WebSocket(address)')).toEqual(['network'])
  })
})

describe('private keys are made and used in the room with the keys alone', () => {
  const PLANTED = [
    `import { sign } from 'node:crypto'`,
    `import { sign as quietly } from 'crypto'`,
    `import { 'sign' as quietly } from 'node:crypto'`,
    `export { createPrivateKey } from 'node:crypto'`,
    `import { createPrivateKey, generateKeyPairSync } from 'node:crypto'`,
    `import * as node from 'node:crypto'; node.sign('sha256', bytes, key)`,
    `import node from 'node:crypto'; node['sign']('sha256', bytes, key)`,
    `const { sign } = await import('node:crypto')`,
    `const { createPrivateKey: open } = node`,
    `const made = (await import('node:crypto')).generateKeyPairSync('ec', options)`,
    `process.getBuiltinModule('node:crypto').createSign('sha256')`,
    `const signature = node.createSign('sha256').update(bytes).sign(key)`,
    `const shared = node.diffieHellman(pair)`,
    `const pair = node.createECDH('prime256v1')`,
    `const text = node.privateDecrypt(key, bytes)`,
    `const pair = await crypto.subtle.generateKey(algorithm, false, uses)`,
    `const signature = await globalThis.crypto.subtle.sign(algorithm, key, bytes)`,
    `const signature = p256.sign(digest, secret)`,
  ]

  test.each(PLANTED)('%s', (text) => {
    const others = Object.keys(rooms).filter((room) => room !== 'signing')
    for (const room of others)
      expect({ room, rules: breaches(room, text) }).toMatchObject({
        rules: expect.arrayContaining(['private-key']),
      })
    expect(breaches('signing', text)).not.toContain('private-key')
  })

  test.each([
    `import { createHash, createPublicKey, verify } from 'node:crypto'`,
    `import { randomBytes } from 'node:crypto'; const passphrase = randomBytes(24).toString('base64url')`,
    `const { signing } = office; const [signature] = await signing.finish([intent])`,
    `this.#sign = options.signCheckpoint`,
    `const sign = Math.sign(difference); function sign(text: string) {}; const part = { sign: '<' }`,
  ])('%s is left alone', (text) => {
    expect(breaches('nansen', text)).not.toContain('private-key')
  })
})

describe('what is allowed is left alone', () => {
  test.each([
    ['formats', `// import { readFileSync } from 'node:fs'`],
    ['formats', `/** Unlike Buffer.from and Date.now(); see require('fs'). */ export const x = 1`],
    ['formats', `export const text = "import 'node:fs'"`],
    ['formats', `import { readElement } from '../tlv/read.ts'`, 'der/read.ts'],
    ['formats', `import { decode } from 'cbor2/decoder'`],
    ['formats', 'const at = new Date(0)'],
    ['formats', 'const most = Math.max(1, Date.UTC(2026, 0, 1))'],
    ['formats', 'const step = { process: 1, fetch: 2 }; step.process + step.fetch'],
    ['formats', 'interface Room { process(): void; module: string }'],
    ['inspection', `import { FormatError } from '@nansen/formats'`],
    ['inspection', `export * from '@nansen/formats/der'`],
    ['inspection', 'const key = await crypto.subtle.importKey(format, octets, name, false, uses)'],
    ['inspection', `import { p256 } from '@noble/curves/nist.js'`, 'crypto/browser.ts'],
    ['signing', `import { createHash } from 'node:crypto'`],
    ['store', `import pg from 'pg'`],
    ['web', `import { createServer } from 'node:http'`],
    ['nansen', `const now = new Date(); const lists = await fetch(process.env.LISTS!)`],
    ['nansen', `const { inspect } = await import('./inspect.ts')`],
    ['formats', `import { readFileSync } from 'node:fs'`, 'mrz/parse.test.ts'],
  ])('%s: %s', (room, text, file?: string) => {
    expect(breaches(room, text, file)).toEqual([])
  })
})
