import * as node from 'node:crypto'
import { write as der } from '@nansen/formats/der'
import {
  CURVES,
  encodeEcPublicKey,
  encodePssParameters,
  type HashName,
  OIDS,
  parsePublicKey,
  type SignatureAlgorithm,
} from '@nansen/formats/pki'
import { concat } from '@nansen/formats/tlv'
import type { SignatureAnswer } from '@nansen/inspection'
import type { Question } from './job.ts'

const HASHES: readonly HashName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']
const OPENSSL_NAMES: Readonly<Record<string, string>> = { 'P-192': 'prime192v1', 'P-224': 'secp224r1' }
const message = new TextEncoder().encode('what the issuer signed')
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** A question with the answer that it must get. */
export interface Answered {
  readonly question: Question
  readonly expected: SignatureAnswer
}

/** What a WebCrypto may lack or refuse, signed here: each once as it is and once with a bit turned over. */
export function oddQuestions(): readonly Answered[] {
  return [...curves(), ...rsaKeys(), ...secondHashes(), ...dsaKeys()]
}

function both(algorithm: SignatureAlgorithm, spki: Uint8Array, signature: Uint8Array): Answered[] {
  const altered = signature.slice()
  altered[altered.length - 2]! ^= 1
  const ask = (signed: Uint8Array): Question => ({
    algorithm,
    key: base64(spki),
    message: base64(message),
    signature: base64(signed),
  })
  return [
    { question: ask(signature), expected: 'valid' },
    { question: ask(altered), expected: 'invalid' },
  ]
}

const spkiOf = (key: node.KeyObject): Uint8Array =>
  new Uint8Array(key.export({ format: 'der', type: 'spki' }))

/** Every curve with every hash, in both encodings, under the whole point and the compressed one. */
function curves(): Answered[] {
  return CURVES.flatMap((curve) => {
    const pair = node.generateKeyPairSync('ec', { namedCurve: OPENSSL_NAMES[curve.name] ?? curve.name })
    const whole = spkiOf(pair.publicKey)
    const key = parsePublicKey(whole)
    if (key.kind !== 'ec') throw new Error('an EC key was made')
    const sign = key.point[2 * curve.size]! & 1
    const point = concat(Uint8Array.of(2 + sign), key.point.subarray(1, 1 + curve.size))
    const compressed = encodeEcPublicKey(curve, point, 'named')
    return HASHES.flatMap((hash) =>
      (['der', 'plain'] as const).flatMap((encoding) => {
        const dsaEncoding = encoding === 'der' ? 'der' : 'ieee-p1363'
        const signature = new Uint8Array(node.sign(hash, message, { key: pair.privateKey, dsaEncoding }))
        const algorithm = { scheme: 'ecdsa', hash, encoding } as const
        return [whole, compressed].flatMap((spki) => both(algorithm, spki, signature))
      }),
    )
  })
}

/** Lengths and exponents that are seldom or never met, with every hash and several lengths of salt. */
function rsaKeys(): Answered[] {
  const padding = node.constants.RSA_PKCS1_PSS_PADDING
  const keys: readonly (readonly [number, number])[] = [
    [1025, 65537],
    [1030, 3],
    [2047, 0x94f1],
    [2048, 4294967291],
  ]
  return keys.flatMap(([modulusLength, publicExponent]) => {
    const { privateKey, publicKey } = node.generateKeyPairSync('rsa', { modulusLength, publicExponent })
    return HASHES.flatMap((hash) => [
      ...both(
        { scheme: 'rsa-pkcs1', hash },
        spkiOf(publicKey),
        new Uint8Array(node.sign(hash, message, privateKey)),
      ),
      ...[0, 20, 33].flatMap((saltLength) =>
        both(
          { scheme: 'rsa-pss', hash, mgfHash: hash, saltLength },
          spkiOf(publicKey),
          new Uint8Array(node.sign(hash, message, { key: privateKey, padding, saltLength })),
        ),
      ),
    ])
  })
}

/** Another hash inside MGF1 than over the message; node:crypto takes it only from a key restricted to it. */
function secondHashes(): Answered[] {
  const { privateKey, publicKey } = node.generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pkcs1 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs1' }))
  const padding = node.constants.RSA_PKCS1_PSS_PADDING
  const saltLength = 20
  return HASHES.flatMap((hash) =>
    HASHES.filter((other) => other !== hash).flatMap((mgfHash) => {
      const parameters = encodePssParameters({ hash, mgfHash, saltLength: 0 })
      const pkcs8 = der.sequence(
        der.integer(0),
        der.sequence(der.oid(OIDS.rsaPss), parameters),
        der.octetString(pkcs1),
      )
      const key = node.createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
      const signature = new Uint8Array(node.sign(hash, message, { key, padding, saltLength }))
      return both({ scheme: 'rsa-pss', hash, mgfHash, saltLength }, spkiOf(publicKey), signature)
    }),
  )
}

function dsaKeys(): Answered[] {
  const { privateKey, publicKey } = node.generateKeyPairSync('dsa', {
    modulusLength: 2048,
    divisorLength: 224,
  })
  return HASHES.flatMap((hash) =>
    both({ scheme: 'dsa', hash }, spkiOf(publicKey), new Uint8Array(node.sign(hash, message, privateKey))),
  )
}
