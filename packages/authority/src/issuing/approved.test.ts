import { createHash } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import {
  type Approval,
  decisionChallenge,
  openUnder,
  packFiles,
  sealUnder,
  unpackFiles,
} from '@nansen/signing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  approvalsIn,
  type IssuingOffice,
  issueApproved,
  issuingOffice,
  PORTRAIT,
  requestFor,
} from '../../../../test/issuing-office.ts'
import { officersOf, type TestOfficers } from '../../../../test/specimen-officers.ts'
import { recordApproval } from './approval.ts'
import { issue } from './issue.ts'
import type { IssueResult } from './issue-result.ts'
import { orderDigest } from './order.ts'
import { recover } from './recover.ts'

let office: IssuingOffice
let officers: TestOfficers
beforeAll(async () => {
  office = await issuingOffice()
  officers = officersOf(office)
}, 120_000)
afterAll(() => office.close())

const codeOf = (result: IssueResult | undefined) =>
  result?.outcome === 'refused' ? result.refusal.code : result?.outcome

/** What is recorded of two officers having signed these digests. */
async function recorded(digests: readonly Uint8Array[], approvals: readonly Approval[]): Promise<Uint8Array> {
  const pair = approvals as unknown as readonly [Approval, Approval]
  return office.store.transaction((tx) => recordApproval(tx, office, { digests, approvals: pair }))
}

const recordedIds = async () =>
  (await office.store.transaction((tx) => tx.query<{ id: Uint8Array }>('select id from paper'))).map(
    ({ id }) => id,
  )

const by = (challenge: string, ...names: readonly ('dario' | 'dana' | 'iris')[]) =>
  Promise.all(names.map((name) => officers[name].approve(challenge)))

describe('a paper without two officers (P1)', () => {
  const request = requestFor({ reference: 'nobody approved' })
  const digests = [orderDigest(request.order)]
  const challenge = decisionChallenge('approve', { over: 'list', digests })
  const asked = async (id: Uint8Array) =>
    codeOf((await issue(office, [request], { of: async () => [id] }))[0])

  test('is not recorded: nothing approved, approved by one, by one twice, or by one who may not', async () => {
    expect(await asked(new Uint8Array(16))).toBe('approval.missing')
    for (const names of [
      ['dario', 'dario'],
      ['dario', 'iris'],
    ] as const)
      expect(await asked(await recorded(digests, await by(challenge, ...names)))).toBe('approval.refused')
    const papers = await office.store.transaction((tx) => tx.query('select id from paper'))
    expect(papers).toEqual([])
  })

  test('is not made of an order that changed by one letter after it was approved', async () => {
    const id = await recorded(digests, await by(challenge, 'dario', 'dana'))
    const changed = requestFor({ reference: 'nobody approved', givenNames: 'Анна Юрьевнa' })
    expect(codeOf((await issue(office, [changed], { of: async () => [id] }))[0])).toBe('approval.missing')
    expect(await asked(id)).toBe('released')
  })
})

describe('the key service, whatever the office recorded (P1)', () => {
  /** An office that asks nobody: it was taken over. */
  const takenOver = (): IssuingOffice => ({
    ...office,
    signing: { ...office.signing, demandApproved: async () => undefined },
  })

  test('signs nothing that no two officers approved', async () => {
    const request = requestFor({ reference: 'taken over' })
    const [result] = await issue(takenOver(), [request], { of: async () => [new Uint8Array(16)] })
    expect(codeOf(result)).toBe('store.statement-failed')
    const id = await recorded([new Uint8Array(32)], await by('AAAA', 'dario', 'dana'))
    expect(codeOf((await issue(takenOver(), [request], { of: async () => [id] }))[0])).toBe(
      'approval.refused',
    )
    const signed = await office.store.transaction((tx) =>
      tx.query(
        'select s.intent_id from signature s join intent i on i.id = s.intent_id where i.approval_id = $1',
        [id],
      ),
    )
    expect(signed).toEqual([])
    const { voided } = await recover(office)
    expect(voided.map(({ code }) => code)).toEqual(['approval.refused'])
  })

  test.each([
    ['another person’s name in its place', 'EF_DG11.bin'],
    ['another person’s zone', 'EF_DG1.bin'],
    ['another person’s portrait', 'EF_DG2.bin'],
  ])('signs no approved order with %s', async (_, name) => {
    const reference = `files of another: ${name}`
    const crash = new Error('a power cut')
    const step = (at: string) => {
      if (at === 'issue.recorded') throw crash
    }
    const before = await recordedIds()
    await expect(issueApproved({ ...office, step }, [requestFor({ reference })])).rejects.toBe(crash)
    const [row] = await office.store.transaction((tx) =>
      tx.query<{ id: Uint8Array; intent_id: Uint8Array; content: Uint8Array }>(
        "select id, intent_id, content from paper where stage = 'recorded' and not id = any($1::bytea[])",
        [before],
      ),
    )
    const [caseKey] = await office.signing.openCases([row!.intent_id])
    const place = { column: 'paper.content', row: row!.id }
    const { head, files } = unpackFiles(openUnder(caseKey!, place, row!.content))
    const other = new Map(files)
    const bytes = Uint8Array.from(files.get(name)!)
    bytes[bytes.length - 3]! ^= 1
    other.set(name, bytes)
    const content = sealUnder(caseKey!, place, packFiles({ head, files: other }))
    await office.store.transaction((tx) =>
      tx.query('update paper set content = $1 where id = $2', [content, row!.id]),
    )
    await expect(office.signing.finish([row!.intent_id])).rejects.toThrow('intent.not-the-order')
    await office.store.transaction((tx) =>
      tx.query('update paper set content = $1 where id = $2', [row!.content, row!.id]),
    )
    await office.signing.finish([row!.intent_id])
    const again = await issue(office, [requestFor({ reference })], approvalsIn(office))
    expect(codeOf(again[0])).toBe('released')
  })

  test('believes no order that names another portrait than the chip has', async () => {
    const portrait = createHash('sha256').update(PORTRAIT).update('x').digest('hex')
    const request = { ...requestFor({ reference: 'portrait', portrait }), portrait: PORTRAIT }
    expect(codeOf((await issueApproved(office, [request]))[0])).toBe('order.portrait-differs')
  })
})

test('what is recorded of an approval tells a thief of the database no order (P7)', async () => {
  const request = requestFor({ reference: 'sealed' })
  expect(codeOf((await issueApproved(office, [request]))[0])).toBe('released')
  const rows = await office.store.transaction((tx) =>
    tx.query<{ bytes: Uint8Array }>('select bytes from approval'),
  )
  const digest = hex(orderDigest(request.order))
  expect(rows.length).toBeGreaterThan(0)
  for (const { bytes } of rows) expect(hex(bytes)).not.toContain(digest)
})
