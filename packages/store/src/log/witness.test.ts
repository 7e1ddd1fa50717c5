import { sign } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { happen, type LogPlace, logPlace, noteKey, ORIGIN } from '../../../../test/logs.ts'
import { testStore } from '../../../../test/stores.ts'
import type { Store } from '../store.ts'
import { EMPTY_ROOT, sha256 } from './hash.ts'
import {
  addCosignature,
  encodeCheckpoint,
  type Log,
  openWitness,
  parseNote,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
  verifyCheckpoint,
  type Witness,
} from './index.ts'
import { encodeNote } from './note.ts'

const at = new Date('2026-11-23T10:00:00Z')
const own = noteKey()
const key = verifierKey('ruritania.example/witness', own.raw, 'cosignature/v1')

let place: LogPlace
let store: Store
let log: Log
let recorded: Uint8Array[] = []
beforeEach(async () => {
  place = await logPlace()
  store = await testStore()
  log = await place.open(store)
  recorded = []
  for (const count of [3, 4, 300]) {
    await happen(store, log, count)
    await log.sequence()
    sizes.set(log.checkpoint.size, log.note)
  }
}, 60_000)
afterEach(async () => {
  await store.close()
  await place.remove()
})
const sizes = new Map<number, Uint8Array>()

function witness(logs: readonly VerifierKey[] = [log.key], secret = own.secret): Witness {
  return openWitness({
    store,
    key,
    logs,
    record: async (_, toBeSigned) => recorded.push(toBeSigned) - 1,
    finish: async (id) => new Uint8Array(sign(null, recorded[id]!, secret)),
  })
}

const ask = async (oldSize: number, size: number) => ({
  note: sizes.get(size)!,
  oldSize,
  proof: await log.consistencyProof(oldSize, size),
  at,
})

const refused = (reason: string, has?: number) =>
  expect.objectContaining({ code: 'log.witness-refuses', reason, has })

