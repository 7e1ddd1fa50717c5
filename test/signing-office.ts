import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { draftSignedData } from '../packages/formats/src/cms/index.ts'
import { OIDS } from '../packages/formats/src/pki/index.ts'
import type { Device } from '../packages/signing/src/device/device.ts'
import { openFileDevice } from '../packages/signing/src/device/file-device.ts'
import { KeyService } from '../packages/signing/src/key-service.ts'
import { bothHalves } from '../packages/signing/src/local-signing.ts'
import type {
  CaseKey,
  CeremonySigning,
  IntentId,
  IntentRequest,
  SigningKey,
} from '../packages/signing/src/signing.ts'
import type { SqlValue, Store } from '../packages/store/src/index.ts'
import { date, ecKey, makeCsca } from './specimen-pki.ts'
import { testStore } from './stores.ts'

export const random = (octets: number): Uint8Array => new Uint8Array(randomBytes(octets))
export const NOW = new Date('2026-03-01T12:00:00Z')

export interface OfficeOptions {
  /** Instead of one of its own: the office's, and the key service's connection to the same. */
  readonly stores?: readonly [office: Store, keyService: Store]
  /** What is signed must rest on orders that two officers approved; otherwise on anything. */
  readonly restsOnOrders?: boolean
  /** Stands between the key service and the keys in files. */
  readonly device?: (device: Device) => Device
  readonly step?: (name: string) => void
}

/** An office with a store of its own, keys in files, and a clock that a test can set. */
export interface SigningOffice {
  readonly store: Store
  readonly signing: CeremonySigning
  readonly folder: string
  readonly journalPath: string
  now: Date
  makeKey(spec?: Partial<SigningKey>): Promise<SigningKey>
  /** Records in a transaction of its own. */
  record(...requests: readonly IntentRequest[]): Promise<readonly IntentId[]>
  newCase(): Promise<CaseKey>
  sql(text: string, values?: readonly SqlValue[]): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** The key service again, as after a restart. */
  reopen(options?: OfficeOptions): Promise<CeremonySigning>
  close(): Promise<void>
}

export async function signingOffice(options: OfficeOptions = {}): Promise<SigningOffice> {
  const store = options.stores?.[0] ?? (await testStore())
  const folder = mkdtempSync(join(tmpdir(), 'nansen-signing-'))
  const journalPath = join(folder, 'journal')
  const open = async ({ device = (own) => own, step, restsOnOrders = false }: OfficeOptions) => {
    const parts = {
      store: options.stores?.[1] ?? store,
      device: device(
        openFileDevice({
          folder: join(folder, 'keys'),
          passphrase: 'tests',
          create: true,
          weakScryptN: 1024,
        }),
      ),
      journalPath,
      clock: () => office.now,
      step,
    }
    const service = await (restsOnOrders ? KeyService.open(parts) : KeyService.openWithoutOrders(parts))
    return bothHalves(service, random)
  }
  let signing: CeremonySigning
  const office: SigningOffice = {
    store,
    get signing() {
      return signing
    },
    folder,
    journalPath,
    now: NOW,
    makeKey: (spec) =>
      signing.makeKey({
        id: 'document-signer-1',
        purpose: 'document-signer',
        algorithm: 'P-256',
        state: 'UT',
        notBefore: date('2026-01-01'),
        notAfter: date('2026-05-01'),
        most: 1000,
        ...spec,
      }),
    record: (...requests) => store.transaction((tx) => signing.record(tx, requests)),
    async newCase() {
      const caseKey = { caseId: random(16), key: random(32) }
      await store.transaction((tx) => signing.newCase(tx, [caseKey]))
      return caseKey
    },
    sql: (text, values) => store.transaction((tx) => tx.query(text, values)),
    async reopen(again = options) {
      await signing.close()
      signing = await open(again)
      return signing
    },
    async close() {
      await signing.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  signing = await open(options)
  return office
}

const signer = makeCsca(ecKey())

/** What a document signer signs: the attributes of a security object. */
export const signedAttributes = (contentDigest = random(32), contentType: string = OIDS.ldsSecurityObject) =>
  draftSignedData({
    contentType,
    content: new Uint8Array(0),
    contentDigest,
    hash: 'sha256',
    signatureAlgorithm: { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' },
    signer,
    sid: { by: 'issuer-and-serial' },
    certificates: [],
  }).toBeSigned

/** A request to sign a security object, varied by a test. */
export const request = (more: Partial<IntentRequest> = {}): IntentRequest => ({
  key: 'document-signer-1',
  toBeSigned: signedAttributes(),
  decision: random(32),
  once: random(32),
  ...more,
})

/** The text of a checkpoint. */
export const checkpoint = (size = 1): Uint8Array =>
  new TextEncoder().encode(`log.utopia.example\n${size}\n${Buffer.from(random(32)).toString('base64')}\n`)
