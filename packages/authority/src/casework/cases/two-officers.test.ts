import { decisionChallenge, isApproval, sealParts } from '@nansen/signing'
import { append } from '@nansen/store'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  APPROVE,
  caseEvents,
  caseOctets,
  first,
  fresh,
  gather,
  REFUSE,
  type Seated,
  seat,
  second,
  submitted,
} from '../../../../../test/desk.ts'
import { orderDigest } from '../../issuing/order.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { stateOf } from '../record/case-state.ts'
import { encodeJson } from '../record/octets.ts'
import { assignCase, releaseCase } from './assign.ts'
import { openCase } from './case-file.ts'
import { openParts } from './case-parts.ts'
import { decideFirst } from './decide-first.ts'
import { decideSecond, orderIn } from './decide-second.ts'
import { confirmationIn, type DecisionContent, decisionIn } from './decision.ts'
import { decisionOver } from './decision-over.ts'
import { sendBack } from './hand-over.ts'
import { issueCase } from './issue-case.ts'
import { openNotice, settleNotice } from './notice.ts'

let office: TestCaseOffice
let at: Readonly<Record<'iris' | 'dario' | 'dana' | 'delia' | 'petra', Seated>>
beforeAll(async () => {
  office = await caseOffice()
  const names = ['iris', 'dario', 'dana', 'delia', 'petra'] as const
  const seated = await Promise.all(names.map(async (name) => [name, await seat(office, name)] as const))
  at = Object.fromEntries(seated) as typeof at
})
afterAll(() => office.close())

const refusal = (code: string) => expect.objectContaining({ name: 'CaseRefusal', code })
const papers = async () => {
  const [row] = await office.store.transaction((tx) =>
    tx.query<{ count: number }>('select count(*) as count from paper'),
  )
  return row!.count
}

/** What somebody with the database can do: put octets of their own in the place of a piece. */
async function replacePart(caseId: string, partId: string, content: object): Promise<void> {
  const id = Buffer.from(partId, 'hex')
  const [sealed] = sealParts(office.signing.wrappingPoint, caseOctets(caseId), [
    { partId: id, bytes: encodeJson(content) },
  ])
  await office.store.transaction((tx) =>
    tx.query('update case_part set wrapped = $2, bytes = $3 where id = $1', [
      id,
      sealed!.wrapped,
      sealed!.bytes,
    ]),
  )
}

/** As {@link replacePart}, a new piece, and an event that names it. */
async function forge(
  caseId: string,
  kind: string,
  content: object,
  event: { readonly kind: string; readonly body: Record<string, string> },
): Promise<void> {
  const id = Buffer.from(office.random(16))
  const [sealed] = sealParts(office.signing.wrappingPoint, caseOctets(caseId), [
    { partId: id, bytes: encodeJson(content) },
  ])
  const stream = `case/${caseId}`
  await office.store.transaction(async (tx) => {
    await tx.query(
      `insert into case_part (id, case_id, seq, kind, wrapped, bytes)
       values ($1, $2, (select max(seq) + 1 from case_part where case_id = $2), $3, $4, $5)`,
      [id, caseOctets(caseId), kind, sealed!.wrapped, sealed!.bytes],
    )
    const body = { ...event.body, part: id.toString('hex') }
    await append(tx, [{ stream, kind: event.kind, at: new Date('2026-11-24T00:00:00Z'), body }])
  })
}

async function decided(caseId: string, who: Seated): Promise<{ id: string; content: DecisionContent }> {
  return decisionIn(await caseEvents(office, caseId), await openParts(office, who, caseId))
}

describe('P1: between the two decisions', () => {
  const changes: readonly (readonly [string, (content: DecisionContent) => DecisionContent])[] = [
    ['one letter of the order', (content) => ({ ...content, text: content.text.replace('Анна', 'Анка') })],
    ['a space in the order', (content) => ({ ...content, text: content.text.replace(',', ', ') })],
    ['the kind of paper', (content) => ({ ...content, documentCode: 'PR' })],
    ['the grounds', (content) => ({ ...content, grounds: ['passport-refused'] })],
    ['the decision', (content) => ({ ...content, decision: 'refuse' })],
    [
      'who signed',
      (content) => ({ ...content, approval: { ...content.approval, officer: at.delia.officer.id } }),
    ],
    ['everything', () => ({}) as DecisionContent],
  ]
  test.each(changes)('%s changed in the database: the second officer decides nothing', async (_, change) => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId)
    await assignCase(office, at.dana, caseId)
    const { challenge } = await decisionOver(office, at.dana, caseId)
    const { id, content } = await decided(caseId, at.dana)
    await replacePart(caseId, id, change(content))
    await expect(decisionOver(office, at.dana, caseId)).rejects.toEqual(refusal('decision.changed'))
    await expect(
      decideSecond(office, at.dana, caseId, { agree: true, reason: '' }, await at.dana.approve(challenge)),
    ).rejects.toEqual(refusal('decision.changed'))
    await replacePart(caseId, id, content)
    await decideSecond(office, at.dana, caseId, { agree: true, reason: '' }, await at.dana.approve(challenge))
  })

  test('the letter of a refusal is part of what is signed', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId, REFUSE)
    await assignCase(office, at.dana, caseId)
    const { id, content } = await decided(caseId, at.dana)
    await replacePart(caseId, id, { ...content, letter: 'Уезжайте.' })
    await expect(decisionOver(office, at.dana, caseId)).rejects.toEqual(refusal('decision.changed'))
  })
})

