import { hex } from '@nansen/formats/tlv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillDraft, newAccount } from '../../../../../test/application.ts'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import type { Door } from './door.ts'
import { type Draft, emptyPerson } from './draft.ts'
import { FILES_OCTETS, MOST_FILES, putFile, readFile } from './draft-file.ts'
import { readDraft, writeDraft } from './write-draft.ts'

let office: TestCaseOffice
beforeAll(async () => {
  office = await caseOffice()
})
afterAll(() => office.close())

const id = () => hex(office.random(16))
const picture = async (seed: string) => office.pictures.picture(Buffer.from(seed))
const countFiles = async ({ accountId }: Door) => {
  const [row] = await office.store.transaction((tx) =>
    tx.query<{ count: number }>('select count(*) as count from draft_file where account_id = $1', [
      accountId,
    ]),
  )
  return row!.count
}

describe('a draft', () => {
  test('is empty until something is told, with one person who stays the same', async () => {
    const door = await newAccount(office)
    const draft = await readDraft(office, door)
    expect(draft).toMatchObject({ version: 0, people: [emptyPerson(draft.people[0]!.id)] })
    expect(await readDraft(office, door)).toEqual(draft)
    const written = await writeDraft(office, door, (before) => ({ ...before, story: 'one' }))
    expect(written.people).toEqual(draft.people)
    expect(await readDraft(office, door)).toEqual({ ...draft, version: 1, story: 'one' })
  })

  test('loses nothing when ten write at once (P26)', async () => {
    const door = await newAccount(office)
    const add = (mark: string) =>
      writeDraft(office, door, (draft) => ({ ...draft, story: `${draft.story}${mark}` }))
    await Promise.all([...'0123456789'].map(add))
    const { story, version } = await readDraft(office, door)
    expect([...story].sort().join('')).toBe('0123456789')
    expect(version).toBe(10)
  })

  test('is not kept where no page can have sent it', async () => {
    const door = await newAccount(office)
    const person = (await readDraft(office, door)).people[0]!
    const none: readonly (readonly [string, Partial<Draft>])[] = [
      ['draft.shape', { people: [] }],
      ['draft.shape', { people: [person, person] }],
      ['draft.shape', { people: [{ ...person, id: 'x' }] }],
      ['draft.shape', { people: [{ ...person, familyName: '\ud800' }] }],
      ['draft.shape', { solidarity: -1 }],
      ['draft.shape', { solidarity: 0.5 }],
      ['draft.shape', { language: 'xx' as never }],
      ['draft.too-large', { story: 'x'.repeat(20_001) }],
      ['draft.too-large', { people: Array.from({ length: 13 }, () => emptyPerson(id())) }],
      ['file.unknown', { people: [{ ...person, photo: id() }] }],
    ]
    for (const [code, change] of none)
      await expect(writeDraft(office, door, (draft) => ({ ...draft, ...change }))).rejects.toMatchObject({
        code,
      })
    expect((await readDraft(office, door)).version).toBe(0)
  })

  test('of another account cannot be read with this account’s door', async () => {
    const [mine, theirs] = [await newAccount(office), await newAccount(office)]
    await fillDraft(office, theirs)
    const forged = { ...mine, accountId: theirs.accountId }
    await expect(readDraft(office, forged)).rejects.toMatchObject({ code: 'door.closed' })
  })

  test('does not open in the row of another account', async () => {
    const [mine, theirs] = [await newAccount(office), await newAccount(office)]
    await fillDraft(office, theirs)
    await fillDraft(office, mine)
    await office.store.transaction((tx) =>
      tx.query(
        'update draft set content = (select content from draft where account_id = $1) where account_id = $2',
        [theirs.accountId, mine.accountId],
      ),
    )
    await expect(readDraft(office, mine)).rejects.toMatchObject({ code: 'sealed.altered' })
  })

  test('that nobody touches for half a year is gone, with its files (P10)', async () => {
    office.at('2026-11-24T10:00:00Z')
    const [old, young] = [await newAccount(office), await newAccount(office)]
    await fillDraft(office, old)
    await fillDraft(office, young)
    office.at('2027-01-10T10:00:00Z')
    await writeDraft(office, young, (draft) => draft)
    office.at('2027-05-24T10:00:00Z')
    await newAccount(office)
    expect(await readDraft(office, old)).toMatchObject({ version: 0, story: '' })
    expect(await countFiles(old)).toBe(0)
    expect(await readDraft(office, young)).toMatchObject({ version: 2 })
    expect(await countFiles(young)).toBe(2)
    office.at('2026-11-24T10:00:00Z')
  })

  test('has a length that tells little of what was written', async () => {
    const door = await newAccount(office)
    const length = async (story: string) => {
      await writeDraft(office, door, (draft) => ({ ...draft, story }))
      const [row] = await office.store.transaction((tx) =>
        tx.query<{ length: number }>('select length(content) as length from draft where account_id = $1', [
          door.accountId,
        ]),
      )
      return row!.length
    }
    expect(await length('')).toBe(await length('a long story '.repeat(100)))
  })
})

describe('a file of a draft', () => {
  test('is read again by the account, and by no other', async () => {
    const door = await newAccount(office)
    const bytes = await picture('mine')
    const name = await putFile(office, door, bytes)
    expect(await readFile(office, door, name)).toEqual(bytes)
    expect(await readFile(office, await newAccount(office), name)).toBeUndefined()
    for (const none of ['', id(), '../..']) expect(await readFile(office, door, none)).toBeUndefined()
  })

  test('goes when the draft shows it no longer, while one that is not shown yet stays', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door)
    const waiting = await putFile(office, door, await picture('waiting'))
    expect(await countFiles(door)).toBe(3)
    const photo = (await readDraft(office, door)).people[0]!.photo!
    await writeDraft(office, door, (draft) => ({
      ...draft,
      people: [{ ...draft.people[0]!, evidence: [] }],
    }))
    expect(await countFiles(door)).toBe(2)
    expect(await readFile(office, door, waiting)).toBeDefined()
    expect(await readFile(office, door, photo)).toBeDefined()
  })

  test('is refused where it is empty or nothing that we take', async () => {
    const door = await newAccount(office)
    const refused = (bytes: Uint8Array) => putFile(office, door, bytes)
    await expect(refused(new Uint8Array(0))).rejects.toMatchObject({ code: 'file.empty' })
    for (const text of ['<svg/>', '%PDF-1.7', 'MZ', '<script>'])
      await expect(refused(Buffer.from(text))).rejects.toMatchObject({ code: 'file.kind' })
  })

  test('has room for thirty and for twelve mebibytes; one that no draft shows makes room', async () => {
    const door = await newAccount(office)
    await fillDraft(office, door)
    const jpeg = await picture('small')
    for (let i = 0; i < MOST_FILES + 5; i++) await putFile(office, door, jpeg)
    expect(await countFiles(door)).toBeLessThanOrEqual(MOST_FILES)
    const draft = await readDraft(office, door)
    expect(await readFile(office, door, draft.people[0]!.photo!)).toBeDefined()

    const large = new Uint8Array(FILES_OCTETS / 2)
    large.set(jpeg)
    const first = await putFile(office, door, large)
    await writeDraft(office, door, (before) => ({
      ...before,
      people: [
        { ...before.people[0]!, evidence: [{ id: id(), kind: 'letter', file: first }] },
        ...before.people.slice(1),
      ],
    }))
    await expect(putFile(office, door, large)).rejects.toMatchObject({ code: 'draft.too-many-files' })
  })
})
