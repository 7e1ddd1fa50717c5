import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { checkOffice, type IssueResult, type Problem, recover, trustFiles } from '@nansen/authority'
import { inspect, openTrust } from '@nansen/inspection'
import { openStore, type Store } from '@nansen/store'
import { type Log, openCheckpointStore } from '@nansen/store/log'
import { expect } from 'vitest'
import { type CommitProxy, startCommitProxy } from '../faults/commit-proxy.ts'
import {
  type ApprovingOffice,
  issueApproved as issue,
  issuingOffice,
  openTestLog,
  requestFor,
} from '../issuing-office.ts'
import { serverUrl } from './database.ts'

/** An office in this process, ready to issue, whose way to the database is in the hands of a test. */
export interface FaultyOffice {
  /** Of its keys, its log and its checkpoints. */
  readonly folder: string
  /** A new object each time, as after a restart: it has laid no desk yet, and opens its log anew. */
  readonly office: ApprovingOffice
  readonly schema: string
  /** Stands between the office, its key service, and the database. */
  readonly proxy: CommitProxy
  /** Past the proxy. */
  readonly direct: Store
  check(): Promise<readonly Problem[]>
  close(): Promise<void>
}

const random = (octets: number) => new Uint8Array(randomBytes(octets))
/** Nobody waits half a minute in a test. */
const PATIENCE = { connect: 2_000, statement: 2_000 }

export async function faultyOffice(): Promise<FaultyOffice> {
  const proxy = await startCommitProxy(serverUrl!)
  const schema = `office_${randomBytes(6).toString('hex')}`
  const open = (url: string, migrate = false) =>
    openStore({ kind: 'postgresql', url, schema, random, migrate, most: 4, patience: PATIENCE })
  const direct = await open(serverUrl!, true)
  const keyStore = await open(proxy.url)
  const office = await issuingOffice({ stores: [await open(proxy.url), keyStore] })
  return {
    folder: office.folder,
    get office() {
      let log: Promise<Log> | undefined
      const open = () => {
        log ??= openTestLog(office).catch((error) => {
          log = undefined
          throw error
        })
        return log
      }
      const sequence = async () => (await open()).sequence()
      return { ...office, approvalStore: direct, log: { enter: office.log.enter, sequence } }
    },
    schema,
    proxy,
    direct,
    check: () =>
      checkOffice({
        store: direct,
        keyJournal: join(office.folder, 'journal'),
        log: {
          folder: join(office.folder, 'log'),
          checkpoints: openCheckpointStore(join(office.folder, 'checkpoints'), random),
          origin: 'utopia.example/log',
        },
      }),
    async close() {
      proxy.setDown(false)
      await office.close()
      await Promise.all([keyStore.close(), direct.close()])
      await proxy.close()
    },
  }
}

/** A reason code; `released` and `delivered-before` for the good ends. */
export const codeOf = (result: IssueResult | undefined): string | undefined =>
  result?.outcome === 'refused' ? result.refusal.code : result?.outcome

/** Papers of a reference, void ones left out, that the register has. */
export async function papersIn({ direct }: FaultyOffice): Promise<number> {
  const [row] = await direct.transaction((tx) =>
    tx.query<{ count: number }>("select count(*) as count from paper where stage <> 'void'"),
  )
  return row!.count
}

/**
 * What must hold once a fault has passed: recovery leaves nothing behind, the checker finds nothing, and the same order
 * asked again gives one paper, which a border post accepts.
 * @param before papers that there were before the order was asked for first
 */
export async function expectOnePaper(faulty: FaultyOffice, reference: string, before: number): Promise<void> {
  const { office } = faulty
  expect(await recover(office)).toMatchObject({ voided: [], left: [] })
  expect(await faulty.check()).toEqual([])
  const [result] = await issue(office, [requestFor({ reference })])
  if (result?.outcome === 'released') {
    const sources = (await trustFiles(office)).map(({ name, bytes }) => ({ label: name, bytes }))
    const { trust } = await openTrust(sources, office.crypto)
    const { verdict } = await inspect(result.paper.files, trust, office.clock(), office.crypto)
    expect(verdict.verdict).toBe('accepted')
  } else expect(codeOf(result)).toBe('delivered-before')
  expect(await papersIn(faulty)).toBe(before + 1)
  expect(await faulty.check()).toEqual([])
}
