import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fillDraft, newAccount } from '../../../../../test/application.ts'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import { enter } from './account.ts'
import { answerRequest } from './answer.ts'
import { appealCase } from './appeal.ts'
import type { Door, HelperScope } from './door.ts'
import { putFile, readFile } from './draft-file.ts'
import { helpersOf, makeHelper, revokeHelper } from './helper.ts'
import { casesOf } from './holder-cases.ts'
import { stopWords } from './lost-words.ts'
import { submit } from './submit.ts'
import { withdrawCase } from './withdraw.ts'
import { readDraft, writeDraft } from './write-draft.ts'

let office: TestCaseOffice
beforeAll(async () => {
  office = await caseOffice()
})
beforeEach(() => office.at('2026-11-24T10:00:00Z'))
afterAll(() => office.close())

async function helperWith(
  door: Door,
  scopes: readonly HelperScope[],
): Promise<{ door: Door; words: string }> {
  const words = (await makeHelper(office, door, { name: 'Юлия, адвокат', scopes, script: 'latin' })).join(' ')
  return { door: (await enter(office, words))!, words }
}

/** What there is to do with a door, each as a question. */
const acts: Readonly<Record<string, (door: Door, caseId: string) => Promise<unknown>>> = {
  'read the draft': (door) => readDraft(office, door),
  'write the draft': (door) => writeDraft(office, door, (draft) => draft),
  'put a file': async (door) => putFile(office, door, await office.pictures.picture(Uint8Array.of(1))),
  'read a file': (door) => readFile(office, door, '0'.repeat(32)),
  'see the cases': (door) => casesOf(office, door),
  answer: (door, caseId) => answerRequest(office, door, caseId, '0'.repeat(32), [{ item: 0, text: 'x' }]),
  'hand in': (door) => submit(office, door),
  appeal: (door, caseId) => appealCase(office, door, caseId, ''),
  'take back': (door, caseId) => withdrawCase(office, door, caseId),
  'let in a helper': (door) =>
    makeHelper(office, door, { name: 'another', scopes: ['draft'], script: 'latin' }),
  'list the helpers': (door) => helpersOf(office, door),
  'stop new words': (door, caseId) => stopWords(office, door, caseId),
  'show a helper out': (door) => revokeHelper(office, door, '0'.repeat(32)),
}
const MAY: Readonly<Record<HelperScope, readonly string[]>> = {
  draft: ['read the draft', 'write the draft', 'put a file', 'read a file'],
  answer: ['see the cases', 'answer'],
  status: ['see the cases'],
}

/** The code of what was refused; what went well, or was refused for another reason, is nothing. */
const refusal = async (act: Promise<unknown>): Promise<string | undefined> =>
  act.then(
    () => undefined,
    (error: { code?: string }) => (error.code?.startsWith('door.') ? error.code : undefined),
  )

describe('a helper', () => {
  test.each(Object.keys(MAY) as HelperScope[])(
    'with the scope %s may do that, and nothing else',
    async (scope) => {
      const holder = await newAccount(office)
      await fillDraft(office, holder)
      const [one] = await submit(office, holder)
      const { door } = await helperWith(holder, [scope])
      expect(door).toMatchObject({ as: 'helper', scopes: [scope] })
      for (const [name, act] of Object.entries(acts))
        expect([name, await refusal(act(door, one!.caseId))]).toEqual([
          name,
          MAY[scope].includes(name) ? undefined : 'door.scope',
        ])
    },
  )

  test('gets no key to what the scopes do not open', async () => {
    const holder = await newAccount(office)
    const zeros = new Uint8Array(32)
    const draft = (await helperWith(holder, ['draft'])).door
    expect([draft.draftKey, draft.keys.privateKey]).toEqual([holder.draftKey, zeros])
    const status = (await helperWith(holder, ['status'])).door
    expect([status.draftKey, status.keys.privateKey]).toEqual([zeros, holder.keys.privateKey])
  })

  test('has no more by saying so: it is the row that counts', async () => {
    const holder = await newAccount(office)
    const { door } = await helperWith(holder, ['draft'])
    const more: Door = { ...door, as: 'holder', scopes: ['draft', 'answer', 'status'] }
    await expect(submit(office, more)).rejects.toMatchObject({ code: 'door.scope' })
    await expect(casesOf(office, more)).rejects.toMatchObject({ code: 'door.scope' })
  })

  test('who was shown out is out at once, with what they hold open and with their words', async () => {
    const holder = await newAccount(office)
    await fillDraft(office, holder)
    const { door, words } = await helperWith(holder, ['draft', 'answer', 'status'])
    const [helper] = await helpersOf(office, holder)
    expect(helper).toMatchObject({ name: 'Юлия, адвокат', open: true, scopes: ['draft', 'answer', 'status'] })
    expect(helper!.since.toISOString()).toBe('2026-11-24T00:00:00.000Z')
    await revokeHelper(office, holder, helper!.doorId)
    for (const [name, act] of Object.entries(acts))
      expect([name, await refusal(act(door, '0'.repeat(32)))]).toEqual([name, 'door.closed'])
    expect(await enter(office, words)).toBeUndefined()
    expect(await helpersOf(office, holder)).toEqual([{ ...helper, open: false }])
    // Asked again, it is done already.
    await revokeHelper(office, holder, helper!.doorId)
    expect(await readDraft(office, holder)).toMatchObject({ version: 1 })
  })

  test('of another account cannot be shown out', async () => {
    const [mine, theirs] = [await newAccount(office), await newAccount(office)]
    await helperWith(theirs, ['draft'])
    const [helper] = await helpersOf(office, theirs)
    await expect(revokeHelper(office, mine, helper!.doorId)).rejects.toMatchObject({ code: 'helper.unknown' })
    expect((await helpersOf(office, theirs))[0]!.open).toBe(true)
  })

  test('needs a name and something to do', async () => {
    const holder = await newAccount(office)
    const make = (name: string, scopes: readonly HelperScope[]) =>
      makeHelper(office, holder, { name, scopes, script: 'cyrillic' })
    for (const name of ['', '  ', 'x'.repeat(61), 'a\nb'])
      await expect(make(name, ['draft'])).rejects.toMatchObject({ code: 'helper.name' })
    for (const scopes of [[], ['draft', 'draft'], ['holder' as HelperScope]] as HelperScope[][])
      await expect(make('x', scopes)).rejects.toMatchObject({ code: 'helper.scopes' })
  })

  test('is one of ten at most', async () => {
    const holder = await newAccount(office)
    for (let i = 0; i < 10; i++) await helperWith(holder, ['status'])
    await expect(helperWith(holder, ['status'])).rejects.toMatchObject({ code: 'helper.too-many' })
  })

  test('is in the journal by an id, and by name nowhere (P7, P10)', async () => {
    const holder = await newAccount(office)
    await helperWith(holder, ['draft'])
    const rows = await office.store.transaction(async (tx) => [
      ...(await tx.query('select * from event')),
      ...(await tx.query('select * from door')),
    ])
    for (const value of rows.flatMap((row) => Object.values(row))) {
      const octets = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value))
      expect(octets.includes('адвокат')).toBe(false)
    }
    const kinds = await office.store.transaction((tx) =>
      tx.query<{ kind: string; body: string }>('select kind, body from event where stream = $1', [
        `account/${Buffer.from(holder.accountId).toString('hex')}`,
      ]),
    )
    expect(kinds.map(({ kind }) => kind)).toEqual(['helper.made'])
    expect(JSON.parse(kinds[0]!.body)).toMatchObject({ actor: 'applicant', scopes: 'draft' })
  })
})
