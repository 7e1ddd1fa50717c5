import * as node from 'node:crypto'
import { type HashName, hashLength, type PublicKey, type SignatureAlgorithm } from '@nansen/formats/pki'
import { concat } from '@nansen/formats/tlv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  adapters,
  answer,
  flipped,
  message,
  publicKeyOf,
  type Signed,
} from '../../../../test/crypto-adapters.ts'
import { webCrypto } from './browser.ts'
import { type NodeCryptoModule, nodeCrypto } from './node.ts'

const HASHES: readonly HashName[] = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512']

test('digests are the same in every adapter', async () => {
  for (const hash of HASHES)
    for (const { crypto } of adapters) {
      const digest = await crypto.digest(hash, message)
      expect(Buffer.from(digest).toString('hex')).toBe(node.createHash(hash).update(message).digest('hex'))
      expect(digest.length).toBe(hashLength(hash))
    }
})

describe('any key and any algorithm', () => {
  const rsa = node.generateKeyPairSync('rsa', { modulusLength: 1536 })
  const dsa = node.generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
  const p256 = node.generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const brainpool = node.generateKeyPairSync('ec', { namedCurve: 'brainpoolP224r1' })
  const pss = { padding: node.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  const signed = (
    { publicKey, privateKey }: { publicKey: node.KeyObject; privateKey: node.KeyObject },
    algorithm: SignatureAlgorithm,
    options: object = {},
  ): Signed => ({
    algorithm,
    key: publicKeyOf(publicKey),
    signature: new Uint8Array(node.sign(algorithm.hash, message, { key: privateKey, ...options })),
  })
  const kinds: readonly Signed[] = [
    signed(rsa, { scheme: 'rsa-pkcs1', hash: 'sha256' }),
    signed(rsa, { scheme: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 }, pss),
    signed(p256, { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' }),
    signed(p256, { scheme: 'ecdsa', hash: 'sha256', encoding: 'plain' }, { dsaEncoding: 'ieee-p1363' }),
    signed(brainpool, { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' }),
    signed(brainpool, { scheme: 'ecdsa', hash: 'sha256', encoding: 'plain' }, { dsaEncoding: 'ieee-p1363' }),
    signed(dsa, { scheme: 'dsa', hash: 'sha256' }),
  ]
  const unknown: PublicKey = { kind: 'unknown', oid: '1.3.101.112', encoded: kinds[0]!.key.encoded }

  test('a key of another kind than the algorithm is invalid', async () => {
    for (const { algorithm, signature } of kinds)
      for (const { key } of [...kinds, { key: unknown }])
        if (!kinds.some((right) => right.algorithm === algorithm && right.key.kind === key.kind))
          expect(await answer({ algorithm, key, signature })).toBe('invalid')
  })

  test('a signature with octets changed, cut or put in is invalid, and never an exception', async () => {
    const change = fc.record({
      kind: fc.constantFrom(...kinds),
      at: fc.nat(),
      remove: fc.nat(4),
      insert: fc.uint8Array({ maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ kind, at, remove, insert }) => {
        const { signature } = kind
        const from = at % (signature.length + 1)
        const changed = concat(signature.subarray(0, from), insert, signature.subarray(from + remove))
        const same = Buffer.from(changed).equals(signature)
        expect(await answer({ ...kind, signature: changed })).toBe(same ? 'valid' : 'invalid')
      }),
      { numRuns: 400 },
    )
  })

  test('any octets for a signature are invalid, and never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 200 }), async (kind, octets) => {
        expect(await answer({ ...kind, signature: octets })).toBe('invalid')
      }),
      { numRuns: 400 },
    )
  })

  test('memory shared between threads is read by copy', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(message.length))
    shared.set(message)
    for (const kind of kinds) expect(await answer(kind, shared)).toBe('valid')
  })
})

describe('what a platform lacks', () => {
  const { privateKey, publicKey } = node.generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })
  const key = publicKeyOf(publicKey)
  if (key.kind !== 'ec') throw new Error('an EC key was made')
  const algorithm = { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' } as const
  const signature = new Uint8Array(node.sign('sha256', message, privateKey))

  test('a build of OpenSSL without the curve leaves the answer open, and does not call the key bad', async () => {
    const refuse = () => {
      throw new Error('unknown group')
    }
    const lacking: NodeCryptoModule = { ...node, createPublicKey: refuse }
    expect(await nodeCrypto(lacking).verify(algorithm, key, message, signature)).toBe('unsupported')
    const bad = { ...key, point: flipped(key.point, 100) }
    expect(await nodeCrypto(node).verify(algorithm, bad, message, signature)).toBe('invalid')
  })

  test('a key is imported into WebCrypto once, however often it is asked for', async () => {
    const { subtle } = globalThis.crypto
    let imports = 0
    const counting = {
      digest: (name: string, bytes: BufferSource) => subtle.digest(name, bytes),
      verify: (...args: Parameters<SubtleCrypto['verify']>) => subtle.verify(...args),
      importKey: (...args: Parameters<SubtleCrypto['importKey']>) => {
        imports++
        return subtle.importKey(...args)
      },
    } as unknown as SubtleCrypto
    const pair = node.generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const p256 = publicKeyOf(pair.publicKey)
    const signed = new Uint8Array(node.sign('sha256', message, pair.privateKey))
    const crypto = webCrypto(counting)
    for (let i = 0; i < 3; i++) expect(await crypto.verify(algorithm, p256, message, signed)).toBe('valid')
    expect(imports).toBe(1)
  })
})
