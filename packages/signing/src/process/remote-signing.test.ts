import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { KeyConnection } from './connect.ts'
import { openRemoteSigning } from './remote-signing.ts'
import { line, MOST_ANSWER } from './wire.ts'

const random = (octets: number) => new Uint8Array(randomBytes(octets))
const GREETING = line({ nansen: 'keys', version: 1, ceremony: false })
const KEYS = { keys: [], wrappingPoint: `04${'ab'.repeat(64)}` }
const id = (n: number) => new Uint8Array(16).fill(n)

interface Asked {
  readonly number: number
  readonly verb: string
  readonly intents?: readonly string[]
}

/** The other end of the wire, which does as the test says; it answers the question for keys by itself. */
class Peer {
  readonly connections: { readonly from: PassThrough; readonly to: PassThrough; abandoned: boolean }[] = []
  readonly heard: string[] = []
  /** What it does on a question: the text that it sends, now or later. */
  onQuestion: (asked: Asked, send: (text: string) => void) => void = () => {}
  greeting = GREETING
  starts = true

  connect = async (): Promise<KeyConnection> => {
    if (!this.starts) throw new Error('it does not start')
    const [from, to] = [new PassThrough(), new PassThrough()]
    const connection = { from, to, abandoned: false }
    this.connections.push(connection)
    to.write(this.greeting)
    from.on('data', (chunk: Buffer) => {
      for (const text of chunk.toString().trim().split('\n')) {
        this.heard.push(text)
        const asked = JSON.parse(text) as Asked
        const send = (answer: string) => void (to.destroyed || to.write(answer))
        if (asked.verb === 'keys') send(line({ number: asked.number, answer: KEYS }))
        else this.onQuestion(asked, send)
      }
    })
    return {
      questions: from,
      answers: to,
      close: async () => void to.end(),
      abandon() {
        connection.abandoned = true
        to.end()
      },
    }
  }
}

async function opened(timeout = 2000) {
  const peer = new Peer()
  const signing = await openRemoteSigning({ connect: peer.connect, random, timeout })
  return { peer, signing }
}

const signed = ({ number, intents = [] }: Asked): string =>
  line({ number, answer: intents.map((intent) => `30${intent}`) })

test('answers find their question by its number, in whatever order they come', async () => {
  const { peer, signing } = await opened()
  const held: (() => void)[] = []
  peer.onQuestion = (asked, send) => {
    held.push(() => send(signed(asked)))
    if (held.length === 3) for (const answer of held.reverse()) answer()
  }
  const answers = await Promise.all([1, 2, 3].map((n) => signing.finish([id(n)])))
  expect(answers.map(([signature]) => signature?.[1])).toEqual([1, 2, 3])
  await signing.close()
})

test('to the keys go a verb, a number and ids of intents, and nothing else', async () => {
  const { peer, signing } = await opened()
  peer.onQuestion = (asked, send) => {
    if (asked.verb === 'finish') send(signed(asked))
    else if (asked.verb === 'open') send(line({ number: asked.number, answer: [] }))
    else send(line({ number: asked.number, answer: 'cd'.repeat(32) }))
  }
  await signing.finish([id(1), id(2)])
  await signing.openCases([id(3)])
  await signing.indexKey()
  await signing.indexKey()
  expect(peer.heard).toEqual([
    '{"number":1,"verb":"keys"}',
    `{"number":2,"verb":"finish","intents":["${'01'.repeat(16)}","${'02'.repeat(16)}"]}`,
    `{"number":3,"verb":"open","intents":["${'03'.repeat(16)}"]}`,
    '{"number":4,"verb":"index"}',
  ])
  await signing.close()
})

test('many intents go in several questions, and their signatures come back in order', async () => {
  const { peer, signing } = await opened()
  peer.onQuestion = (asked, send) => send(signed(asked))
  const intents = Array.from({ length: 2500 }, (_, n) => new Uint8Array(new Uint32Array([n, n, n, n]).buffer))
  const signatures = await signing.finish(intents)
  expect(peer.heard.length).toBe(4)
  expect(signatures.map((signature) => signature.slice(1))).toEqual(intents)
  await signing.close()
})

test('a refusal crosses as its code', async () => {
  const { peer, signing } = await opened()
  peer.onQuestion = ({ number }, send) => send(line({ number, refusal: 'intent.voided' }))
  await expect(signing.finish([id(1)])).rejects.toMatchObject({
    name: 'SigningRefusal',
    code: 'intent.voided',
  })
  await signing.close()
})

test('keys that cannot be opened say why before anything is asked', async () => {
  const peer = new Peer()
  peer.greeting = line({ refusal: 'passphrase.wrong' })
  const opening = openRemoteSigning({ connect: peer.connect, random, timeout: 2000 })
  await expect(opening).rejects.toMatchObject({ name: 'SigningRefusal', code: 'passphrase.wrong' })
  expect(peer.connections[0]?.abandoned).toBe(true)
})

test('no answer in time is an outage, and an answer that comes later is nobody else’s', async () => {
  const { peer, signing } = await opened(150)
  let late = () => {}
  peer.onQuestion = (asked, send) => {
    late = () => send(signed(asked))
  }
  await expect(signing.finish([id(1)])).rejects.toMatchObject({
    name: 'SigningOutage',
    message: 'key process: no answer in time',
  })
  peer.onQuestion = (asked, send) => {
    late()
    send(signed(asked))
  }
  expect((await signing.finish([id(2)]))[0]?.[1]).toBe(2)
  expect(peer.connections.length).toBe(1)
  await signing.close()
})

