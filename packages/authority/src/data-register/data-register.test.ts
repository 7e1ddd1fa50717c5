import { hex } from '@nansen/formats/tlv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type IssuingOffice,
  issueApproved as issue,
  issuingOffice,
  requestFor,
} from '../../../../test/issuing-office.ts'
import { deliver } from '../issuing/deliver.ts'
import { STORED_FIELDS, storedAboutNumber } from './index.ts'

/** Of the room below itself, and about nobody: which migrations were applied. */
const OF_THE_STORE = 'migration'

let office: IssuingOffice
let number: string
let other: string

beforeAll(async () => {
  office = await issuingOffice()
  const results = await issue(office, [requestFor({ reference: 'a' }), requestFor({ reference: 'b' })])
  const papers = results.map((result) => {
    if (result.outcome !== 'released') throw new Error(result.outcome)
    return result.paper
  })
  await deliver(office, papers)
  number = papers[0]!.content.number
  other = papers[1]!.id
}, 60_000)

afterAll(() => office.close())

describe('the register of stored fields (P10)', () => {
  test('names every column that there is, and none that is not', async () => {
    const columns = await office.store.transaction((tx) =>
      tx.query<{ name: string }>(
        `select table_name || '.' || column_name as name from information_schema.columns
          where table_schema = current_schema() and table_name <> $1 order by 1`,
        [OF_THE_STORE],
      ),
    )
    expect(STORED_FIELDS.map(({ name }) => name).sort()).toEqual(columns.map(({ name }) => name).sort())
  })
})

describe('what is stored about the number of a paper', () => {
  test('is its rows, whole, and no row of another paper', async () => {
    const rows = await storedAboutNumber(office, number)
    expect(rows.map(([first]) => first!.field.name.split('.')[0])).toEqual([
      'paper',
      'case_key',
      'intent',
      'approval',
      'signature',
      'key_register',
      'event',
      'event',
      'event',
      'log_entry',
    ])
    const told = JSON.stringify(rows, (_, value) => (value instanceof Uint8Array ? hex(value) : value))
    expect(told).not.toContain(other)
  })

  test('holds neither the name, nor the birth date, nor the number itself, in any field', async () => {
    const rows = await storedAboutNumber(office, number)
    const order = requestFor().order
    const secrets = [number, order.familyName, order.givenNames, 'SHCHERBAKOVA', order.birthDate, '870412']
    for (const row of rows)
      for (const { value } of row) {
        const octets = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value))
        for (const secret of secrets) expect(octets.includes(secret)).toBe(false)
      }
  })

  test('is found however people write the number, and is nothing for one that was not issued', async () => {
    const spaced = ` ${number.slice(0, 3).toLowerCase()} ${number.slice(3)} `
    expect(await storedAboutNumber(office, spaced)).toEqual(await storedAboutNumber(office, number))
    expect(await storedAboutNumber(office, 'ACDEFGHJK')).toEqual([])
  })
})
