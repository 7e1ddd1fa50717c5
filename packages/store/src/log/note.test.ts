import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StoreError } from '../errors.ts'
import { encodeCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { cosignedMessage, encodeCosignature, parseCosignature } from './cosignature.ts'
import { EMPTY_ROOT, sha256 } from './hash.ts'
import { encodeNote, MAX_NOTE, MAX_SIGNATURES, parseNote, signatureLine, signersOf } from './note.ts'
import {
  encodeVerifierKey,
  type NoteSignatureType,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
} from './verifier-key.ts'
import { addCosignature, verifyCheckpoint } from './verify-checkpoint.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const WRONG = { code: 'log.checkpoint-wrong' }

interface Pair {
  readonly key: VerifierKey
  readonly secret: KeyObject
}

function pair(name: string, type: NoteSignatureType = 'ed25519'): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(12))
  return { key: verifierKey(name, raw, type), secret: privateKey }
}

const line = ({ key, secret }: Pair, text: Uint8Array) =>
  signatureLine({ name: key.name, id: key.id, value: sign(null, text, secret) })

function cosigned({ key, secret }: Pair, text: Uint8Array, at: Date): string {
  const signature = sign(null, cosignedMessage(text, at), secret)
  return signatureLine({ name: key.name, id: key.id, value: encodeCosignature({ at, signature }) })
}

describe('the example of the specification, and that of its first implementation', () => {
  test.each([
    [
      'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
      'This is an example message.\n',
      'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=',
    ],
    [
      'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
      'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
    ],
  ])('%s', (text, message, signature) => {
    const key = parseVerifierKey(text)
    expect(encodeVerifierKey(key)).toBe(text)
    const bytes = utf8(`${message}\n\u2014 ${key.name} ${signature}\n`)
    const note = parseNote(bytes)
    expect(new TextDecoder().decode(note.text)).toBe(message)
    expect(signersOf(note, [key])).toEqual([{ key }])
    expect(Buffer.from(encodeNote(note))).toEqual(Buffer.from(bytes))
    const other = parseNote(utf8(`${message.replace('h', 'H')}\n\u2014 ${key.name} ${signature}\n`))
    expect(() => signersOf(other, [key])).toThrow(StoreError)
  })

  test('every mangled verifier key is refused', () => {
    const text = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    for (let i = 0; i < text.length; i++) {
      const next = String.fromCharCode(text.charCodeAt(i) + 1)
      expect(() => parseVerifierKey(text.slice(0, i) + next + text.slice(i + 1))).toThrow(StoreError)
      expect(() => parseVerifierKey(text.slice(0, i))).toThrow(StoreError)
      expect(() => parseVerifierKey(text.slice(i + 1))).toThrow(StoreError)
    }
    // Another length, and another type, each with the id that would be right.
    for (const bad of [
      'cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
      '173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    ])
      expect(() => parseVerifierKey(`PeterNeumann+${bad}`)).toThrow(StoreError)
  })
})

describe('what is no note', () => {
  const signed = 'text\n\n\u2014 name AAAAAAA=\n'

  test('the smallest note is read', () => {
    expect(parseNote(utf8(signed)).signatures).toEqual([
      { name: 'name', id: '00000000', value: Uint8Array.of(0) },
    ])
    expect(parseNote(utf8(`a\n\nb\n\n\u2014 n AAAAAAA=\n`)).text).toEqual(utf8('a\n\nb\n'))
  })

  test.each([
    ['nothing', ''],
    ['no signature', 'text\n'],
    ['an empty line in place of a signature', 'text\n\n'],
    ['no newline at the end', signed.slice(0, -1)],
    ['a carriage return', signed.replace('\n', '\r\n')],
    ['a tab', signed.replace('text', 'te\txt')],
    ['a zero octet', signed.replace('text', 'te\0xt')],
    ['a hyphen in place of the dash', signed.replace('\u2014', '-')],
    ['two spaces', signed.replace('\u2014 ', '\u2014  ')],
    ['no name', signed.replace('name ', '')],
    ['a name with a plus', signed.replace('name', 'na+me')],
    ['a name with a space of another script', signed.replace('name', 'na\u00a0me')],
    ['a word after the signature', signed.replace('=\n', '= x\n')],
    ['Base 64 without its padding', signed.replace('=', '')],
    ['Base 64 with bits left over', signed.replace('AAA=', 'AAB=')],
    ['Base 64 for addresses', signed.replace('AAAAAAA', 'AA-AAAA')],
    ['a signature of nothing but an id', signed.replace('AAAAAAA=', 'AAAAAA==')],
    ['a line that is no signature among them', `${signed}text\n`],
  ])('%s', (_, text) => {
    expect(() => parseNote(utf8(text))).toThrow(expect.objectContaining(WRONG))
  })

  test('octets that are no UTF-8, a note too large, and one with too many signatures', () => {
    const bad = utf8(signed)
    bad[1] = 0xff
    expect(() => parseNote(bad)).toThrow(expect.objectContaining(WRONG))
    const one = '\u2014 name AAAAAAA=\n'
    expect(parseNote(utf8(`t\n\n${one.repeat(MAX_SIGNATURES)}`)).signatures).toHaveLength(MAX_SIGNATURES)
    expect(() => parseNote(utf8(`t\n\n${one.repeat(MAX_SIGNATURES + 1)}`))).toThrow(
      expect.objectContaining(WRONG),
    )
    expect(() => parseNote(utf8(`${'t'.repeat(MAX_NOTE)}${signed}`))).toThrow(expect.objectContaining(WRONG))
  })

  test('whatever the octets, a note comes back as it was or a typed error without a value is raised', () => {
    const piece = fc.constantFrom(
      '\n',
      '\n\n',
      '\u2014 ',
      ' ',
      'AAAAAAA=',
      'name',
      '\u00a0',
      '=',
      'QUJDREVG',
      '\0',
    )
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 24 })
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      text.map((parts) => utf8(parts.join(''))),
      text.map((parts) => utf8(`${parts.join('')}\n\n\u2014 name AAAAAAA=\n`)),
    )
    let read = 0
    fc.assert(
      fc.property(octets, (bytes) => {
        try {
          expect(Buffer.from(encodeNote(parseNote(bytes)))).toEqual(Buffer.from(bytes))
          read++
        } catch (error) {
          expect(error).toBeInstanceOf(StoreError)
          expect((error as StoreError).message).toBe('log.checkpoint-wrong')
        }
      }),
      { numRuns: 4000, seed: 6962 },
    )
    expect(read).toBeGreaterThan(100)
  })
})