describe('a witness', () => {
  test('cosigns the first checkpoint it sees, then what follows from it, and the same one again', async () => {
    const lines = [await witness().cosign(await ask(0, 3))]
    lines.push(await witness().cosign(await ask(3, 7)), await witness().cosign(await ask(7, 307)))
    const again = new Date(at.getTime() + 60_000)
    lines.push(await witness().cosign({ ...(await ask(307, 307)), at: again }))
    expect(await witness().seen(ORIGIN)).toEqual({ size: 307, root: log.checkpoint.root })
    for (const [i, size] of [3, 7, 307, 307].entries()) {
      const note = addCosignature(sizes.get(size)!, lines[i]!, key)
      const accepted = verifyCheckpoint(note, log.key, [key], 1)
      expect(accepted).toMatchObject({ size, witnesses: [{ key, at: i === 3 ? again : at }] })
    }
  })

  test('refuses a size that it has not cosigned last, and says which it has', async () => {
    await expect(witness().cosign(await ask(3, 7))).rejects.toThrow(refused('other-size', 0))
    await witness().cosign(await ask(0, 7))
    await expect(witness().cosign(await ask(3, 307))).rejects.toThrow(refused('other-size', 7))
    await expect(witness().cosign(await ask(0, 3))).rejects.toThrow(refused('other-size', 7))
    await expect(witness().cosign({ ...(await ask(3, 3)), oldSize: 7 })).rejects.toThrow(refused('malformed'))
    expect((await witness().seen(ORIGIN)).size).toBe(7)
  })

  test('refuses a second history: of another size, of the same size, and one of the past', async () => {
    await witness().cosign(await ask(0, 7))
    const other = await place.copy()
    await rm(join(other.root, 'checkpoints'), { recursive: true })
    await rm(other.folder, { recursive: true })
    const elsewhere = await testStore()
    const forked = await other.open(elsewhere)
    for (const count of [7, 3]) {
      await happen(elsewhere, forked, count)
      await forked.sequence()
      const { size } = forked.checkpoint
      const request = { note: forked.note, oldSize: 7, proof: await forked.consistencyProof(7, size), at }
      await expect(witness().cosign(request)).rejects.toThrow(refused('not-consistent'))
      await expect(witness().cosignFromFolder(other.folder, at)).rejects.toThrow(refused('not-consistent'))
    }
    expect(await witness().seen(ORIGIN)).toMatchObject({ size: 7 })
    expect(recorded).toHaveLength(1)
    await elsewhere.close()
    await other.remove()
  })

  test('survives being opened again: it still knows what it has seen', async () => {
    const first = witness()
    await first.cosign(await ask(0, 307))
    await expect(witness().cosign(await ask(0, 7))).rejects.toThrow(refused('other-size', 307))
  })

  test('refuses every proof with one bit turned over, and one that is too long or too short', async () => {
    await witness().cosign(await ask(0, 3))
    const right = await ask(3, 307)
    for (const [i, hash] of right.proof.entries())
      for (const bit of [0, 100, 255]) {
        const turned = Uint8Array.from(hash)
        turned[bit >> 3]! ^= 1 << (bit & 7)
        const proof = right.proof.with(i, turned)
        await expect(witness().cosign({ ...right, proof })).rejects.toThrow(refused('not-consistent'))
      }
    for (const proof of [[], right.proof.slice(1), [...right.proof, EMPTY_ROOT]])
      await expect(witness().cosign({ ...right, proof })).rejects.toThrow(refused('not-consistent'))
    await expect(witness().cosign({ ...(await ask(3, 3)), proof: [EMPTY_ROOT] })).rejects.toThrow(
      refused('not-consistent'),
    )
    await witness().cosign(right)
  })

  test('refuses a log that it does not watch, one signed by another key, and what is no checkpoint', async () => {
    const request = await ask(0, 3)
    await expect(witness([]).cosign(request)).rejects.toThrow(refused('unknown-log'))
    await expect(witness([]).seen(ORIGIN)).rejects.toThrow(refused('unknown-log'))
    const stranger = verifierKey(ORIGIN, noteKey().raw, 'ed25519')
    await expect(witness([stranger]).cosign(request)).rejects.toThrow(refused('not-signed'))
    const bare = encodeNote({
      text: parseNote(request.note).text,
      signatures: [{ ...key, value: new Uint8Array(72) }],
    })
    await expect(witness().cosign({ ...request, note: bare })).rejects.toThrow(refused('not-signed'))
    await expect(witness().cosign({ ...request, note: new Uint8Array(9) })).rejects.toThrow(
      refused('malformed'),
    )
    for (const oldSize of [-1, 0.5, Number.NaN])
      await expect(witness().cosign({ ...request, oldSize })).rejects.toThrow(refused('malformed'))
    expect(recorded).toHaveLength(0)
  })

  test('an empty tree signed with another root is refused', async () => {
    const text = encodeCheckpoint({ origin: ORIGIN, size: 0, root: sha256(new Uint8Array(1)) })
    const { name, id } = log.key
    const note = encodeNote({ text, signatures: [{ name, id, value: sign(null, text, place.key.secret) }] })
    await expect(witness().cosign({ note, oldSize: 0, proof: [], at })).rejects.toThrow(refused('malformed'))
  })

  test('nothing is recorded for signing without the state that goes with it, nor the state without it', async () => {
    const failing = openWitness({
      store,
      key,
      logs: [log.key],
      record: async () => {
        throw new Error('the ledger says no')
      },
      finish: async () => new Uint8Array(64),
    })
    await expect(failing.cosign(await ask(0, 3))).rejects.toThrow('the ledger says no')
    expect((await witness().seen(ORIGIN)).size).toBe(0)
  })

  test('killed between the state and its answer, it cosigns the same one when asked again', async () => {
    const dies = openWitness({
      store,
      key,
      logs: [log.key],
      record: async () => 0,
      finish: async () => {
        throw new Error('killed')
      },
    })
    await expect(dies.cosign(await ask(0, 3))).rejects.toThrow('killed')
    await expect(witness().cosign(await ask(0, 3))).rejects.toThrow(refused('other-size', 3))
    expect(await witness().cosign(await ask(3, 3))).toContain(key.name)
  })

  test('does not hand out a signature that is not its own', async () => {
    const wrong = witness([log.key], noteKey().secret)
    await expect(wrong.cosign(await ask(0, 3))).rejects.toMatchObject({ code: 'log.checkpoint-wrong' })
  })

  test('two requests at once: one is cosigned, and the state never goes back', async () => {
    await witness().cosign(await ask(0, 3))
    const both = await Promise.allSettled([
      witness().cosign(await ask(3, 7)),
      witness().cosign(await ask(3, 307)),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await witness().seen(ORIGIN)).size).toBe(both[0].status === 'fulfilled' ? 7 : 307)
  })
})

