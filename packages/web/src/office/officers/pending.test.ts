import type { Approval, CaseOffice } from '@nansen/authority'
import { beforeEach, expect, test } from 'vitest'
import { addPending, dropPending, pendingNamed, pendingOf, signPending } from './pending.ts'

let now = 0
let drawn = 0
const officeWith = () =>
  ({
    signing: {},
    clock: () => new Date(now),
    random: (octets: number) => new Uint8Array(octets).fill(++drawn),
  }) as unknown as CaseOffice
const DRAFT = { kind: 'enrol', label: 'Nora', record: new Uint8Array([1]), challenge: 'c' } as const
const approval = (officer: string) => ({ officer }) as Approval

let office: CaseOffice
beforeEach(() => {
  now = 1_000_000
  office = officeWith()
})

test('a record waits with the signatures that it has', () => {
  const pending = addPending(office, DRAFT)
  signPending(office, pending, approval('sofia'))
  expect(pendingNamed(office, pending.id)?.approvals).toEqual([approval('sofia')])
  expect(dropPending(office, pending)).toBe(true)
  expect(pendingNamed(office, pending.id)).toBeUndefined()
})

test('after an hour it is gone', () => {
  const { id } = addPending(office, DRAFT)
  now += 3_600_000
  expect(pendingNamed(office, id)).toBeDefined()
  now += 1
  expect(pendingOf(office)).toEqual([])
})

test('of too many the oldest goes', () => {
  const ids = Array.from({ length: 21 }, () => addPending(office, DRAFT).id)
  expect(pendingOf(office).map(({ id }) => id)).toEqual(ids.slice(1))
})

test('what waits in one office does not wait in another', () => {
  addPending(office, DRAFT)
  expect(pendingOf(officeWith())).toEqual([])
})
