import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SigningKey, SigningRefusal } from '../signing.ts'
import { connectKeySocket } from './connect.ts'
import { openRemoteSigning } from './remote-signing.ts'
import { runKeyProcess, type ServedKeys } from './run-key-process.ts'
import { serveKeySocket } from './serve-key-socket.ts'
import { MOST_INTENTS, MOST_QUESTION } from './wire.ts'

const random = (octets: number) => new Uint8Array(randomBytes(octets))

const KEY: SigningKey = {
  id: 'document-signer-1',
  purpose: 'document-signer',
  algorithm: 'P-256',
  state: 'UT',
  publicKey: Uint8Array.of(0x30, 0),
  notBefore: new Date('2026-11-01T00:00:00Z'),
  notAfter: new Date('2027-02-01T00:00:00Z'),
  most: 1000,
}

/** In place of the device and the database; it signs an id with itself. */
const keyService: ServedKeys = {
  wrappingPoint: new Uint8Array(65).fill(4),
  keys: async () => new Map([[KEY.id, KEY]]),
  indexKey: async () => new Uint8Array(32).fill(9),
  async finish(intents) {
    if (intents.some(([first]) => first === 0xee)) throw new SigningRefusal('intent.unknown')
    if (intents.some(([first]) => first === 0xff)) throw new Error('Anna Maria Eriksson, L898902C3')
    return intents
  },
  openCases: async (intents) => intents.map((caseId) => ({ caseId, key: new Uint8Array(32).fill(7) })),
  answerOfficers: async () => null,
  makeKey: async (spec) => ({ ...spec, publicKey: KEY.publicKey }),
}

const reported: unknown[] = []
const report = (error: unknown) => void reported.push(error)
beforeEach(() => void reported.splice(0))

/** Everything that is answered to these lines, the greeting apart. */
async function answersTo(lines: readonly (string | Uint8Array)[], ceremony = false): Promise<unknown[]> {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const running = runKeyProcess({ keyService, input, output, ceremony, report })
  for (const each of lines) input.write(each)
  input.end()
  await running
  output.end()
  const [greeting, ...answers] = (await text(output))
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each))
  expect(greeting).toEqual({ nansen: 'keys', version: 1, ceremony })
  return answers
}

const intent = 'ab'.repeat(16)

