import { join } from 'node:path'
import { openCheckpointStore } from '@nansen/store/log'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { corruptions } from '../../../../test/faults/corruptions/index.ts'
import { type IssuingOffice, issuingOffice, requestFor } from '../../../../test/issuing-office.ts'
import { deliver } from '../issuing/deliver.ts'
import { issue } from '../issuing/issue.ts'
import { checkOffice, type Problem } from './index.ts'

let office: IssuingOffice
beforeEach(async () => {
  office = await issuingOffice()
  for (const reference of ['a', 'b', 'c']) {
    const [result] = await issue(office, [requestFor({ reference })])
    if (result?.outcome !== 'released') throw new Error('not released')
    if (reference !== 'c') await deliver(office, [result.paper.id])
  }
})
afterEach(() => office.close())

const check = (): Promise<readonly Problem[]> =>
  checkOffice({
    store: office.store,
    keyJournal: join(office.folder, 'journal'),
    log: {
      folder: join(office.folder, 'log'),
      checkpoints: openCheckpointStore(join(office.folder, 'checkpoints'), office.random),
      origin: 'utopia.example/log',
    },
  })

test('an office that nobody touched holds every invariant', async () => {
  expect(await check()).toEqual([])
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