describe('from the public files alone', () => {
  test('a mirror is enough: the proof is made from its tiles', async () => {
    await witness().cosign(await ask(0, 3))
    const mirror = await place.copy()
    const line = await witness().cosignFromFolder(mirror.folder, at)
    await log.addCosignature(line, key)
    const published = await readFile(join(place.folder, 'checkpoint'))
    expect(verifyCheckpoint(published, log.key, [key], 1).size).toBe(307)
    await mirror.remove()
  })

  test('the line stays under the public checkpoint when the log is opened again, until the next one', async () => {
    await log.addCosignature(await witness().cosignFromFolder(place.folder, at), key)
    const cosigned = await place.read('checkpoint')
    const again = await place.open(store)
    expect(await place.read('checkpoint')).toEqual(cosigned)
    await happen(store, again, 1)
    const old = await witness().cosignFromFolder(place.folder, at)
    await again.sequence()
    expect(Uint8Array.from(await place.read('checkpoint'))).toEqual(again.note)
    await expect(again.addCosignature(old, key)).rejects.toMatchObject({ code: 'log.checkpoint-wrong' })
  })

  test('a mirror with a turned bit, a missing tile, or an older checkpoint is refused', async () => {
    await witness().cosign(await ask(0, 7))
    const mirror = await place.copy()
    const tile = join(mirror.folder, 'tile/0/000')
    const right = await readFile(tile)
    const turned = Uint8Array.from(right)
    turned[300]! ^= 1
    await writeFile(tile, turned)
    await expect(witness().cosignFromFolder(mirror.folder, at)).rejects.toThrow(refused('not-consistent'))
    await rm(tile)
    await expect(witness().cosignFromFolder(mirror.folder, at)).rejects.toThrow(refused('not-consistent'))
    await writeFile(tile, right)
    await witness().cosignFromFolder(mirror.folder, at)
    await writeFile(join(mirror.folder, 'checkpoint'), sizes.get(7)!)
    await expect(witness().cosignFromFolder(mirror.folder, at)).rejects.toThrow(refused('other-size', 307))
    await rm(join(mirror.folder, 'checkpoint'))
    await expect(witness().cosignFromFolder(mirror.folder, at)).rejects.toThrow(refused('malformed'))
    await mirror.remove()
  })
})

// A log of another implementation, with the requests that its witness answers 200 to.
describe('the sigsum log of a public witness implementation', () => {
  const origin = 'sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562'
  const octets = (digits: string) => Uint8Array.from(Buffer.from(digits, 'hex'))
  const theirs = () =>
    verifierKey(origin, octets('ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f'), 'ed25519')
  const note = (size: number, root: string, signature: string) =>
    new TextEncoder().encode(`${origin}\n${size}\n${root}\n\n\u2014 ${origin} ${signature}\n`)
  const one = note(
    1,
    'KgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    'UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=',
  )
  const three = note(
    3,
    'RcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=',
    'UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=',
  )
  const proof = ['2a01', '2a02'].map((begin) => octets(begin.padEnd(64, '0')))

  test('is cosigned, with its own proof and no other', async () => {
    const watching = witness([theirs()])
    expect(await watching.cosign({ note: one, oldSize: 0, proof: [], at })).toContain(key.name)
    const wrong = [proof[0]!, octets('2a02'.padEnd(60, '0').concat('0010'))]
    await expect(watching.cosign({ note: three, oldSize: 1, proof: wrong, at })).rejects.toThrow(
      refused('not-consistent'),
    )
    expect(await watching.cosign({ note: three, oldSize: 1, proof, at })).toContain(key.name)
    await expect(watching.cosign({ note: three, oldSize: 0, proof: [], at })).rejects.toThrow(
      refused('other-size', 3),
    )
  })

  test('a verifier key of another type than a log has is not taken for the witness', () => {
    const text = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
    const options = { store, logs: [], record: async () => 0, finish: async () => new Uint8Array(64) }
    expect(() => openWitness({ ...options, key: parseVerifierKey(text) })).toThrow('log.checkpoint-wrong')
  })
})