describe('questions', () => {
  test('are answered one after another', async () => {
    const answers = await answersTo([
      `{"number":1,"verb":"finish","intents":["${intent}"]}\n{"number":2,"verb":"open","intents":["${intent}"]}\n`,
      '{"number":3,"ver',
      'b":"index"}\n',
      '{"number":4,"verb":"keys"}\n',
    ])
    expect(answers).toEqual([
      { number: 1, answer: [intent] },
      { number: 2, answer: [[intent, '07'.repeat(32)]] },
      { number: 3, answer: '09'.repeat(32) },
      expect.objectContaining({
        number: 4,
        answer: expect.objectContaining({ wrappingPoint: '04'.repeat(65) }),
      }),
    ])
  })

  test('that are refused are answered with the code alone, and that fail with no word of why', async () => {
    const answers = await answersTo([
      `{"number":1,"verb":"finish","intents":["${'ee'.repeat(16)}"]}\n`,
      `{"number":2,"verb":"finish","intents":["${'ff'.repeat(16)}"]}\n`,
    ])
    expect(answers).toEqual([
      { number: 1, refusal: 'intent.unknown' },
      { number: 2, outage: 'key-process.failed' },
    ])
    expect(reported.length).toBe(1)
  })

  const make = `{"number":1,"verb":"make","spec":${JSON.stringify(KEY)}}\n`

  test('for a new key are refused unless the process was started for a ceremony', async () => {
    expect(await answersTo([make])).toEqual([{ number: 1, outage: 'wire.question' }])
    expect(await answersTo([make], true)).toMatchObject([
      { number: 1, answer: { id: KEY.id, publicKey: '3000' } },
    ])
  })

  test.each([
    ['no JSON', 'finish everything'],
    ['no object', '[1]'],
    ['no number', `{"verb":"index"}`],
    ['a verb that signs what is handed in', `{"number":1,"verb":"sign","bytes":"3000"}`],
    ['an id too short', `{"number":1,"verb":"finish","intents":["ab"]}`],
    ['ids that are no list', `{"number":1,"verb":"finish","intents":"${intent}"}`],
    [
      'too many ids',
      `{"number":1,"verb":"finish","intents":${JSON.stringify(Array(MOST_INTENTS + 1).fill(intent))}}`,
    ],
    ['a key of an unknown kind', `{"number":1,"verb":"make","spec":{"id":"x","purpose":"all"}}`],
  ])('with %s are answered as such, and the next one is heard', async (_, question) => {
    const [first, second] = await answersTo([`${question}\n`, '{"number":7,"verb":"index"}\n'])
    expect(first).toMatchObject({ outage: 'wire.question' })
    expect(second).toMatchObject({ number: 7 })
  })

  test.each([
    ['without end', 'x'.repeat(MOST_QUESTION + 1)],
    ['too long', `${'x'.repeat(MOST_QUESTION + 1)}\n`],
  ])('%s are neither waited for nor answered', async (_, question) => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const running = runKeyProcess({ keyService, input, output, report })
    input.write(question)
    await running
    output.end()
    expect(reported).toMatchObject([{ name: 'WireError' }])
    expect((await text(output)).trim().split('\n').length).toBe(1)
  })

  test('of any shape are answered with something, once each', async () => {
    const number = fc.oneof(fc.nat(), fc.string(), fc.constant(undefined))
    const verb = fc.oneof(fc.constantFrom('finish', 'open', 'index', 'keys', 'make'), fc.string())
    const question = fc.oneof(
      fc.record({ number, verb, intents: fc.anything(), spec: fc.anything() }),
      fc.jsonValue(),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 1 }), async (questions) => {
        const lines = questions.map((each) => `${JSON.stringify(each) ?? 'null'}\n`)
        const answers = (await answersTo(lines)) as { number: number }[]
        expect(answers.length).toBe(questions.length)
        for (const answer of answers) expect(Number.isSafeInteger(answer.number)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a socket', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nansen-socket-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const path = () => join(folder, 'keys')

  test('serves several offices at once', async () => {
    const socket = await serveKeySocket(path(), { keyService, report })
    const offices = await Promise.all(
      [1, 2, 3].map(() => openRemoteSigning({ connect: connectKeySocket(path()), random, timeout: 2000 })),
    )
    const answers = await Promise.all(offices.map((office, n) => office.finish([new Uint8Array(16).fill(n)])))
    expect(answers.map(([signature]) => signature?.[0])).toEqual([0, 1, 2])
    expect((await offices[0]!.keys()).get(KEY.id)).toEqual(KEY)
    await offices[0]!.close()
    await socket.close()
    await expect(offices[1]!.finish([new Uint8Array(16)])).rejects.toMatchObject({ name: 'SigningOutage' })
    // Served again, it is found again.
    const again = await serveKeySocket(path(), { keyService, report })
    expect(await offices[1]!.finish([new Uint8Array(16)])).toHaveLength(1)
    for (const office of offices) await office.close()
    await again.close()
  })

  test('makes no keys', async () => {
    const socket = await serveKeySocket(path(), { keyService, report })
    const office = await openRemoteSigning({ connect: connectKeySocket(path()), random, timeout: 2000 })
    await expect(office.makeKey(KEY)).rejects.toMatchObject({ name: 'SigningOutage' })
    await office.close()
    await socket.close()
  })

  test.each([0o755, 0o770, 0o701, 0o777])(
    'in a folder that others may enter (%o) is refused',
    async (mode) => {
      chmodSync(folder, mode)
      await expect(serveKeySocket(path(), { keyService, report })).rejects.toMatchObject({
        name: 'SocketRefusal',
      })
      chmodSync(folder, 0o700)
    },
  )

  test('left over from a process that is gone is replaced; one in use, or a file, is not', async () => {
    const first = await serveKeySocket(path(), { keyService, report })
    await expect(serveKeySocket(path(), { keyService, report })).rejects.toThrow('Another key process')
    await first.close()
    writeFileSync(path(), '')
    await expect(serveKeySocket(path(), { keyService, report })).rejects.toThrow('something else')
  })
})
