import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SigningOutage } from '@nansen/signing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ApprovingOffice,
  approvalsIn,
  type IssuingOffice,
  issuingOffice,
  PORTRAIT,
  requestFor,
} from '../../../../test/issuing-office.ts'
import type { PersonRow } from '../people/index.ts'
import { issuePeople, issueRows } from './issue-people.ts'

let office: IssuingOffice
let out: string

beforeAll(async () => {
  office = await issuingOffice()
  out = mkdtempSync(join(tmpdir(), 'nansen-people-'))
}, 60_000)

afterAll(async () => {
  await office.close()
  rmSync(out, { recursive: true })
})

const workers = (of: ApprovingOffice) => ({
  issue: (rows: readonly PersonRow[]) =>
    issueRows(rows, { office: of, approvals: approvalsIn(of), out, page: () => undefined }),
  batch: 50,
  atOnce: 1,
})

async function* list(people: number): AsyncGenerator<PersonRow> {
  for (let line = 2; line < people + 2; line++) {
    const { order } = requestFor({ reference: `person ${line}` })
    yield { line, order, portrait: PORTRAIT } as PersonRow
  }
}

test('with keys that do not answer, the first batch is asked for and the rest of the list is not', async () => {
  let asked = 0
  const finish = () => {
    asked++
    throw new SigningOutage('key process: no answer in time')
  }
  const signing = Object.assign(Object.create(office.signing), { finish })
  const down = { ...office, signing } as ApprovingOffice
  const outcomes = []
  for await (const some of issuePeople(list(120), workers(down))) outcomes.push(...some)
  expect(asked).toBe(1)
  expect(outcomes.map((outcome) => 'code' in outcome && outcome.code)).toEqual(
    new Array(120).fill('signing.outage'),
  )
  expect(outcomes.map(({ line }) => line)).toEqual(Array.from({ length: 120 }, (_, i) => i + 2))
})

test('the same list goes on from there when they answer', async () => {
  const outcomes = []
  for await (const some of issuePeople(list(60), workers(office))) outcomes.push(...some)
  expect(new Set(outcomes.map((outcome) => 'outcome' in outcome && outcome.outcome))).toEqual(
    new Set(['issued']),
  )
})
