import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { append } from '../packages/store/src/index.ts'
import {
  type Checkpoint,
  type Log,
  type LogOptions,
  openCheckpoint,
  openCheckpointStore,
  openLog,
} from '../packages/store/src/log/index.ts'
import type { Store } from '../packages/store/src/store.ts'

export const ORIGIN = 'utopia.example/log'
const random = (octets: number) => new Uint8Array(randomBytes(octets))

/** An Ed25519 key with its 32 octets. */
export interface NoteKey {
  readonly secret: KeyObject
  readonly raw: Uint8Array
}

export function noteKey(): NoteKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    secret: privateKey,
    raw: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(12)),
  }
}

/** A log in folders of its own, that can be opened again and again on any store. */
export class LogPlace {
  readonly key: NoteKey
  readonly root: string
  /** Every text that was signed, in order. */
  readonly signed: string[] = []

  constructor(root: string, key: NoteKey) {
    this.root = root
    this.key = key
  }

  /** Everything but the database, as it is now, somewhere else. */
  async copy(): Promise<LogPlace> {
    const root = await mkdtemp(join(tmpdir(), 'nansen-log-'))
    await cp(this.root, root, { recursive: true })
    return new LogPlace(root, this.key)
  }

  get folder(): string {
    return join(this.root, 'log')
  }

  get checkpoints() {
    return openCheckpointStore(join(this.root, 'checkpoints'), random)
  }

  options(store: Store): LogOptions {
    return {
      store,
      folder: this.folder,
      checkpoints: this.checkpoints,
      origin: ORIGIN,
      verifierKey: this.key.raw,
      signCheckpoint: async (text) => {
        this.signed.push(new TextDecoder().decode(text))
        return sign(null, text, this.key.secret)
      },
      random,
    }
  }

  open(store: Store, options: Partial<LogOptions> = {}): Promise<Log> {
    return openLog({ ...this.options(store), create: true, ...options })
  }

  /** All checkpoints ever, the oldest first, each with its signature checked. */
  async history(log: Log): Promise<readonly Checkpoint[]> {
    return (await this.checkpoints.history()).map(({ note }) => openCheckpoint(note, log.key))
  }

  /** Every file under the public folder. */
  async files(): Promise<string[]> {
    const names = await readdir(this.folder, { recursive: true, withFileTypes: true })
    const paths = names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name))
    return paths.map((path) => path.slice(this.folder.length + 1)).sort()
  }

  read(path: string): Promise<Buffer> {
    return readFile(join(this.folder, path))
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true })
  }
}

export async function logPlace(): Promise<LogPlace> {
  return new LogPlace(await mkdtemp(join(tmpdir(), 'nansen-log-')), noteKey())
}

/** Events of as many streams, in the journal and in the log, in one transaction. */
export async function happen(store: Store, log: Log, count: number, name = randomBytes(6).toString('hex')) {
  const at = new Date('2026-11-23T10:00:00Z')
  const events = Array.from({ length: count }, (_, i) => ({
    stream: `${name}/${i}`,
    kind: 'paper.released',
    at,
    body: {},
  }))
  return store.transaction(async (tx) => {
    const stored = await append(tx, events)
    await log.enter(tx, stored)
    return stored
  })
}

/** What a database holds of a log, as a backup would have it. */
export async function backup(store: Store) {
  return store.transaction(async (tx) => ({
    event: await tx.query('select * from event'),
    log_entry: await tx.query('select * from log_entry'),
    log_head: await tx.query('select * from log_head'),
  }))
}

export async function restore(store: Store, rows: Awaited<ReturnType<typeof backup>>): Promise<void> {
  await store.transaction(async (tx) => {
    for (const table of ['event', 'log_entry', 'log_head'] as const)
      await tx.insert(table, rows[table] as readonly Record<string, string>[])
  })
}
