/** A way in which a file departs from its standard and is read all the same, because issuers do this. */
export type LdsDeviationCode =
  | 'lds.padding-after-file' // zeros or ones after the last octet of the file
  | 'lds.bytes-after-file' // anything else there; no hash covers it
  | 'lds.length-not-minimal' // more length octets than needed
  | 'lds.element-order' // elements in another order than listed
  | 'lds.element-twice' // the later one is left out
  | 'lds.element-unknown' // kept raw
  | 'lds.element-empty' // present, with nothing in it
  | 'lds.element-of-lds-1.7' // a tag that only the technical report of 2004 has
  | 'lds.count-missing'
  | 'lds.count-differs' // another number of instances than stated
  | 'lds.tag-list-missing'
  | 'lds.tag-list-differs' // lists other elements than there are, or in another order
  | 'lds.names-unframed' // other names beside the template A0, not in it
  | 'lds.text-not-utf8' // read as ISO 8859-1
  | 'lds.date-bcd' // digits packed two an octet where characters belong
  | 'lds.date-short' // year alone, or year and month
  | 'lds.date-filler' // unknown parts as spaces, X or < where zeros belong
  | 'lds.date-unreadable' // no such date; left out
  | 'lds.biometric-header' // a header field of another length
  | 'lds.biometric-tag' // the record stands under the tag of the other format
  | 'lds.biometric-unknown' // a record in a format that is not read here
  | 'lds.face-record-length' // the record states another length than it has
  | 'lds.face-record-padding' // octets after the last face
  | 'lds.face-reserved' // reserved octets of a feature point that are not zero
  | 'lds.image-missing'
  | 'lds.image-kind' // neither JPEG nor JPEG 2000, or not the one stated
  | 'lds.image-padding' // zeros after the end of the image
  | 'lds.integer-without-sign' // a modulus that is negative as written
  | 'lds.security-infos-unsorted' // a SET that is not in DER order
  | 'lds.security-info-unreadable' // a known protocol with other content

/** One departure: the place, and the rule departed from. Never the value. */
export interface Deviation {
  readonly code: LdsDeviationCode
  /** Offset in bytes from the start of the file. */
  readonly at: number
  /** A tag of docs/standards.md with its section: `9303-10 §4.7.11`. */
  readonly cites: string
}

/** More than a real file has; a limit against crafted ones. */
const MOST = 100

/** Collects the deviations of one file; those beyond the first hundred add nothing and are dropped. */
export class Deviations {
  readonly #list: Deviation[] = []

  add(code: LdsDeviationCode, at: number, cites: string): void {
    if (this.#list.length < MOST) this.#list.push({ code, at, cites })
  }

  get list(): readonly Deviation[] {
    return this.#list
  }
}
