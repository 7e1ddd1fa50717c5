import { encodeElement, Fields } from '../tlv/index.ts'
import type { Deviation } from './deviation.ts'
import { openFile } from './file.ts'
import { type PublicKeyInfo, readPublicKeyInfo } from './public-key-info.ts'

const CITES = '9303-10 §4.7.15'

export interface Dg15 {
  readonly publicKey: PublicKeyInfo
  readonly deviations: readonly Deviation[]
}

/**
 * DG15, the key of active authentication: `6F { SubjectPublicKeyInfo }`. It proves nothing unless its hash
 * is in the security object. [9303-10 §4.7.15]
 * @param bytes the file and nothing after it
 * @throws FormatError lds.public-key, tlv.*, der.*
 */
export function parseDg15(bytes: Uint8Array): Dg15 {
  const { file, deviations } = openFile(bytes, 0x6f, CITES)
  const inside = new Fields(file, CITES)
  const publicKey = readPublicKeyInfo(inside.any(), deviations)
  inside.end()
  return { publicKey, deviations: deviations.list }
}

/** @param publicKey a SubjectPublicKeyInfo, encoded */
export function encodeDg15(publicKey: Uint8Array): Uint8Array {
  return encodeElement(0x6f, publicKey)
}
