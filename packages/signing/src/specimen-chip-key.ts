import { generateKeyPairSync } from 'node:crypto'

export interface SpecimenChipKey {
  /** SubjectPublicKeyInfo, P-256, named curve. */
  readonly publicKey: Uint8Array
  /** PKCS#8 under a line that says what it is. [RFC7468 §10] */
  readonly privateKeyPem: string
}

/**
 * The key of a chip that does not exist, to be written beside a specimen for whoever tests a reader with it. A real chip
 * makes its own, and its private key is nobody's to have. P6
 */
export function makeSpecimenChipKey(): SpecimenChipKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
  return {
    publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    privateKeyPem: `SPECIMEN: test key of a chip that does not exist\n${pem}`,
  }
}
