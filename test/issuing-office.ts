import { createHash } from 'node:crypto'
import { join } from 'node:path'
import {
  type Approvals,
  CURRENT_PROFILE,
  decisionChallenge,
  holdCeremony,
  type IssueRequest,
  type IssueResult,
  issue,
  type Office,
  orderDigest,
  planCeremony,
  recordApproval,
  type SpecimenOrder,
} from '@nansen/authority'
import type { Store } from '@nansen/store'
import { type Log, openCheckpointStore, openLog } from '@nansen/store/log'
import { silhouette } from '../packages/nansen/src/specimen/silhouette.ts'
import { type TestOffice, type TestOfficeOptions, testOffice } from './ceremony-office.ts'
import { officersOf } from './specimen-officers.ts'

/** An office with its keys, its lists and its log, ready to issue. */
export interface IssuingOffice extends Omit<TestOffice, 'log'>, Omit<Office, 'signing' | 'log'> {
  readonly log: Log
}

/** Opens the log of an office that has held its ceremony. */
export async function openTestLog(office: TestOffice, create = false): Promise<Log> {
  const key = (await office.signing.keys()).get('log-1')!
  return openLog({
    store: office.store,
    folder: join(office.folder, 'log'),
    checkpoints: openCheckpointStore(join(office.folder, 'checkpoints'), office.random),
    origin: 'utopia.example/log',
    verifierKey: key.publicKey.subarray(key.publicKey.length - 32),
    random: office.random,
    create,
    signCheckpoint: async (text) => {
      const digest = createHash('sha256').update(text).digest()
      const [intent] = await office.store.transaction((tx) =>
        office.signing.record(tx, [{ key: 'log-1', toBeSigned: text, decision: digest, once: digest }]),
      )
      return (await office.signing.finish([intent!]))[0]!
    },
  })
}

export async function issuingOffice(options: TestOfficeOptions = {}): Promise<IssuingOffice> {
  const office = await testOffice(options)
  await holdCeremony(office, await planCeremony(office, 'first'), 'nansen test')
  return { ...office, log: await openTestLog(office, true) }
}

export const PORTRAIT = silhouette()

/** Has two officers approve what is asked for. */
export const approvalsIn = (office: ApprovingOffice): Approvals => ({
  async of(orders) {
    const { dario, dana } = officersOf(office)
    const digests = orders.map(orderDigest)
    const challenge = decisionChallenge('approve', { over: 'list', digests })
    const approvals = [await dario.approve(challenge), await dana.approve(challenge)] as const
    const id = await (office.approvalStore ?? office.store).transaction((tx) =>
      recordApproval(tx, office, { digests, approvals }),
    )
    return orders.map(() => id)
  },
})

/** Approved by two officers, and issued. */
export const issueApproved = (
  office: ApprovingOffice,
  requests: readonly IssueRequest[],
): Promise<readonly IssueResult[]> => issue(office, requests, approvalsIn(office))

/** An office whose specimen officers lie in its folder. */
export type ApprovingOffice = Office & {
  readonly folder: string
  /** Past whatever a test has put between the office and its database. */
  readonly approvalStore?: Store
}

/** A request for a paper of somebody who does not exist; tests vary it. */
export function requestFor(changes: Partial<SpecimenOrder> = {}): IssueRequest {
  return {
    order: {
      kind: 'specimen',
      state: 'UTO',
      profile: CURRENT_PROFILE,
      reference: 'anna',
      familyName: 'Щербакова',
      givenNames: 'Анна Юрьевна',
      language: 'ru',
      nationality: 'RUS',
      birthDate: '1987-04-12',
      sex: 'F',
      documentCode: 'PT',
      portrait: createHash('sha256').update(PORTRAIT).digest('hex'),
      ...changes,
    },
    portrait: PORTRAIT,
  }
}
