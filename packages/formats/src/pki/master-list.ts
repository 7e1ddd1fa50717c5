import { parseSignedData, type SignedData } from '../cms/signed-data.ts'
import { readSmallInteger, tags } from '../der/index.ts'
import { FormatError } from '../format-error.ts'
import { childrenOf, Fields, type Rules, readOnly } from '../tlv/index.ts'
import { OIDS } from './oids.ts'

/** Octets; the German list of 588 certificates is below 1 MiB. */
export const MAX_MASTER_LIST = 16 * 1024 * 1024
/** Certificates in one list: far more than all states' keys in use. */
const MAX_CERTIFICATES = 20_000

/** A master list: the CSCA certificates that a state or organisation holds to be genuine. [9303-12 §9] */
export interface MasterList {
  readonly encoded: Uint8Array
  readonly signedData: SignedData
  /** Each listed certificate's bytes, unparsed, so that one odd certificate does not lose the list. */
  readonly certificates: readonly Uint8Array[]
}

/**
 * ```asn1
 * CscaMasterList ::= SEQUENCE { version INTEGER (0), certList SET OF Certificate }
 * ```
 * Nothing is verified here. [9303-12 §9]
 * @throws FormatError pki.master-list-*, cms.*, tlv.*, der.*
 */
export function parseMasterList(bytes: Uint8Array, rules?: Rules): MasterList {
  if (bytes.length > MAX_MASTER_LIST) throw new FormatError('pki.master-list-too-large', 0, '9303-12 §9')
  const signedData = parseSignedData(bytes, rules)
  if (signedData.contentType !== OIDS.cscaMasterList)
    throw new FormatError('cms.content-type', 0, '9303-12 §9')
  const list = readOnly(signedData.content)
  const fields = new Fields(list, '9303-12 §9', tags.SEQUENCE)
  if (readSmallInteger(fields.take(tags.INTEGER)) !== 0)
    throw new FormatError('pki.master-list-version', list.start, '9303-12 §9')
  const certificates = childrenOf(fields.take(tags.SET), MAX_CERTIFICATES).map((element) => element.encoded)
  fields.end()
  if (certificates.length === 0) throw new FormatError('pki.master-list-empty', list.start, '9303-12 §9')
  return { encoded: bytes, signedData, certificates }
}
