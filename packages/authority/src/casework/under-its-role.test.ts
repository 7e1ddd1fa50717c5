import { join } from 'node:path'
import { openStore, roleDifference } from '@nansen/store'
import { openCheckpointStore } from '@nansen/store/log'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillDraft, newAccount } from '../../../../test/application.ts'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import {
  type AllSeated,
  CHECK,
  confirmNewWords,
  first,
  fresh,
  gather,
  proposeNewWords,
  REFUSE,
  SCREENING,
  STAY,
  seatAll,
  second,
  statusOf,
  toPaper,
} from '../../../../test/desk.ts'
import { issueApproved, requestFor } from '../../../../test/issuing-office.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../../../../test/postgresql.ts'
import { twoRoles } from '../../../../test/two-roles.ts'
import { holdCeremony, planCeremony } from '../ceremony/index.ts'
import { checkOffice } from '../checker/index.ts'
import { deliver } from '../issuing/deliver.ts'
import { recover } from '../issuing/recover.ts'
import { forgetDrafts } from './accounts/forget-drafts.ts'
import {
  answerRequest,
  appealCase,
  beginSession,
  casesOf,
  endSession,
  helpersOf,
  makeHelper,
  readDraft,
  readSession,
  revokeHelper,
  stopWords,
  submit,
  withdrawCase,
  writeSession,
} from './accounts/index.ts'
import { decideAppeal } from './cases/appeal-decision.ts'
import { assignCase, releaseCase } from './cases/assign.ts'
import { addBlanks } from './cases/blanks.ts'
import { openCase } from './cases/case-file.ts'
import { settleDuplicate } from './cases/duplicates.ts'
import { payFee, waiveFee } from './cases/fees.ts'
import { handOver, sendBack } from './cases/hand-over.ts'
import { recordIdentityCheck } from './cases/identity-check.ts'
import { paperFiles } from './cases/issue-case.ts'
import { addNote } from './cases/note.ts'
import { openNotice, settleNotice } from './cases/notice.ts'
import { collected, dispatched, printed, qualityChecked } from './cases/production.ts'
import { queue } from './cases/queue.ts'
import { requestMore } from './cases/request-more.ts'
import { recordScreening } from './cases/screening.ts'
import { statistics } from './cases/statistics.ts'
import { recordStay } from './cases/stay.ts'

/*
 * An office, its key service and its log, connected as a role that owns nothing and may change only what
 * packages/store/src/privileges.ts lists. P20
 */

