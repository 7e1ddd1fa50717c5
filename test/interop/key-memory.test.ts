import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  coreDumpOf,
  descriptorsOf,
  inEncodings,
  memoryOf,
  namesFoundIn,
  waysToWrite,
} from '../key-process/memory-of.ts'
import { build, type SetUp, setUp } from '../key-process/set-up.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { noSoftHsm, type SoftHsm, startSoftHsm } from '../softhsm.ts'

const missing =
  noSoftHsm() ??
  (havePostgresql ? undefined : 'PostgreSQL is not installed') ??
  (existsSync('/proc/self/mem') ? undefined : 'there is no /proc')
const noGcore = runs('gcore') ? undefined : 'gdb is not installed'

const program = (name: string) => fileURLToPath(new URL(`../key-process/${name}`, import.meta.url))

/** Two keys that the test knows, because it made them itself and put them on the token. P5 */
describe.skipIf(missing)(`private keys on a token${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const signingKey = knownKey()
  const wrappingKey = knownKey()
  let server: TestServer
  let hsm: SoftHsm
  let place: SetUp
  let office: ChildProcess
  let control: ChildProcess

  beforeAll(async () => {
    build()
    server = (await startPostgresql())!
    hsm = startSoftHsm()
    hsm.importKey(signingKey.pem, 'log-1')
    hsm.importKey(wrappingKey.pem, 'nansen-wrapping', 'derive')
    place = await setUp({ url: server.url, hsm, importedKeys: true })
    office = start('office-process.mjs', place.file, '100', '50')
    const pem = join(place.folder, 'control.pem')
    writeFileSync(pem, signingKey.pem)
    control = start('holds-key.mjs', pem)
    for (const child of [office, control]) await lineOf(child)
  })
  afterAll(async () => {
    for (const child of [office, control]) child?.kill('SIGKILL')
    place?.remove()
    hsm?.remove()
    await server?.stop()
  })

  const secrets = () => ({
    'the private signing key': waysToWrite(signingKey.scalar),
    'the private wrapping key': waysToWrite(wrappingKey.scalar),
    'the PIN': inEncodings(hsm.pin),
  })

  const found = (pieces: Iterable<Buffer>) => namesFoundIn(pieces, secrets())

  test('signed for the office what it had written down', async () => {
    const store = await place.store()
    const [row] = await store.transaction((tx) => tx.query('select count(*) as n from signature'))
    await store.close()
    expect(row?.n).toBe(100)
  })

  test('are found by this search where they are', () => {
    expect(found(memoryOf(control.pid!))).toEqual(['the private signing key'])
    // What the office itself holds, it finds there too.
    const schema = { schema: inEncodings(place.schema) }
    expect(namesFoundIn(memoryOf(office.pid!), schema)).toEqual(['schema'])
  })

  test('are not in the memory of the office, nor is the PIN', () => {
    expect(found(memoryOf(office.pid!))).toEqual([])
  })

  test.skipIf(noGcore)(
    `are not in a core dump of the office, nor is the PIN${noGcore ? ` (skipped: ${noGcore})` : ''}`,
    () => {
      const core = (child: ChildProcess) => coreDumpOf(child.pid!, join(place.folder, 'core'))
      expect(found(core(control))).toEqual(['the private signing key'])
      expect(namesFoundIn(core(office), { ...secrets(), schema: inEncodings(place.schema) })).toEqual([
        'schema',
      ])
    },
    180_000,
  )

  test('are not in the environment or the arguments of the office, nor is the PIN', () => {
    for (const what of ['environ', 'cmdline']) {
      const octets = readFileSync(`/proc/${office.pid}/${what}`)
      expect(found([octets])).toEqual([])
    }
  })

  test('are behind none of the open files of the office', () => {
    const open = descriptorsOf(office.pid!)
    expect(open.length).toBeGreaterThan(3)
    const closed = [place.secretFile, place.journal, hsm.limits, 'tokens', 'softhsm']
    expect(open.filter((path) => closed.some((each) => path.includes(each)))).toEqual([])
  })
})

function knownKey(): { readonly pem: string; readonly scalar: Buffer } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { pem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string, scalar: scalarOf(privateKey) }
}

const scalarOf = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url')

function start(name: string, ...list: readonly string[]): ChildProcess {
  // As an office is started: with nothing in its environment that is not for it.
  const env = { PATH: process.env.PATH ?? '' }
  return spawn(process.execPath, [program(name), ...list], { env, stdio: ['pipe', 'pipe', 'inherit'] })
}

/** The first line it says. */
async function lineOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line
  throw new Error('it said nothing')
}

function runs(command: string): boolean {
  try {
    execFileSync(command, ['-h'], { stdio: 'ignore' })
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}
