import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CaseKey, type Connect, type Signing, type SigningKey, spawnKeyProcess } from '@nansen/signing'
import { openStore, type Store } from '@nansen/store'
import { checkpoint, random } from '../signing-office.ts'
import type { SoftHsm } from '../softhsm.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type KeySpec = Omit<SigningKey, 'publicKey'>

const DAY = 86_400_000

/** What the key process and the office process of the tests read, as JSON. */
export interface SetUp {
  readonly folder: string
  readonly file: string
  readonly journal: string
  readonly url: string
  readonly schema: string
  readonly key: KeySpec
  /** The key process alone opens it. */
  readonly secretFile: string
  store(): Promise<Store>
  connect(): Connect
  /** Whether the key process died at the step named. */
  readonly diedMark: string
  remove(): void
}

interface Wanted {
  readonly url: string
  /** Where keys lie in files, none. */
  readonly hsm?: SoftHsm | undefined
  readonly importedKeys?: boolean
  /** The step of the key service at which the process dies, once. */
  readonly dieAt?: string
}

/** An office on PostgreSQL whose keys are in a process of their own. */
export async function setUp({ url, hsm, importedKeys = false, dieAt }: Wanted): Promise<SetUp> {
  const folder = mkdtempSync(join(tmpdir(), 'nansen-key-process-'))
  const schema = `keys_${randomBytes(6).toString('hex')}`
  const keys = hsm?.limits ?? join(folder, 'keys')
  mkdirSync(keys, { recursive: true, mode: 0o700 })
  const secretFile = join(folder, 'secret')
  writeFileSync(secretFile, hsm?.pin ?? 'a passphrase of the tests', { mode: 0o600 })
  const key: KeySpec = {
    // What a document signer signs rests on an order and two officers; a checkpoint on nothing but its record.
    id: 'log-1',
    purpose: 'log',
    algorithm: 'P-256',
    state: 'UT',
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + 30 * DAY),
    most: 100_000,
  }
  const environment = {
    PATH: process.env.PATH ?? '',
    ...(hsm && { SOFTHSM2_CONF: hsm.configuration }),
  }
  const place = {
    folder,
    file: join(folder, 'set-up.json'),
    journal: join(folder, 'journal'),
    url,
    schema,
    key,
    secretFile,
    diedMark: join(folder, 'died'),
  }
  const token = hsm && { module: hsm.module, tokenLabel: hsm.tokenLabel, importedKeys }
  const kind = hsm ? 'pkcs11' : 'files'
  writeFileSync(place.file, JSON.stringify({ ...place, ...token, kind, keys, dieAt, environment }))
  const store = () => openStore({ kind: 'postgresql', url, schema, random, migrate: true })
  await (await store()).close()
  return {
    ...place,
    store,
    connect: () =>
      spawnKeyProcess({
        command: process.execPath,
        arguments: [join(root, 'test/key-process/key-process.mjs'), place.file],
        environment,
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The programs of these tests run what is built. Whether it fits together is for the type check to say: it is built all the same. */
export function build(): void {
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'packages/signing'], {
    cwd: root,
    stdio: 'ignore',
  })
}

/** So many things to be signed, each under the key of a case of its own. */
export async function recordMany(store: Store, signing: Signing, key: string, count: number) {
  const bytes = Array.from({ length: count }, () => checkpoint())
  const cases: CaseKey[] = bytes.map(() => ({ caseId: random(16), key: random(32) }))
  const intents = await store.transaction(async (tx) => {
    await signing.newCase(tx, cases)
    return signing.record(
      tx,
      bytes.map((toBeSigned, n) => ({
        key,
        toBeSigned,
        caseKey: cases[n]!,
        decision: new Uint8Array(32).fill(1),
        once: createHash('sha256').update(toBeSigned).digest(),
      })),
    )
  })
  return { bytes, cases, intents }
}
