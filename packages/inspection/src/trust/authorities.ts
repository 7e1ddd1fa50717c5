import { type Certificate, countryOf, type Name, OIDS } from '@nansen/formats/pki'
import { latin1 } from '@nansen/formats/tlv'
import type { Anchors } from './anchors.ts'

/**
 * Which names stand for one authority. A state may have several that have nothing to do with each other: under
 * `CN` stand China, Hong Kong and Macao, elsewhere the authority of passports stands beside that of identity
 * cards. So one country is not enough, and what shows that a name followed another is taken from the trusted
 * certificates: a link from the one to the other, or one key under both. [9303-12 appendix D.1.2]
 */
export class Authorities {
  readonly #anchors: Anchors
  #size = -1
  #above = new Map<string, string>()

  constructor(anchors: Anchors) {
    this.#anchors = anchors
  }

  /** Whether both names are known to be of one authority. */
  same(a: Name, b: Name): boolean {
    if (this.#size !== this.#anchors.size) this.#read()
    const country = countryOf(a)
    return country !== undefined && country === countryOf(b) && this.#top(keyOf(a)) === this.#top(keyOf(b))
  }

  #read(): void {
    this.#size = this.#anchors.size
    this.#above = new Map()
    const nameOfKey = new Map<string, Certificate>()
    for (const { certificate } of this.#anchors.all()) {
      this.#join(certificate.issuer, certificate.subject)
      const key = latin1(certificate.publicKey.encoded)
      const other = nameOfKey.get(key)
      if (other === undefined) nameOfKey.set(key, certificate)
      else this.#join(other.subject, certificate.subject)
    }
  }

  #join(a: Name, b: Name): void {
    if (countryOf(a) === countryOf(b)) this.#above.set(this.#top(keyOf(a)), this.#top(keyOf(b)))
  }

  #top(key: string): string {
    let top = key
    for (let next = this.#above.get(top); next !== undefined && next !== top; next = this.#above.get(top))
      top = next
    return top
  }
}

/**
 * A name without the serial number that counts an authority's keys, and without the order of its parts: lists
 * have the same authority in both orders.
 */
function keyOf({ parts }: Name): string {
  return JSON.stringify(
    parts
      .flat()
      .filter(({ type }) => type !== OIDS.serialNumber)
      .map(
        ({ type, value }) => `${type}=${value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')}`,
      )
      .sort(),
  )
}