describe('P1: after the two decisions', () => {
  test('one octet of the order changed: nothing is issued', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId)
    await second(office, at.dana, caseId)
    await assignCase(office, at.petra, caseId)
    const before = await papers()
    const { id, content } = await decided(caseId, at.petra)
    await replacePart(caseId, id, { ...content, text: content.text.replace('Анна', 'Анка') })
    const refused = await issueCase(office, at.petra, caseId).catch((error: unknown) => error)
    expect(refused).toEqual(refusal('issue.refused'))
    expect((refused as CaseRefusal).cause).toMatchObject({ code: 'approval.refused' })
    expect(await papers()).toBe(before)
    await replacePart(caseId, id, content)
    await issueCase(office, at.petra, caseId)
    expect(await papers()).toBe(before + 1)
  })

  test('one officer with the database, who writes the other’s decision themselves: nothing is issued', async () => {
    const { caseId } = await fresh(office)
    await gather(office, at.iris, caseId)
    await first(office, at.dario, caseId)
    await assignCase(office, at.dana, caseId)
    const { id, content } = await decided(caseId, at.dana)
    await releaseCase(office, at.dana, caseId)
    const mine = await at.dario.approve(
      decisionChallenge('approve', { over: 'list', digests: [orderDigest(orderIn(content, caseId))] }),
    )
    const approval = { ...mine, officer: at.dana.officer.id }
    await forge(
      caseId,
      'confirmation',
      { decision: id, agree: true, reason: '', approval },
      {
        kind: 'case.decided-second',
        body: { actor: `officer:${at.dana.officer.id}`, as: 'decision', outcome: 'approved' },
      },
    )
    await assignCase(office, at.petra, caseId)
    const before = await papers()
    await expect(issueCase(office, at.petra, caseId)).rejects.toEqual(refusal('issue.refused'))
    expect(await papers()).toBe(before)
  })

  test('an officer who was let go approves nothing any more', async () => {
    const own = await caseOffice()
    try {
      const names = ['iris', 'dario', 'dana', 'petra', 'sofia', 'sergio'] as const
      const seated = await Promise.all(names.map(async (name) => [name, await seat(own, name)] as const))
      const who = Object.fromEntries(seated) as Record<(typeof names)[number], Seated>
      const { caseId } = await submitted(own)
      await gather(own, who.iris, caseId)
      await first(own, who.dario, caseId)
      await second(own, who.dana, caseId)
      await assignCase(own, who.petra, caseId)
      const { record, challenge } = await own.signing.officers.draftEnrolment({
        kind: 'end',
        officerId: who.dario.officer.id,
      })
      await own.signing.officers.enrol(record, [
        await who.sofia.approve(challenge),
        await who.sergio.approve(challenge),
      ])
      await expect(issueCase(own, who.petra, caseId)).rejects.toEqual(refusal('issue.refused'))
      // It is not lost: two who are there decide anew.
      await sendBack(own, who.petra, caseId, { again: [], reason: 'Dario is gone.' })
      const delia = await seat(own, 'delia')
      await first(own, delia, caseId)
      await second(own, who.dana, caseId)
      await assignCase(own, who.petra, caseId)
      await issueCase(own, who.petra, caseId)
    } finally {
      await own.close()
    }
  })
})

