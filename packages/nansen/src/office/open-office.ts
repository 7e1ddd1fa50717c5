import * as node from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { CeremonyOffice, Office } from '@nansen/authority'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import {
  type CeremonySigning,
  connectKeySocket,
  openLocalSigning,
  openRemoteSigning,
  spawnKeyProcess,
} from '@nansen/signing'
import { openStore, type Store } from '@nansen/store'
import { enterEvents, type Log, openCheckpointStore, openLog } from '@nansen/store/log'
import { drawAhead } from '../chance.ts'
import { crashAt } from '../crash-at.ts'
import { UsageError } from '../exit.ts'
import { foldersOf } from './folders.ts'
import { KEY_PROCESS_VARIABLES, openDevice } from './open-device.ts'
import { databaseUrl } from './secrets.ts'
import { type OfficeSettings, stateOf } from './settings.ts'

/** The socket of a key process that runs for itself, best under a user of its own; without it one is started. */
const SIGNER = 'NANSEN_SIGNER'
/** Of this authority's log key. */
export const LOG_KEY = 'log-1'
/** With which it cosigns the logs of others. */
export const WITNESS_KEY = 'witness-1'

export interface OpenOffice {
  /** For ceremonies and for issuing; its log refuses until the ceremony has made the key of the log. */
  readonly office: Office & CeremonyOffice
  readonly log: () => Promise<Log>
  close(): Promise<void>
}

export interface OpenOptions {
  readonly environment: NodeJS.ProcessEnv
  /** A ceremony: keys may be made, and an empty store is laid out. */
  readonly ceremony?: boolean
}

/**
 * Opens the office in a folder: its store, its keys and its log. On the embedded store the key service runs in this
 * process; on PostgreSQL in one of its own, with its own connection, which is started here.
 * @throws UsageError, StoreError, SigningRefusal, SigningOutage
 */
export async function openOffice(
  folder: string,
  settings: OfficeSettings,
  { environment, ceremony = false }: OpenOptions,
): Promise<OpenOffice> {
  const random = drawAhead()
  const clock = () => new Date()
  const step = crashAt(environment.NANSEN_CRASH_AT)
  const store = await openOfficeStore(folder, settings, environment, ceremony)
  let signing: CeremonySigning | undefined
  try {
    signing = await openSigning(folder, settings, store, environment, ceremony, random, step)
    const opened = signing
    let log: Promise<Log> | undefined
    const openOnce = () => {
      log ??= openOfficeLog(folder, settings, store, opened, random, ceremony, step).catch((error) => {
        // What failed is not kept: the next one tries again.
        log = undefined
        throw error
      })
      return log
    }
    const office: Office & CeremonyOffice = {
      state: stateOf(settings),
      store,
      signing: opened,
      log: {
        enter: (tx, events) => enterEvents(tx, events, random),
        sequence: async () => (await openOnce()).sequence(),
      },
      crypto: nodeCrypto(node),
      clock,
      random,
      step,
    }
    return {
      office,
      log: openOnce,
      async close() {
        await opened.close()
        await store.close()
      },
    }
  } catch (error) {
    await signing?.close()
    await store.close()
    throw error
  }
}

export function openOfficeStore(
  folder: string,
  settings: OfficeSettings,
  environment: NodeJS.ProcessEnv,
  migrate: boolean,
): Promise<Store> {
  const random = drawAhead()
  return openStore(storeOptions(folder, settings, environment, migrate, random))
}

/** Where the data of an office are; the command `migrate` asks for the same. */
export const storeOptions = (
  folder: string,
  { store }: OfficeSettings,
  environment: NodeJS.ProcessEnv,
  migrate: boolean,
  random: (octets: number) => Uint8Array,
) =>
  store.kind === 'embedded'
    ? // A specimen's store is brought up to date by whoever opens it: there is nobody else.
      ({ kind: 'embedded', folder: foldersOf(folder).database, random, migrate: true } as const)
    : ({ kind: 'postgresql', url: databaseUrl(environment), schema: store.schema, random, migrate } as const)

async function openSigning(
  folder: string,
  settings: OfficeSettings,
  store: Store,
  environment: NodeJS.ProcessEnv,
  ceremony: boolean,
  random: (octets: number) => Uint8Array,
  step: ((name: string) => void) | undefined,
): Promise<CeremonySigning> {
  if (settings.store.kind === 'embedded') {
    const device = await openDevice(folder, settings, environment, ceremony)
    return openLocalSigning({
      store,
      device,
      journalPath: foldersOf(folder).keyJournal,
      clock: () => new Date(),
      random,
      ...(step && { step }),
    })
  }
  if (settings.keys.kind === 'pkcs11' && environment.NANSEN_PIN !== undefined)
    throw new UsageError(
      'the PIN of the token is for the key process alone, and here it would be in this one: put it into a file, and ' +
        'its path into NANSEN_PIN_FILE',
    )
  const socket = environment[SIGNER]
  if (socket !== undefined && socket !== '' && !ceremony)
    return openRemoteSigning({ random, connect: connectKeySocket(socket) })
  const command = fileURLToPath(new URL('../../bin/nansen.js', import.meta.url))
  const passed = KEY_PROCESS_VARIABLES.flatMap((name) => {
    const value = environment[name]
    return value === undefined ? [] : [[name, value]]
  })
  return openRemoteSigning({
    random,
    connect: spawnKeyProcess({
      command: process.execPath,
      arguments: [command, 'signer', '--office', folder, ...(ceremony ? ['--ceremony'] : [])],
      environment: Object.fromEntries(passed),
    }),
  })
}

async function openOfficeLog(
  folder: string,
  settings: OfficeSettings,
  store: Store,
  signing: CeremonySigning,
  random: (octets: number) => Uint8Array,
  create: boolean,
  step: ((name: string) => void) | undefined,
): Promise<Log> {
  const { log, checkpoints } = foldersOf(folder)
  const key = (await signing.keys()).get(LOG_KEY)
  if (key === undefined) throw new Error('the office has no key for its log: hold the ceremony')
  const checkpointStore = openCheckpointStore(checkpoints, random)
  return openLog({
    store,
    folder: log,
    checkpoints: checkpointStore,
    origin: logOriginOf(settings),
    verifierKey: rawEd25519(key.publicKey),
    signCheckpoint: (text) => signCheckpoint(store, signing, text),
    random,
    create,
    ...(step && { step }),
  })
}

/** The name of this authority's log, and of its key. */
export const logOriginOf = (settings: OfficeSettings): string =>
  `${stateOf(settings).name.toLowerCase()}.example/log`

/** A checkpoint is signed like everything else: written down first, and the same text once only. P2 */
async function signCheckpoint(store: Store, signing: CeremonySigning, text: Uint8Array): Promise<Uint8Array> {
  const digest = node.createHash('sha256').update(text).digest()
  const once = node.createHash('sha256').update('nansen.checkpoint').update(text).digest()
  const [intent] = await store.transaction((tx) =>
    signing.record(tx, [{ key: LOG_KEY, toBeSigned: text, decision: digest, once }]),
  )
  const [signature] = await signing.finish([intent!])
  return signature!
}

/** The 32 octets of an Ed25519 key out of its SubjectPublicKeyInfo. [RFC8410 §4] */
const rawEd25519 = (spki: Uint8Array): Uint8Array => spki.subarray(spki.length - 32)
