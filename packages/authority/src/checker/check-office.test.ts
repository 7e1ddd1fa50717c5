import { join } from 'node:path'
import { openCheckpointStore } from '@nansen/store/log'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestOffice, testOffice } from '../../../../test/ceremony-office.ts'
import { corruptions } from '../../../../test/faults/corruptions/index.ts'
import {
  type IssuingOffice,
  issueApproved as issue,
  issuingOffice,
  requestFor,
} from '../../../../test/issuing-office.ts'
import { holdCeremony, planCeremony } from '../ceremony/index.ts'
import { deliver } from '../issuing/deliver.ts'
import { checkOffice, type Problem } from './index.ts'

let office: IssuingOffice
beforeEach(async () => {
  office = await issuingOffice()
  for (const reference of ['a', 'b', 'c']) {
    const [result] = await issue(office, [requestFor({ reference })])
    if (result?.outcome !== 'released') throw new Error('not released')
    if (reference !== 'c') await deliver(office, [result.paper])
  }
})
afterEach(() => office.close())

const check = ({ store, folder, random }: TestOfficeParts = office): Promise<readonly Problem[]> =>
  checkOffice({
    store,
    keyJournal: join(folder, 'journal'),
    log: {
      folder: join(folder, 'log'),
      checkpoints: openCheckpointStore(join(folder, 'checkpoints'), random),
      origin: 'utopia.example/log',
    },
  })
type TestOfficeParts = Pick<TestOffice, 'store' | 'folder' | 'random'>

test('an office that nobody touched holds every invariant', async () => {
  expect(await check()).toEqual([])
})

test('an office that has held its ceremony and has issued nothing yet does so too', async () => {
  const fresh = await testOffice()
  await holdCeremony(fresh, await planCeremony(fresh, 'first'), 'nansen test')
  expect(await check(fresh)).toEqual([])
  await fresh.close()
})

test('a paper that is handed over and has no place in the log is reported', async () => {
  const sql = (text: string) => office.store.transaction((tx) => tx.query(text))
  const [row] = await sql("select stream from event where kind = 'paper.delivered' limit 1")
  await sql(`update log_entry set position = null where stream = '${row!.stream}'`)
  expect(await check()).toContainEqual({
    invariant: 6,
    code: 'paper.not-logged',
    where: String(row!.stream).slice('paper/'.length),
  })
})

test('a paper without the decision of two officers, or with that of another, is reported (P1)', async () => {
  const sql = (text: string) => office.store.transaction((tx) => tx.query(text))
  await sql(
    'update intent set approval_id = null where id = (select intent_id from paper order by id limit 1)',
  )
  await sql(
    `update intent set approval_id = (select id from approval where id <> intent.approval_id limit 1)
      where id = (select intent_id from paper order by id desc limit 1)`,
  )
  const codes = (await check()).map(({ invariant, code }) => `${invariant} ${code}`)
  expect(codes.sort()).toEqual([
    '4 paper.approval-differs',
    '4 paper.approval-differs',
    '4 paper.approval-missing',
  ])
})

test('there are twenty ways and more to spoil it', () => {
  expect(corruptions.length).toBeGreaterThanOrEqual(20)
})

test.each(corruptions)('it is reported that $name', async ({ plant }) => {
  await plant({
    query: (sql, values) => office.store.transaction((tx) => tx.query(sql, values)),
    keyJournal: join(office.folder, 'journal'),
    log: join(office.folder, 'log'),
    checkpoints: join(office.folder, 'checkpoints'),
  })
  const problems = await check()
  expect(problems).not.toEqual([])
  for (const { where } of problems) expect(where).toMatch(/^[\w ./-]+$/)
})