test('a process that stays silent is given up, and another takes its place', async () => {
  const { peer, signing } = await opened(100)
  for (const n of [1, 2])
    await expect(signing.finish([id(n)])).rejects.toMatchObject({ name: 'SigningOutage' })
  expect(peer.connections[0]?.abandoned).toBe(true)
  peer.onQuestion = (asked, send) => send(signed(asked))
  expect((await signing.finish([id(3)]))[0]?.[1]).toBe(3)
  expect(peer.connections.length).toBe(2)
  await signing.close()
})

test('a process that is slow and not silent is kept', async () => {
  const { peer, signing } = await opened(100)
  for (const n of [1, 2, 3]) {
    peer.onQuestion = () => {}
    await expect(signing.finish([id(n)])).rejects.toMatchObject({ name: 'SigningOutage' })
    peer.onQuestion = (asked, send) => send(signed(asked))
    await signing.finish([id(n)])
  }
  expect(peer.connections.length).toBe(1)
  await signing.close()
})

test('a process that does not even greet is an outage, and the next question starts another', async () => {
  const peer = new Peer()
  peer.greeting = ''
  const opening = openRemoteSigning({ connect: peer.connect, random, timeout: 100 })
  await expect(opening).rejects.toMatchObject({ name: 'SigningOutage' })
})

test('a process that dies in the middle fails everybody who waits, and the next question starts another', async () => {
  const { peer, signing } = await opened()
  peer.onQuestion = () => void peer.connections[0]?.to.end()
  const waiting = [1, 2, 3].map((n) => signing.finish([id(n)]))
  for (const each of waiting) await expect(each).rejects.toMatchObject({ name: 'SigningOutage' })
  peer.onQuestion = (asked, send) => send(signed(asked))
  expect((await signing.finish([id(4)]))[0]?.[1]).toBe(4)
  expect(peer.connections.length).toBe(2)
  await signing.close()
})

test('a process that cannot be started is an outage each time it is asked for', async () => {
  const { peer, signing } = await opened()
  peer.onQuestion = () => void peer.connections[0]?.to.end()
  await expect(signing.finish([id(1)])).rejects.toMatchObject({ name: 'SigningOutage' })
  peer.starts = false
  for (const n of [2, 3])
    await expect(signing.finish([id(n)])).rejects.toMatchObject({
      name: 'SigningOutage',
      message: 'key process: out of reach',
    })
  peer.starts = true
  peer.onQuestion = (asked, send) => send(signed(asked))
  expect((await signing.finish([id(4)]))[0]?.[1]).toBe(4)
  await signing.close()
})

const WRONG: readonly (readonly [string, (asked: Asked) => string])[] = [
  ['one signature too few', ({ number }) => line({ number, answer: ['3000'] })],
  ['one signature too many', ({ number }) => line({ number, answer: ['3000', '3000', '3000'] })],
  ['signatures that are no octets', ({ number }) => line({ number, answer: ['30', 'no'] })],
  ['an empty signature', ({ number }) => line({ number, answer: ['30', ''] })],
  ['an endless signature', ({ number }) => line({ number, answer: ['30', '30'.repeat(3000)] })],
  ['the answer to another question', ({ number }) => line({ number, answer: KEYS })],
  ['an answer to nothing asked', ({ number }) => line({ number: number + 1, answer: ['30', '30'] })],
  ['no number', () => line({ answer: ['30', '30'] })],
  ['neither answer nor refusal', ({ number }) => line({ number })],
  ['a refusal that is no code', ({ number }) => line({ number, refusal: 'Utopia, Anna Maria' })],
  ['no JSON', () => 'hello\n'],
  ['a list', () => '[]\n'],
  ['a line without end', () => 'x'.repeat(MOST_ANSWER + 1)],
]

test.each(WRONG)('%s is an outage, and that connection is not used again', async (_, wrong) => {
  const { peer, signing } = await opened()
  peer.onQuestion = (asked, send) => send(wrong(asked))
  await expect(signing.finish([id(1), id(2)])).rejects.toMatchObject({ name: 'SigningOutage' })
  expect(peer.connections[0]?.abandoned).toBe(true)
  peer.onQuestion = (asked, send) => send(signed(asked))
  expect((await signing.finish([id(3)]))[0]?.[1]).toBe(3)
  await signing.close()
})

test('another device behind the wire than at the beginning is noticed', async () => {
  const { peer, signing } = await opened()
  expect((await signing.keys()).size).toBe(0)
  const before = KEYS.wrappingPoint
  try {
    KEYS.wrappingPoint = `04${'cd'.repeat(64)}`
    await expect(signing.keys()).rejects.toMatchObject({ name: 'SigningOutage' })
  } finally {
    KEYS.wrappingPoint = before
  }
  await signing.close()
  expect(peer.connections.length).toBe(1)
})

test('closing lets the process end', async () => {
  const { peer, signing } = await opened()
  const ended = once(peer.connections[0]!.to, 'close')
  await signing.close()
  await ended
  expect(peer.connections[0]?.abandoned).toBe(false)
})