describe('who signed a note', () => {
  const [log, witness, stranger] = [
    pair('log.example'),
    pair('w.example', 'cosignature/v1'),
    pair('s.example'),
  ]
  const text = encodeCheckpoint({ origin: 'log.example', size: 5, root: sha256(utf8('root')) })
  const at = new Date('2026-11-23T10:00:00Z')
  const note = (...lines: string[]) => parseNote(utf8(`${new TextDecoder().decode(text)}\n${lines.join('')}`))

  test('lines of other keys are passed over', () => {
    const parsed = note(line(stranger, text), line(log, text), cosigned(witness, text, at))
    expect(signersOf(parsed, [log.key, witness.key])).toEqual([{ key: log.key }, { key: witness.key, at }])
    expect(signersOf(parsed, [])).toEqual([])
  })

  test('a line of a known key that does not stand makes the whole note wrong', () => {
    const parsed = note(line(log, text), line({ ...log, secret: stranger.secret }, text))
    expect(() => signersOf(parsed, [log.key])).toThrow(expect.objectContaining(WRONG))
    expect(() => signersOf(note(line(log, utf8('other\n'))), [log.key])).toThrow(StoreError)
  })

  test('a key with the same name and id but other octets is not mixed up with it', () => {
    const twin = { ...log.key, publicKey: stranger.key.publicKey }
    expect(() => signersOf(note(line(log, text)), [log.key, twin])).toThrow(StoreError)
    expect(() => signersOf(note(line(log, text)), [twin])).toThrow(StoreError)
  })

  test('a cosignature is over its time as well, and a plain signature is none', () => {
    const late = new Date(at.getTime() + 1000)
    const value = encodeCosignature({
      at: late,
      signature: sign(null, cosignedMessage(text, at), witness.secret),
    })
    const { name, id } = witness.key
    expect(() => signersOf(note(signatureLine({ name, id, value })), [witness.key])).toThrow(StoreError)
    expect(() => signersOf(note(line(witness, text)), [witness.key])).toThrow(StoreError)
    expect(new TextDecoder().decode(cosignedMessage(text, at))).toMatch(
      /^cosignature\/v1\ntime 1795428000\nlog\.example\n5\n/,
    )
    expect(parseCosignature(new Uint8Array(71))).toBeUndefined()
    expect(parseCosignature(new Uint8Array(72).fill(0xff))).toBeUndefined()
  })

  test('a key that is no point of the curve signs nothing', () => {
    const none = verifierKey('log.example', new Uint8Array(32).fill(0xff), 'ed25519')
    const value = new Uint8Array(64)
    expect(() => signersOf(note(signatureLine({ ...none, value })), [none])).toThrow(
      expect.objectContaining(WRONG),
    )
  })
})

