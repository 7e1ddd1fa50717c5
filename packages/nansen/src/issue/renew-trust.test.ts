import { holdCeremony, planCeremony } from '@nansen/authority'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestOffice, testOffice } from '../../../../test/ceremony-office.ts'
import { ceremoniesDue } from './renew-trust.ts'

let office: TestOffice

beforeAll(async () => {
  office = await testOffice()
  await holdCeremony(office, await planCeremony(office, 'first'), 'test')
}, 60_000)

afterAll(() => office.close())

const due = () => ceremoniesDue({ office } as never)

test('a new signer and a new list are due before the old ones run out, and after a pause of some months', async () => {
  expect(await due()).toEqual([])
  office.at('2027-09-01T10:00:00Z')
  expect(await due()).toContain('crl')
})

test('a clock that is years ahead holds no ceremony, and says what to do', async () => {
  office.at('2031-01-01T10:00:00Z')
  await expect(due()).rejects.toThrow('the clock is more than a year past the last revocation list')
})
