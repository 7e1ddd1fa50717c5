import * as node from 'node:crypto'
import { type PublicKey, parsePublicKey, type SignatureAlgorithm } from '@nansen/formats/pki'
import { expect } from 'vitest'
import { webCrypto } from '../packages/inspection/src/crypto/browser.ts'
import type { Crypto, SignatureAnswer } from '../packages/inspection/src/crypto/crypto.ts'
import { nodeCrypto } from '../packages/inspection/src/crypto/node.ts'

const { subtle } = globalThis.crypto

/** A WebCrypto that will take no key: what is then left is the arithmetic of the browser adapter. */
const keyless = {
  digest: (name: string, bytes: BufferSource) => subtle.digest(name, bytes),
  importKey: () => Promise.reject(new DOMException('refused for this test', 'NotSupportedError')),
} as unknown as SubtleCrypto

/** Every adapter that is shipped, and the browser's with WebCrypto taken away from it. */
export const adapters: readonly { readonly name: string; readonly crypto: Crypto }[] = [
  { name: 'node:crypto', crypto: nodeCrypto(node) },
  { name: 'WebCrypto', crypto: webCrypto(subtle) },
  { name: 'JavaScript alone', crypto: webCrypto(keyless) },
]

/** What was signed in a test where nothing else is said. */
export const message = new TextEncoder().encode('what the issuer signed')

export interface Signed {
  readonly algorithm: SignatureAlgorithm
  readonly key: PublicKey
  readonly signature: Uint8Array
}

export const publicKeyOf = (key: node.KeyObject): PublicKey =>
  parsePublicKey(new Uint8Array(key.export({ format: 'der', type: 'spki' })))

/** The one answer of all adapters; where they differ, who said what. */
export async function answer(
  { algorithm, key, signature }: Signed,
  text: Uint8Array = message,
): Promise<SignatureAnswer | string> {
  const answers: SignatureAnswer[] = []
  for (const { crypto } of adapters) answers.push(await crypto.verify(algorithm, key, text, signature))
  if (new Set(answers).size === 1) return answers[0]!
  return adapters.map(({ name }, i) => `${name}: ${answers[i]}`).join(', ')
}

/** The octets with one bit turned over, the first octet's highest being 0. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const other = bytes.slice()
  other[bit >> 3]! ^= 0x80 >> (bit & 7)
  return other
}

/** Valid as it stands, and invalid with another message or signature. */
export async function expectSound(signed: Signed): Promise<void> {
  const { signature } = signed
  expect(await answer(signed)).toBe('valid')
  expect(await answer(signed, flipped(message, 3))).toBe('invalid')
  expect(await answer({ ...signed, signature: flipped(signature, 8 * signature.length - 9) })).toBe('invalid')
}
