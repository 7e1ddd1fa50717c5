import { encodeElement } from '../tlv/index.ts'
import {
  type DateTime,
  dateDigits,
  dateTimeDigits,
  encodeDigits,
  type PartialDate,
  readDate,
  readDateTime,
} from './dates.ts'
import { type DetailGroup, encodeDetails, readDetails } from './detail-fields.ts'
import type { Deviation } from './deviation.ts'
import type { RawElement } from './file.ts'
import { encodeText, readText } from './text.ts'

const CITES = '9303-10 §4.7.12'

/** What DG12 says of the document, as it is written there. All text is untrusted. */
export interface Dg12Fields {
  readonly issuingAuthority?: string | undefined
  readonly dateOfIssue?: PartialDate | undefined
  readonly otherPersons?: readonly string[] | undefined
  /**
   * Endorsements and observations. Nansen documents state the return right here, on a line of its own in
   * the form that `return-right.ts` writes and finds: `RETURN RIGHT: UNTIL 2031-05-01`. It is the same
   * sentence as on the page, so that page, text and code in DG13 can be compared.
   */
  readonly endorsements?: string | undefined
  readonly taxOrExit?: string | undefined
  /** Images of the document. */
  readonly front?: Uint8Array | undefined
  readonly rear?: Uint8Array | undefined
  readonly personalised?: DateTime | undefined
  /** Serial number of the system that personalised the document. */
  readonly personalisationSystem?: string | undefined
}

export interface Dg12 extends Dg12Fields {
  readonly unknown: readonly RawElement[]
  readonly deviations: readonly Deviation[]
}

const ISSUING_AUTHORITY = 0x5f19
const DATE_OF_ISSUE = 0x5f26
const OTHER_PERSON = 0x5f1a
const ENDORSEMENTS = 0x5f1b
const TAX_OR_EXIT = 0x5f1c
const FRONT = 0x5f1d
const REAR = 0x5f1e
const PERSONALISED = 0x5f55
const SYSTEM = 0x5f56

const GROUP: DetailGroup = {
  tag: 0x6c,
  cites: CITES,
  names: OTHER_PERSON,
  order: [
    ...[ISSUING_AUTHORITY, DATE_OF_ISSUE, OTHER_PERSON, ENDORSEMENTS, TAX_OR_EXIT],
    ...[FRONT, REAR, PERSONALISED, SYSTEM],
  ],
  former: new Map([
    [0x5f85, PERSONALISED],
    [0x5f86, SYSTEM],
  ]),
}

/**
 * DG12, additional document details. [9303-10 §4.7.12]
 * @param bytes the file and nothing after it
 * @throws FormatError lds.count, tlv.*
 */
export function parseDg12(bytes: Uint8Array): Dg12 {
  const { fields, names, unknown, deviations } = readDetails(bytes, GROUP)
  const text = (tag: number): string | undefined => {
    const element = fields.get(tag)
    return element && readText(element, deviations, CITES)
  }
  const octets = (tag: number): Uint8Array | undefined => {
    const element = fields.get(tag)
    if (element?.length === 0) deviations.add('lds.element-empty', element.start, CITES)
    return element?.content
  }
  const issued = fields.get(DATE_OF_ISSUE)
  const personalised = fields.get(PERSONALISED)
  return {
    issuingAuthority: text(ISSUING_AUTHORITY),
    dateOfIssue: issued && readDate(issued, deviations, CITES),
    otherPersons: names,
    endorsements: text(ENDORSEMENTS),
    taxOrExit: text(TAX_OR_EXIT),
    front: octets(FRONT),
    rear: octets(REAR),
    personalised: personalised && readDateTime(personalised, deviations, CITES),
    personalisationSystem: text(SYSTEM),
    unknown,
    deviations: deviations.list,
  }
}

/** @throws RangeError for an empty text, half a character, or a date that does not exist */
export function encodeDg12(fields: Dg12Fields): Uint8Array {
  const text = (tag: number, value: string | undefined) =>
    value === undefined ? undefined : encodeText(tag, value)
  const octets = (tag: number, value: Uint8Array | undefined) => value && encodeElement(tag, value)
  const { dateOfIssue, personalised } = fields
  const elements = new Map([
    [ISSUING_AUTHORITY, text(ISSUING_AUTHORITY, fields.issuingAuthority)],
    [DATE_OF_ISSUE, dateOfIssue && encodeDigits(DATE_OF_ISSUE, dateDigits(dateOfIssue))],
    [ENDORSEMENTS, text(ENDORSEMENTS, fields.endorsements)],
    [TAX_OR_EXIT, text(TAX_OR_EXIT, fields.taxOrExit)],
    [FRONT, octets(FRONT, fields.front)],
    [REAR, octets(REAR, fields.rear)],
    [PERSONALISED, personalised && encodeDigits(PERSONALISED, dateTimeDigits(personalised))],
    [SYSTEM, text(SYSTEM, fields.personalisationSystem)],
  ])
  return encodeDetails(GROUP, elements, fields.otherPersons)
}
