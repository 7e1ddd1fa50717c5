import { hex } from '@nansen/formats/tlv'
import { readStream, StoreError } from '@nansen/store'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ANNA, fillDraft, newAccount } from '../../../../../test/application.ts'
import { Canaries } from '../../../../../test/canary.ts'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import { parseCaseCode } from '../record/case-code.ts'
import { stateOf } from '../record/case-state.ts'
import { casesOf } from './holder-cases.ts'
import { submit } from './submit.ts'
import { withdrawCase } from './withdraw.ts'
import { readDraft, writeDraft } from './write-draft.ts'

let office: TestCaseOffice
beforeAll(async () => {
  office = await caseOffice()
})
beforeEach(() => office.at('2026-11-24T10:00:00Z'))
afterAll(() => office.close())

const sql = <Row extends Record<string, unknown>>(text: string, values: readonly Uint8Array[] = []) =>
  office.store.transaction((tx) => tx.query<Row>(text, values))
const eventsOf = (caseId: string) => office.store.transaction((tx) => readStream(tx, `case/${caseId}`))
const idOf = (caseId: string) => new Uint8Array(Buffer.from(caseId, 'hex'))

/** Every value of every table of the store, as octets. */
async function dump(): Promise<Buffer> {
  const tables = await sql<{ name: string }>(
    `select table_name as name from information_schema.tables
      where table_schema = current_schema() and table_type = 'BASE TABLE'`,
  )
  const octets: Buffer[] = []
  for (const { name } of tables)
    for (const row of await sql(`select * from ${name}`))
      for (const value of Object.values(row))
        octets.push(value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(`${String(value)}\n`))
  return Buffer.concat(octets)
}