describe('checkpoints', () => {
  const log = pair('log.example')
  const root = sha256(utf8('root'))
  const b64 = Buffer.from(root).toString('base64')
  const text = encodeCheckpoint({ origin: 'log.example', size: 20852163, root })

  test('a checkpoint is read as written', () => {
    expect(new TextDecoder().decode(text)).toBe(`log.example\n20852163\n${b64}\n`)
    expect(parseCheckpoint(text)).toEqual({ origin: 'log.example', size: 20852163, root })
    expect(parseCheckpoint(encodeCheckpoint({ origin: 'o', size: 0, root: EMPTY_ROOT })).size).toBe(0)
  })

  test.each([
    ['no origin', `\n5\n${b64}\n`],
    ['a size with a zero before it', `o\n05\n${b64}\n`],
    ['a negative size', `o\n-5\n${b64}\n`],
    ['a size with a point', `o\n5.0\n${b64}\n`],
    ['a size that a number cannot hold', `o\n9007199254740993\n${b64}\n`],
    ['an empty tree with another root', `o\n0\n${b64}\n`],
    ['a short root', `o\n5\n${b64.slice(0, 40)}\n`],
    ['a root in another spelling', `o\n5\n${b64.slice(0, -1)}\n`],
    ['a line more', `o\n5\n${b64}\nmore\n`],
    ['an empty line more', `o\n5\n${b64}\n\n`],
    ['a line less', 'o\n5\n'],
    ['no newline', `o\n5\n${b64}`],
  ])('%s is refused', (_, bad) => {
    expect(() => parseCheckpoint(utf8(bad))).toThrow(expect.objectContaining(WRONG))
  })

  test('it counts only under its own origin and signed by its own key', () => {
    const bytes = encodeNote({ text, signatures: [] })
    const whole = utf8(new TextDecoder().decode(bytes) + line(log, text))
    expect(openCheckpoint(whole, log.key).size).toBe(20852163)
    expect(() => openCheckpoint(whole, pair('log.example').key)).toThrow(StoreError)
    const other = { ...log, key: verifierKey('other.example', log.key.publicKey, 'ed25519') }
    const foreign = utf8(new TextDecoder().decode(bytes) + line(other, text))
    expect(() => openCheckpoint(foreign, other.key)).toThrow(expect.objectContaining(WRONG))
  })
})

describe('a quorum of witnesses', () => {
  const log = pair('log.example')
  const [a, b, c] = ['a', 'b', 'c'].map((name) => pair(`${name}.example`, 'cosignature/v1')) as [
    Pair,
    Pair,
    Pair,
  ]
  const text = encodeCheckpoint({ origin: 'log.example', size: 5, root: sha256(utf8('root')) })
  const at = new Date('2026-11-23T10:00:00Z')
  const plain = utf8(`${new TextDecoder().decode(text)}\n${line(log, text)}`)
  const both = addCosignature(
    addCosignature(plain, cosigned(a, text, at), a.key),
    cosigned(b, text, at),
    b.key,
  )
  const keys = [a.key, b.key, c.key]

  test('enough accept it, one too few do not', () => {
    expect(verifyCheckpoint(both, log.key, keys, 2)).toMatchObject({ size: 5, witnesses: [{ at }, { at }] })
    expect(() => verifyCheckpoint(both, log.key, keys, 3)).toThrow(expect.objectContaining(WRONG))
    expect(() => verifyCheckpoint(both, log.key, [b.key], 2)).toThrow(expect.objectContaining(WRONG))
    expect(verifyCheckpoint(plain, log.key, keys, 0).witnesses).toEqual([])
    expect(() => verifyCheckpoint(plain, log.key, keys, Number.NaN)).toThrow(RangeError)
  })

  test('without the log itself no number of witnesses is enough', () => {
    const without = encodeNote({ text, signatures: parseNote(both).signatures.slice(1) })
    expect(() => verifyCheckpoint(without, log.key, keys, 2)).toThrow(expect.objectContaining(WRONG))
  })

  test('one witness under two names, one line twice, and the log itself count no more for it', () => {
    const again: Pair = { key: verifierKey('x.example', a.key.publicKey, 'cosignature/v1'), secret: a.secret }
    const self: Pair = {
      key: verifierKey('y.example', log.key.publicKey, 'cosignature/v1'),
      secret: log.secret,
    }
    let note = addCosignature(plain, cosigned(a, text, at), a.key)
    note = addCosignature(note, cosigned(again, text, at), again.key)
    note = addCosignature(note, cosigned(self, text, at), self.key)
    note = utf8(new TextDecoder().decode(note) + cosigned(a, text, at))
    expect(verifyCheckpoint(note, log.key, [a.key, again.key, self.key], 1).witnesses).toHaveLength(1)
    expect(() => verifyCheckpoint(note, log.key, [a.key, again.key, self.key], 2)).toThrow(StoreError)
  })

  test('a line is put under a note only if it stands; a later one of the same witness takes its place', () => {
    const late = new Date(at.getTime() + 5000)
    const later = addCosignature(both, cosigned(a, text, late), a.key)
    expect(parseNote(later).signatures).toHaveLength(3)
    expect(verifyCheckpoint(later, log.key, [a.key], 1).witnesses).toMatchObject([{ at: late }])
    expect(() => addCosignature(both, cosigned(a, text, at), b.key)).toThrow(expect.objectContaining(WRONG))
    expect(() => addCosignature(both, cosigned(c, utf8('other\n'), at), c.key)).toThrow(StoreError)
    expect(() => addCosignature(both, `${cosigned(c, text, at)}${cosigned(a, text, at)}`, c.key)).toThrow(
      StoreError,
    )
  })
})