describe.skipIf(!havePostgresql)(
  `an office that owns nothing in its database${havePostgresql ? '' : ' (skipped: PostgreSQL is not installed)'}`,
  () => {
    let server: TestServer | undefined
    let office: TestCaseOffice
    let at: AllSeated
    beforeAll(async () => {
      const there = process.env.NANSEN_TEST_POSTGRESQL
      if (there === undefined) server = await startPostgresql()
      const roles = await twoRoles(there ?? server!.url)
      office = await caseOffice({ stores: [await openStore(roles.office), await openStore(roles.office)] })
      office.at('2026-11-24T10:00:00Z')
      at = await seatAll(office)
    }, 120_000)
    afterAll(async () => {
      await office?.close()
      await server?.stop()
    })

    test('may do what is listed, and nothing else', async () => {
      expect(await roleDifference(office.store)).toEqual({ mighty: false, beyond: [], missing: [] })
      for (const statement of ['update event set kind = kind', 'delete from event', 'truncate event'])
        await expect(office.store.transaction((tx) => tx.query(statement))).rejects.toMatchObject({
          state: '42501',
        })
    })

    test('issues papers, hands them over, finishes what a crash left, renews its keys and lists', async () => {
      const [result] = await issueApproved(office, [requestFor()])
      if (result?.outcome !== 'released') throw new Error('not released')
      await deliver(office, [result.paper])
      const crash = new Error('a power cut')
      const step = (name: string) => {
        if (name === 'issue.recorded') throw crash
      }
      await expect(issueApproved({ ...office, step }, [requestFor({ reference: 'left' })])).rejects.toBe(
        crash,
      )
      expect(await recover(office)).toMatchObject({ voided: [], left: [] })
      for (const kind of ['crl', 'signer', 'list'] as const)
        await holdCeremony(office, await planCeremony(office, kind), 'nansen test')
    })

    test('takes an application, decides it by two officers, and sees a passport to its holder', async () => {
      const { caseId, door } = await fresh(office)
      await assignCase(office, at.iris, caseId)
      await addNote(office, at.iris, caseId, 'Seen.')
      const asking = {
        items: [{ code: 'letter', text: 'A letter.' }],
        due: '2026-12-20',
        language: 'en',
      } as const
      await requestMore(office, at.iris, caseId, asking)
      const [told] = await casesOf(office, door)
      await answerRequest(office, door, caseId, told!.request!.id, [{ item: 0, text: 'Here.' }])
      await payFee(office, at.iris, caseId, { receipt: 'R-1' })
      await openNotice(office, at.iris, caseId, { origin: 'interpol', text: 'A notice.' })
      await releaseCase(office, at.iris, caseId)
      await assignCase(office, at.dana, caseId)
      await settleNotice(office, at.dana, caseId, { outcome: 'no-obstacle', text: 'None.' })
      await releaseCase(office, at.dana, caseId)
      await toPaper(office, { ...at, dana: at.delia }, caseId)
      await addBlanks(office, at.petra, 'P0000001', 3)
      await printed(office, at.petra, caseId, 'P0000001')
      await qualityChecked(office, at.petra, caseId, false)
      await printed(office, at.petra, caseId, 'P0000002')
      await qualityChecked(office, at.petra, caseId, true)
      expect((await paperFiles(office, at.petra, caseId)).size).toBeGreaterThan(3)
      await dispatched(office, at.petra, caseId)
      await collected(office, at.petra, caseId)
      expect(await statusOf(office, caseId)).toBe('collected')
      expect((await queue(office, at.petra, 'production')).rows).toEqual([])
      await statistics(office, at.ada)
    })

    test('refuses, hears an appeal, sends back, hands over, waives, and knows the same person', async () => {
      const { caseId, door } = await fresh(office)
      await gather(office, at.iris, caseId)
      await assignCase(office, at.dario, caseId)
      await sendBack(office, at.dario, caseId, { again: ['screening'], reason: 'Of last year.' })
      await assignCase(office, at.iris, caseId)
      await recordScreening(office, at.iris, caseId, SCREENING)
      await first(office, at.dario, caseId, REFUSE)
      await second(office, at.dana, caseId)
      await appealCase(office, door, caseId, 'Once more.')
      await assignCase(office, at.delia, caseId)
      await decideAppeal(office, at.delia, caseId, { outcome: 'upheld', letter: 'It stands.' })
      expect(await statusOf(office, caseId)).toBe('refused')

      const applicant = { birthDate: '1929-05-06' }
      const [one, two] = [await fresh(office, { applicant }), await fresh(office, { applicant })]
      await assignCase(office, at.iris, one.caseId)
      await waiveFee(office, at.iris, one.caseId)
      await settleDuplicate(office, at.iris, one.caseId, two.caseId, 'different')
      await recordIdentityCheck(office, at.iris, one.caseId, CHECK)
      await recordStay(office, at.iris, one.caseId, STAY)
      await handOver(office, at.iris, one.caseId, 'They never came again.')
      expect(await statusOf(office, one.caseId)).toBe('decision')
      await assignCase(office, at.ivo, two.caseId)
      expect((await openCase(office, at.ivo, two.caseId)).openings).toBe(1)
      await withdrawCase(office, two.door, two.caseId)
    })

    test('gives new words to somebody who lost theirs', async () => {
      const { caseId, door } = await fresh(office, { children: [{}] })
      const page = await newAccount(office)
      await proposeNewWords(office, at.iris, caseId, page)
      await stopWords(office, door, caseId)
      await proposeNewWords(office, at.iris, caseId, page)
      await confirmNewWords(office, at.ivo, caseId, page)
      expect([await casesOf(office, door), (await casesOf(office, page)).length]).toEqual([[], 2])
    })

    test('forgets sessions, drafts and helpers', async () => {
      const token = await beginSession(office, { as: 'somebody' }, 30)
      await writeSession(office, token, { as: 'somebody', more: true })
      office.at('2026-11-24T10:20:00Z')
      expect(await readSession(office, token)).toMatchObject({ more: true })
      await endSession(office, token)
      expect(await readSession(office, token)).toBeUndefined()
      office.at('2026-11-24T10:00:00Z')
      const door = await newAccount(office)
      await makeHelper(office, door, { name: 'A friend', scopes: ['status'], script: 'latin' })
      const [helper] = await helpersOf(office, door)
      await revokeHelper(office, door, helper!.doorId)
      await fillDraft(office, door)
      expect(await submit(office, door)).toHaveLength(1)
      const later = await newAccount(office)
      await fillDraft(office, later)
      await office.store.transaction((tx) => forgetDrafts(tx, new Date('2028-01-01T00:00:00Z')))
      expect(await readDraft(office, later)).toMatchObject({ version: 0, story: '' })
    })

    test('and all of it fits', async () => {
      await office.log.sequence()
      const problems = await checkOffice({
        store: office.store,
        keyJournal: join(office.folder, 'journal'),
        log: {
          folder: join(office.folder, 'log'),
          checkpoints: openCheckpointStore(join(office.folder, 'checkpoints'), office.random),
          origin: 'utopia.example/log',
        },
      })
      expect(problems).toEqual([])
    })
  },
)
