import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import { beginSession, endSession, readSession, writeSession } from './session.ts'

let office: TestCaseOffice
beforeAll(async () => {
  office = await caseOffice()
})
beforeEach(() => office.at('2026-11-24T10:03:20Z'))
afterAll(() => office.close())

const rows = () =>
  office.store.transaction((tx) =>
    tx.query<{ id: Uint8Array; content: Uint8Array; ends: Date }>('select * from session order by ends'),
  )

describe('a session', () => {
  test('remembers what it is told until it is ended', async () => {
    const token = await beginSession(office, { who: 'canary-of-a-session' }, 30)
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await readSession(office, token)).toEqual({ who: 'canary-of-a-session' })
    await writeSession(office, token, { page: 2 })
    expect(await readSession(office, token)).toEqual({ page: 2 })
    await endSession(office, token)
    expect(await readSession(office, token)).toBeUndefined()
    await writeSession(office, token, { page: 3 })
    expect(await readSession(office, token)).toBeUndefined()
  })

  test('ends by itself, at a full ten minutes, and its row goes with the next one (P10)', async () => {
    const token = await beginSession(office, {}, 30)
    expect((await rows()).at(-1)!.ends.toISOString()).toBe('2026-11-24T10:40:00.000Z')
    office.at('2026-11-24T10:40:00Z')
    expect(await readSession(office, token)).toBeUndefined()
    await beginSession(office, {}, 30)
    expect(await rows()).toHaveLength(1)
  })

  test('goes on while it is read, for half a day at the most', async () => {
    const token = await beginSession(office, { who: 'me' }, 30)
    office.at('2026-11-24T10:25:00Z')
    expect(await readSession(office, token)).toEqual({ who: 'me' })
    office.at('2026-11-24T10:55:00Z')
    await writeSession(office, token, { who: 'still me' })
    for (let minutes = 0; minutes < 11 * 60; minutes += 25) {
      office.at(new Date(Date.UTC(2026, 10, 24, 10, 55 + minutes)))
      expect(await readSession(office, token)).toEqual({ who: 'still me' })
    }
    office.at('2026-11-24T22:05:00Z')
    expect(await readSession(office, token)).toEqual({ who: 'still me' })
    office.at('2026-11-24T22:10:00Z')
    expect(await readSession(office, token)).toBeUndefined()
  })

  test('is nothing that a thief of the database can read, or sign in with (P7)', async () => {
    const token = await beginSession(office, { who: 'canary-of-a-session' }, 30)
    const other = await beginSession(office, { who: 'somebody else' }, 30)
    const stored = Buffer.concat((await rows()).flatMap(({ id, content }) => [id, content]))
    expect(stored.includes('canary')).toBe(false)
    for (const one of [token, other]) expect(stored.includes(Buffer.from(one, 'base64url'))).toBe(false)
    for (const { id } of await rows())
      expect(await readSession(office, Buffer.from(id).toString('base64url'))).toBeUndefined()
  })

  test('of one is not that of another, though its row be put in the other’s place', async () => {
    const mine = await beginSession(office, { who: 'me' }, 30)
    const before = await rows()
    const theirs = await beginSession(office, { who: 'them' }, 30)
    const row = (await rows()).find(({ id }) => !before.some((one) => Buffer.from(one.id).equals(id)))!
    await office.store.transaction((tx) =>
      tx.query('update session set content = $1 where id <> $2', [row.content, row.id]),
    )
    await expect(readSession(office, mine)).rejects.toMatchObject({ code: 'sealed.altered' })
    expect(await readSession(office, theirs)).toEqual({ who: 'them' })
  })

  test('is not begun by a text that is no token', async () => {
    for (const text of ['', 'x', `${'A'.repeat(42)}B`, 'a'.repeat(5000), '../../etc'])
      expect(await readSession(office, text)).toBeUndefined()
  })
})