describe('handing in', () => {
  test('makes a case of the applicant and of each child, and ends the draft', async () => {
    const door = await newAccount(office)
    const before = await fillDraft(office, door, { children: [{}, { birthDate: 'XXXX-XX-XX' }] })
    const cases = await submit(office, door)
    expect(cases).toHaveLength(3)
    for (const { caseId, code } of cases) expect(parseCaseCode(code.toLowerCase())).toBe(caseId)

    const rows = await sql<{
      id: Uint8Array
      family_id: Uint8Array
      minor: boolean
      status: string
      due: Date
    }>('select * from case_file where account_id = $1', [door.accountId])
    expect(new Set(rows.map((row) => hex(row.family_id))).size).toBe(1)
    const byId = new Map(rows.map((row) => [hex(row.id), row]))
    expect(cases.map(({ caseId }) => byId.get(caseId)!.minor)).toEqual([false, true, true])
    for (const { caseId } of cases) {
      const state = stateOf(await eventsOf(caseId))!
      expect(byId.get(caseId)).toMatchObject({ status: 'intake', minor: state.minor, due: state.due })
    }
    expect(await sql('select id from draft_file where account_id = $1', [door.accountId])).toEqual([])
    const after = await readDraft(office, door)
    expect(after.story).toBe('')
    expect(after.people).toHaveLength(1)
    expect(after.people[0]!.id).not.toBe(before.people[0]!.id)
    expect((await casesOf(office, door)).map(({ caseId }) => caseId).sort()).toEqual(
      cases.map(({ caseId }) => caseId).sort(),
    )
  })

  test('five times at once is handing in once (P4)', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door, { children: [{}] })
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => submit(office, door)))
    for (const other of others) expect(other).toEqual(first)
    expect(await sql('select id from case_file where account_id = $1', [door.accountId])).toHaveLength(2)
    for (const { caseId } of first!)
      expect((await eventsOf(caseId)).filter(({ kind }) => kind === 'case.submitted')).toHaveLength(1)
    // And once more, as after an answer that was lost.
    expect(await submit(office, door)).toEqual(first)
  })

  test('a draft that was put back from an older copy of the database hands in nothing twice (P4)', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door)
    const old = (
      await sql<{ version: number; content: Uint8Array }>(
        'select version, content from draft where account_id = $1',
        [door.accountId],
      )
    )[0]!
    const files = await sql<{ id: Uint8Array; account_id: Uint8Array; bytes: Uint8Array }>(
      'select id, account_id, bytes from draft_file where account_id = $1',
      [door.accountId],
    )
    const first = await submit(office, door)
    await office.store.transaction(async (tx) => {
      await tx.insert('draft_file', files)
      await tx.query('update draft set version = $1, content = $2 where account_id = $3', [
        old.version,
        old.content,
        door.accountId,
      ])
    })
    expect(await submit(office, door)).toEqual(first)
    expect(await casesOf(office, door)).toHaveLength(1)
    expect(await sql('select id from draft_file where account_id = $1', [door.accountId])).toEqual([])
  })

  test('by twenty at once loses none', async () => {
    const doors = []
    for (let year = 1950; year < 1970; year++) {
      const door = await newAccount(office)
      await fillDraft(office, door, { applicant: { birthDate: `${year}-10-11` } })
      doors.push(door)
    }
    const handed = await Promise.all(doors.map((door) => submit(office, door)))
    for (const [i, door] of doors.entries())
      expect((await casesOf(office, door)).map(({ caseId }) => caseId)).toEqual([handed[i]![0]!.caseId])
  })

  test('that fails at its end leaves the draft, and nothing else', async () => {
    const door = await newAccount(office)
    const draft = await fillDraft(office, door)
    const broken = {
      ...office,
      log: {
        ...office.log,
        enter: () => Promise.reject(new Error('no log')),
      },
    }
    await expect(submit(broken, door)).rejects.toThrow('no log')
    expect(await readDraft(office, door)).toEqual(draft)
    expect(await casesOf(office, door)).toEqual([])
    expect(await submit(office, door)).toHaveLength(1)
  })

  test('takes what stands in the draft when somebody writes in it meanwhile', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door)
    let interrupted = false
    const slow: TestCaseOffice = {
      ...office,
      // Between reading the draft and handing it in.
      signing: Object.assign(Object.create(office.signing) as typeof office.signing, {
        indexKey: async () => {
          if (!interrupted)
            await writeDraft(office, door, (draft) => ({ ...draft, meeting: 'office-harbour' }))
          interrupted = true
          return office.signing.indexKey()
        },
      }),
    }
    await submit(slow, door)
    expect(interrupted).toBe(true)
    expect((await casesOf(office, door)).map(({ meeting }) => meeting)).toEqual(['office-harbour'])
  })

  test('is refused where somebody wrote in it since the holder looked', async () => {
    const door = await newAccount(office)
    const { version } = await fillDraft(office, door)
    await writeDraft(office, door, (draft) => ({ ...draft, story: 'what a helper wrote' }))
    await expect(submit(office, door, version)).rejects.toMatchObject({ code: 'draft.changed' })
    const first = await submit(office, door, version + 1)
    expect(await submit(office, door, version + 1)).toEqual(first)
  })

  test('whose answer is lost after it was stored is answered the same when asked again (P26)', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door, { children: [{}] })
    let count = 0
    const cut: TestCaseOffice = {
      ...office,
      store: {
        ...office.store,
        transaction: async (work) => {
          const done = await office.store.transaction(work)
          if (++count === 2) throw new StoreError('store.commit-unknown')
          return done
        },
      },
    }
    await expect(submit(cut, door)).rejects.toMatchObject({ code: 'store.commit-unknown' })
    const again = await submit(office, door)
    expect((await casesOf(office, door)).map(({ caseId }) => caseId).sort()).toEqual(
      again.map(({ caseId }) => caseId).sort(),
    )
    expect(again).toHaveLength(2)
  })

  test.each([
    ['familyName', { applicant: { familyName: '' } }],
    ['spellingConfirmed', { applicant: { spellingConfirmed: false } }],
    ['birthDate', { applicant: { birthDate: '2027-01-01' } }],
    ['birthDate', { children: [{ birthDate: '2001-01-01' }] }],
    ['nationality', { applicant: { nationality: 'XQZ' } }],
    ['photo', { applicant: { photo: undefined } }],
    ['reasons', { draft: { reasons: ['no-ground-shown'] } }],
    ['meeting', { draft: { meeting: '' } }],
    ['until', { draft: { stay: { country: 'UTO', basis: 'visa', until: '2027-02-31' } } }],
  ] as const)('is refused while something is missing: %s', async (field, options) => {
    const door = await newAccount(office)
    await fillDraft(office, door, options)
    await expect(submit(office, door)).rejects.toMatchObject({ code: 'draft.incomplete', field })
  })

  test('of nothing is refused', async () => {
    await expect(submit(office, await newAccount(office))).rejects.toMatchObject({ code: 'draft.incomplete' })
  })

  test('asks a fee, and none of whoever cannot pay', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door, { draft: { waiver: true, solidarity: 0 } })
    const other = await newAccount(office)
    await fillDraft(office, other, { draft: { waiver: false, solidarity: 500 } })
    const entries = async ({ caseId }: { caseId: string }) =>
      (
        await sql<{ kind: string }>('select kind from fee_entry where case_id = $1 order by seq', [
          idOf(caseId),
        ])
      ).map(({ kind }) => kind)
    expect(await entries((await submit(office, door))[0]!)).toEqual(['due', 'waived'])
    expect(await entries((await submit(office, other))[0]!)).toEqual(['due', 'solidarity'])
  })

  test('twice, with another draft, is two applications', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door)
    const first = await submit(office, door)
    await fillDraft(office, door, { applicant: { familyName: 'Иванова' } })
    const second = await submit(office, door)
    expect(second[0]!.caseId).not.toBe(first[0]!.caseId)
    expect(await casesOf(office, door)).toHaveLength(2)
  })

  test('says days and no hours, in rows and events (P10)', async () => {
    office.at('2026-11-24T17:43:21.987Z')
    const door = await newAccount(office)
    await fillDraft(office, door)
    const [one] = await submit(office, door)
    const [row] = await sql<{ submitted: Date; due: Date }>('select * from case_file where id = $1', [
      idOf(one!.caseId),
    ])
    for (const moment of [row!.submitted, row!.due, ...(await eventsOf(one!.caseId)).map(({ at }) => at)])
      expect(moment.getTime() % 86_400_000).toBe(0)
  })
})

