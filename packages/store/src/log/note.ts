import { StoreError } from '../errors.ts'
import { cosignedMessage, parseCosignature } from './cosignature.ts'
import { base64, concat, hex, parseBase64, sameBytes, unhex, utf8 } from './octets.ts'

import { isKeyName, type VerifierKey, verifyEd25519 } from './verifier-key.ts'

/** Octets of a note; room for a hundred witnesses. */
export const MAX_NOTE = 128 * 1024
export const MAX_SIGNATURES = 100

/** A line of a note, not yet checked. */
export interface NoteSignature {
  readonly name: string
  /** 8 hexadecimal digits: which of the keys of that name. */
  readonly id: string
  /** Without the id. */
  readonly value: Uint8Array
}

/** A text with signatures under it. C2SP signed-note. */
export interface Note {
  /** As it is signed, with its last newline. */
  readonly text: Uint8Array
  readonly signatures: readonly NoteSignature[]
}

/** A signature that stands. */
export interface Signer {
  readonly key: VerifierKey
  /** When, for a cosignature. */
  readonly at?: Date
}

/**
 * Reads a signed note; nothing is checked against a key yet.
 * @throws StoreError log.checkpoint-wrong for whatever is not exactly a note, or is larger than it may be
 */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > MAX_NOTE) throw malformed()
  const whole = textOf(bytes)
  const blank = whole.lastIndexOf('\n\n')
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole) || !whole.endsWith('\n') || blank < 0) throw malformed()
  const lines = whole.slice(blank + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw malformed()
  const signatures = lines.map(parseSignatureLine)
  const text = utf8(whole.slice(0, blank + 1))
  return { text, signatures }
}

/** `text` has a newline at its end and no blank line at its end. */
export function encodeNote({ text, signatures }: Note): Uint8Array {
  const lines = signatures.map(signatureLine).join('')
  return concat(text, utf8(`\n${lines}`))
}

/** `— name base64(id ‖ signature)`, with its newline. */
export function signatureLine({ name, id, value }: NoteSignature): string {
  return `\u2014 ${name} ${base64(concat(unhex(id), value))}\n`
}

/** One such line, without its newline. @throws StoreError log.checkpoint-wrong */
export function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(' ')
  const value = encoded === undefined ? undefined : parseBase64(encoded)
  if (dash !== '\u2014' || name === undefined || !isKeyName(name) || more.length > 0) throw malformed()
  if (value === undefined || value.length < 5) throw malformed()
  return { name, id: hex(value.subarray(0, 4)), value: value.subarray(4) }
}

/**
 * The keys that signed a note, each once. Lines of other keys are passed over; a line of one of these keys that does not
 * stand makes the whole note wrong.
 * @throws StoreError log.checkpoint-wrong
 */
export function signersOf(note: Note, keys: readonly VerifierKey[]): readonly Signer[] {
  const signers = new Map<VerifierKey, Signer>()
  for (const signature of note.signatures) {
    const named = keys.filter(({ name, id }) => name === signature.name && id === signature.id)
    if (named.some(({ publicKey }) => !sameBytes(publicKey, named[0]!.publicKey))) throw malformed()
    const key = named[0]
    if (key === undefined) continue
    const signer = check(note.text, signature, key)
    if (signer === undefined) throw malformed()
    signers.set(key, signer)
  }
  return [...signers.values()]
}

function check(text: Uint8Array, { value }: NoteSignature, key: VerifierKey): Signer | undefined {
  if (key.type === 'ed25519') return verifyEd25519(key.publicKey, text, value) ? { key } : undefined
  const cosignature = parseCosignature(value)
  if (cosignature === undefined) return undefined
  const message = cosignedMessage(text, cosignature.at)
  return verifyEd25519(key.publicKey, message, cosignature.signature)
    ? { key, at: cosignature.at }
    : undefined
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed()
  }
}

function malformed(): StoreError {
  return new StoreError('log.checkpoint-wrong')
}