test('P1: whatever two to four officers do, no paper is made without two of them', async () => {
  type Name = 'dario' | 'dana' | 'delia' | 'iris'
  const step = fc.record({
    who: fc.nat(3),
    what: fc.constantFrom(
      ...'take take take let-go first first first refuse second second second disagree notice settle issue'.split(
        ' ',
      ),
    ),
  })
  const runs = fc.record({
    officers: fc.shuffledSubarray<Name>(['dario', 'dana', 'delia', 'iris'], { minLength: 2, maxLength: 4 }),
    steps: fc.array(step, { minLength: 5, maxLength: 30 }),
  })
  const quietly = async (what: () => Promise<unknown>) => {
    try {
      await what()
    } catch (error) {
      if (!(error instanceof CaseRefusal)) throw error
    }
  }
  let approvedOnce = false
  await fc.assert(
    fc.asyncProperty(runs, async ({ officers, steps }) => {
      const { caseId } = await fresh(office)
      await gather(office, at.iris, caseId)
      const before = await papers()
      for (const { who, what } of steps) {
        const me = at[officers[who % officers.length]!]
        await quietly(async () => {
          const agree = { agree: true, reason: '' }
          switch (what) {
            case 'take':
              return assignCase(office, me, caseId)
            case 'let-go':
              return releaseCase(office, me, caseId)
            case 'first':
            case 'refuse': {
              const input = what === 'first' ? APPROVE : REFUSE
              await assignCase(office, me, caseId)
              const { challenge } = await decisionOver(office, me, caseId, input)
              return decideFirst(office, me, caseId, input, await me.approve(challenge))
            }
            case 'second': {
              await assignCase(office, me, caseId)
              const { challenge } = await decisionOver(office, me, caseId)
              return decideSecond(office, me, caseId, agree, await me.approve(challenge))
            }
            case 'disagree':
              return decideSecond(office, me, caseId, { agree: false, reason: 'No.' }, undefined)
            case 'notice':
              return openNotice(office, me, caseId, { origin: 'other', text: 'x' })
            case 'settle':
              return settleNotice(office, me, caseId, { outcome: 'no-obstacle', text: 'x' })
            default:
              await assignCase(office, at.petra, caseId)
              return issueCase(office, at.petra, caseId)
          }
        })
      }
      await quietly(() => assignCase(office, at.petra, caseId))
      await quietly(() => issueCase(office, at.petra, caseId))
      const events = await caseEvents(office, caseId)
      const made = (await papers()) - before
      expect(made).toBe(stateOf(events)?.status === 'production' ? 1 : 0)
      if (made === 0) return
      approvedOnce = true
      const parts = await openParts(office, at.petra, caseId)
      const { content } = decisionIn(events, parts)
      const { approval } = confirmationIn(events, parts)
      const over = { over: 'list', digests: [orderDigest(orderIn(content, caseId))] } as const
      expect(isApproval(approval)).toBe(true)
      expect(approval!.officer).not.toBe(content.approval.officer)
      for (const one of [content.approval, approval!])
        await office.signing.officers.checkApproval('approve', over, one)
    }),
    { numRuns: 25 },
  )
  expect(approvedOnce).toBe(true)
}, 120_000)

test('P8: bulk reading stops itself at the budget of the day, and goes on the next', async () => {
  const ivo = await seat(office, 'ivo')
  const { most } = await office.signing.officers.openings(ivo.token)
  const { caseId } = await fresh(office)
  await assignCase(office, ivo, caseId)
  await openCase(office, ivo, caseId)
  const [{ account_id: account }] = (await office.store.transaction((tx) =>
    tx.query<{ account_id: Uint8Array }>('select account_id from case_file where id = $1', [
      caseOctets(caseId),
    ]),
  )) as readonly [{ account_id: Uint8Array }]
  const day = new Date('2026-11-24T00:00:00Z')
  const officerId = Buffer.from(ivo.officer.id, 'hex')
  let stopped = 0
  for (let i = 0; i < 200; i++) {
    const id = office.random(16)
    const stream = `case/${Buffer.from(id).toString('hex')}`
    await office.store.transaction(async (tx) => {
      await tx.query(
        `insert into case_file (id, account_id, family_id, status, minor, waiting, notice, duplicate, officer_id, submitted, due)
         values ($1, $2, $1, 'intake', false, false, false, false, $3, $4, $4)`,
        [id, account, officerId, day],
      )
      await append(tx, [{ stream, kind: 'case.submitted', at: day, body: {} }])
    })
    const refused = await openCase(office, ivo, stream.slice(5)).catch((error: CaseRefusal) => error.code)
    if (refused === 'case.budget') stopped++
  }
  expect(stopped).toBe(200 - most + 1)
  // What was opened today stays open to whoever holds it.
  expect((await openCase(office, ivo, caseId)).openings).toBe(1)
  office.at('2026-11-25T10:00:00Z')
  expect((await openCase(office, await seat(office, 'ivo'), caseId)).openings).toBe(2)
}, 120_000)
