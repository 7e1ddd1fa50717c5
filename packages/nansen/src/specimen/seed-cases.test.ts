import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import { openSpecimenOfficers } from '../../../signing/src/officers/specimen/index.ts'
import { seedCases } from './seed-cases.ts'

let office: TestCaseOffice
beforeAll(async () => {
  office = await caseOffice()
}, 60_000)
afterAll(() => office.close())

test('an office without cases gets some at every stage, once', async () => {
  const officers = openSpecimenOfficers(
    `${office.folder}/specimen-officers`,
    await office.signing.officers.rootOf(),
  )
  const { signal } = new AbortController()
  const accounts = await seedCases(office, officers, undefined, signal)
  expect(accounts.length).toBeGreaterThanOrEqual(12)
  const rows = await office.store.transaction((tx) =>
    tx.query<{ status: string }>('select distinct status from case_file order by status'),
  )
  expect(rows.map(({ status }) => status)).toEqual([
    'appeal',
    'collected',
    'decision',
    'intake',
    'production',
    'refused',
    'second',
  ])
  const [flags] = await office.store.transaction((tx) =>
    tx.query(
      'select bool_or(waiting) as w, bool_or(notice) as n, bool_or(duplicate) as d, bool_or(minor) as m from case_file',
    ),
  )
  expect(flags).toEqual({ w: true, n: true, d: true, m: true })
  expect(await seedCases(office, officers, undefined, signal)).toEqual([])
}, 120_000)
