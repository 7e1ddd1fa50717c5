import { write as der } from '@nansen/formats/der'
import { type HashName, hashLength, OIDS, type PublicKey, type SignatureAlgorithm } from '@nansen/formats/pki'
import { concat, sameBytes } from '@nansen/formats/tlv'
import { modPow, toInteger, toOctets } from './integers.ts'

/**
 * RSA signatures checked with whole numbers, where a platform refuses the key, the hash or the salt.
 * Only the public operation is here.
 */

type RsaKey = Extract<PublicKey, { kind: 'rsa' }>
type RsaAlgorithm = Extract<SignatureAlgorithm, { scheme: 'rsa-pkcs1' | 'rsa-pss' }>
type Digest = (hash: HashName, bytes: Uint8Array) => Promise<Uint8Array>

/**
 * @param signature as long as the modulus
 * @param digest the hash of the message, and inside the encoding
 */
export async function verifyRsa(
  algorithm: RsaAlgorithm,
  key: RsaKey,
  message: Uint8Array,
  signature: Uint8Array,
  digest: Digest,
): Promise<boolean> {
  const modulus = toInteger(key.modulus)
  const representative = toInteger(signature)
  if (representative >= modulus) return false
  const encoded = modPow(representative, toInteger(key.exponent), modulus)
  const messageHash = await digest(algorithm.hash, message)
  if (algorithm.scheme === 'rsa-pss') {
    const bits = key.bits - 1
    const block = toOctets(encoded, Math.ceil(bits / 8))
    return block !== undefined && (await verifyPss(algorithm, block, bits, messageHash, digest))
  }
  const expected = pkcs1Block(algorithm.hash, messageHash, key.modulus.length)
  return expected !== undefined && encoded === toInteger(expected)
}

/**
 * The one block that a signature may open to. It is made anew and compared whole: readers that parsed the
 * opened block instead were led to accept forgeries (CVE-2006-4339). [RFC8017 §8.2.2, §9.2]
 */
function pkcs1Block(hash: HashName, messageHash: Uint8Array, length: number): Uint8Array | undefined {
  const digestInfo = der.sequence(
    der.sequence(der.oid(OIDS[hash]), der.nullValue()),
    der.octetString(messageHash),
  )
  if (length < digestInfo.length + 11) return undefined
  const padding = new Uint8Array(length - digestInfo.length - 3).fill(0xff)
  return concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), digestInfo)
}

/** [RFC8017 §9.1.2], whose steps the numbers are. */
async function verifyPss(
  { hash, mgfHash, saltLength }: Extract<RsaAlgorithm, { scheme: 'rsa-pss' }>,
  block: Uint8Array,
  bits: number,
  messageHash: Uint8Array,
  digest: Digest,
): Promise<boolean> {
  const hashOctets = hashLength(hash)
  const dataLength = block.length - hashOctets - 1
  if (dataLength < saltLength + 1) return false // 3
  if (block[block.length - 1] !== 0xbc) return false // 4
  const masked = block.subarray(0, dataLength) // 5
  const inner = block.subarray(dataLength, dataLength + hashOctets)
  const unused = 8 * block.length - bits
  if (masked[0]! >> (8 - unused) !== 0) return false // 6
  const mask = await mgf1(mgfHash, inner, dataLength, digest) // 7
  const data = masked.map((octet, i) => octet ^ mask[i]!) // 8
  data[0]! &= 0xff >> unused // 9
  const salt = data.subarray(dataLength - saltLength)
  const separator = dataLength - saltLength - 1
  if (data[separator] !== 1 || data.subarray(0, separator).some((octet) => octet !== 0)) return false // 10
  return sameBytes(await digest(hash, concat(new Uint8Array(8), messageHash, salt)), inner) // 11 to 14
}

/** [RFC8017 §B.2.1] */
async function mgf1(hash: HashName, seed: Uint8Array, length: number, digest: Digest): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let counter = 0; counter * hashLength(hash) < length; counter++)
    parts.push(await digest(hash, concat(seed, Uint8Array.of(0, 0, 0, counter))))
  return concat(...parts).subarray(0, length)
}