describe('what may be the same person', () => {
  const duplicates = async (caseId: string) =>
    (await eventsOf(caseId))
      .filter(({ kind }) => kind === 'case.duplicate-found')
      .map(({ body }) => body.other)
  const unlike = { birthDate: '1961-02-03' }
  const apply = async (applicant: Partial<typeof ANNA>) => {
    const door = await newAccount(office)
    await fillDraft(office, door, { applicant })
    return { door, caseId: (await submit(office, door))[0]!.caseId }
  }

  test('is marked on both, though it is spelt otherwise', async () => {
    const first = await apply({ ...unlike, familyName: 'Воронцова' })
    const second = await apply({
      ...unlike,
      familyName: 'Vorontsova',
      givenNames: 'Anna',
      nameLanguage: 'en',
    })
    expect(await duplicates(first.caseId)).toEqual([second.caseId])
    expect(await duplicates(second.caseId)).toEqual([first.caseId])
    const flags = await sql<{ duplicate: boolean }>(
      'select duplicate from case_file where id = any($1::bytea[])',
      [[idOf(first.caseId), idOf(second.caseId)] as never],
    )
    expect(flags).toEqual([{ duplicate: true }, { duplicate: true }])
  })

  test('is told to nobody who hands in a name to learn whether its owner applied (P11)', async () => {
    await apply({ ...unlike, familyName: 'Оболенская' })
    const hit = await apply({ ...unlike, familyName: 'Оболенская' })
    const miss = await apply({ ...unlike, familyName: 'Мещерская' })
    const told = async ({ door }: typeof hit) => {
      const [one] = await casesOf(office, door)
      return { ...one, caseId: '', code: '' }
    }
    expect(await told(hit)).toEqual(await told(miss))
  })

  test('is not looked for in the same account, nor among what was taken back', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door, { applicant: { ...unlike, familyName: 'Трубецкая' } })
    const [first] = await submit(office, door)
    await fillDraft(office, door, { applicant: { ...unlike, familyName: 'Трубецкая' } })
    const [second] = await submit(office, door)
    expect(await duplicates(second!.caseId)).toEqual([])
    expect(await duplicates(first!.caseId)).toEqual([])
    await withdrawCase(office, door, first!.caseId)
    const other = await apply({ ...unlike, familyName: 'Трубецкая' })
    expect(await duplicates(other.caseId)).toEqual([second!.caseId])
  })
})

describe('a thief of the database (P7)', () => {
  const canaries = new Canaries()
  const told = {
    familyName: 'Канарейкина',
    givenNames: 'Пташечка Воробьевна',
    birthDate: '1971-03-29',
  }
  const story = 'Тайная история канарейки в клетке'
  canaries.add('family name', told.familyName)
  canaries.add('family name', 'KANAREIKINA')
  canaries.add('given names', told.givenNames)
  canaries.add('birth date', told.birthDate)
  canaries.add('story', story)
  canaries.add('helper', 'Помощник Снегирёв')

  afterEach(() => office.at('2026-11-24T10:00:00Z'))

  test('finds nothing of a draft, nor of what was handed in, and would find it were it there', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door, { applicant: told, draft: { story } })
    expect(canaries.find('draft', await dump())).toEqual([])
    const [one] = await submit(office, door)
    const after = await dump()
    expect(canaries.find('case', after)).toEqual([])
    canaries.addOctets('case', idOf(one!.caseId))
    expect(canaries.find('planted', after)).not.toEqual([])
  })
})
