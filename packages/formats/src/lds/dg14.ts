import { inSetOrder, tags } from '../der/index.ts'
import * as der from '../der/write.ts'
import { childrenOf, encodeElement, Fields } from '../tlv/index.ts'
import type { Deviation } from './deviation.ts'
import { openFile } from './file.ts'
import { readSecurityInfo, type SecurityInfo } from './security-info.ts'

const CITES = '9303-10 §4.7.14'
/** More protocols than there are. */
const MOST = 100

export interface Dg14 {
  /** In the order of the file. */
  readonly securityInfos: readonly SecurityInfo[]
  readonly deviations: readonly Deviation[]
}

/**
 * DG14, what the chip can do: `6E { SET OF SecurityInfo }`. The set is often not in the order of DER; it
 * is never put in order here, because its hash is over what stands there. [9303-10 §4.7.14]
 * @param bytes the file and nothing after it
 * @throws FormatError tlv.*, der.oid-*
 */
export function parseDg14(bytes: Uint8Array): Dg14 {
  const { file, deviations } = openFile(bytes, 0x6e, CITES)
  const inside = new Fields(file, CITES)
  const set = inside.take(tags.SET)
  // Sweden has been met with octets behind the set.
  if (set.end !== file.contentEnd) deviations.add('lds.element-unknown', set.end, CITES)
  const elements = childrenOf(set, MOST)
  if (!inSetOrder(elements)) deviations.add('lds.security-infos-unsorted', set.start, 'X.690 §11.6')
  const securityInfos = elements.map((element) => readSecurityInfo(element, deviations))
  return { securityInfos, deviations: deviations.list }
}

/** @param securityInfos each already encoded; they are put into the order of DER */
export function encodeDg14(securityInfos: readonly Uint8Array[]): Uint8Array {
  return encodeElement(0x6e, der.setOf(...securityInfos))
}
