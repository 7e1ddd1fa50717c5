import { readable } from '@nansen/formats'
import { type Certificate, type Name, nameKey, parseCertificate, readName } from '@nansen/formats/pki'
import { latin1, readElement, sameBytes } from '@nansen/formats/tlv'

/** A certificate that the receiver trusts, and every list or pin it came from. */
export interface Anchor {
  readonly certificate: Certificate
  readonly provenance: readonly string[]
}

interface Entry {
  readonly bytes: Uint8Array
  readonly provenance: string[]
  /** `null`: cannot be read. */
  certificate: Certificate | null | undefined
}

/**
 * The trusted certificates, found by subject name. One entry per certificate, not per name or key: a root and
 * its link certificates share both, and 138 names in one real list stand for several keys. Certificates are
 * read when they are first asked for: a border post meets a few countries of a list of six hundred.
 */
export class Anchors {
  readonly #byTail = new Map<string, Entry[]>()
  readonly #bySubject = new Map<string, Entry[]>()
  readonly #entries: Entry[] = []
  #folded: Map<string, Entry[]> | undefined

  /**
   * Adds a certificate under a label that says where it came from; the same one again adds only the label.
   * @returns whether it is one that can be used
   */
  add(bytes: Uint8Array, label: string): boolean {
    const tail = latin1(bytes.subarray(Math.max(0, bytes.length - 24)))
    const same = this.#byTail.get(tail)?.find((entry) => sameBytes(entry.bytes, bytes))
    if (same !== undefined) {
      if (!same.provenance.includes(label)) same.provenance.push(label)
      return true
    }
    const subject = subjectBytes(bytes)
    if (subject === undefined) return false
    const entry: Entry = { bytes, provenance: [label], certificate: undefined }
    push(this.#byTail, tail, entry)
    this.#entries.push(entry)
    push(this.#bySubject, latin1(subject), entry)
    this.#folded = undefined
    return true
  }

  get size(): number {
    return this.#entries.length
  }

  /** Anchors whose subject is this name, byte for byte. */
  named(name: Name): Anchor[] {
    return (this.#bySubject.get(latin1(name.encoded)) ?? []).flatMap(read)
  }

  /** Anchors whose subject is this name in any spelling that directories call the same. [RFC5280 §7.1] */
  namedAlike(name: Name): Anchor[] {
    if (this.#folded === undefined) {
      this.#folded = new Map()
      for (const entry of this.#entries)
        for (const { certificate } of read(entry)) push(this.#folded, nameKey(certificate.subject), entry)
    }
    return (this.#folded.get(nameKey(name)) ?? []).flatMap(read)
  }

  /** Whether exactly this certificate is trusted, and from where. */
  find(bytes: Uint8Array): Anchor | undefined {
    const tail = latin1(bytes.subarray(Math.max(0, bytes.length - 24)))
    const entry = this.#byTail.get(tail)?.find((candidate) => sameBytes(candidate.bytes, bytes))
    return entry && read(entry)[0]
  }

  /** Every anchor that can be read. */
  all(): Anchor[] {
    return this.#entries.flatMap(read)
  }
}

function push(index: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = index.get(key)
  if (list === undefined) index.set(key, [entry])
  else list.push(entry)
}

function read(entry: Entry): Anchor[] {
  if (entry.certificate === undefined) {
    entry.certificate = readable(() => parseCertificate(entry.bytes)) ?? null
  }
  return entry.certificate === null ? [] : [{ certificate: entry.certificate, provenance: entry.provenance }]
}

/**
 * The encoded subject, found by stepping over the fields before it: version, serial number, algorithm, issuer,
 * validity. [RFC5280 §4.1]
 */
function subjectBytes(bytes: Uint8Array): Uint8Array | undefined {
  return readable(() => {
    const certificate = readElement(bytes)
    const tbs = readElement(bytes, certificate.contentStart, certificate.contentEnd)
    let field = readElement(bytes, tbs.contentStart, tbs.contentEnd)
    const before = field.tag === 0xa0 ? 5 : 4
    for (let i = 0; i < before; i++) field = readElement(bytes, field.end, tbs.contentEnd)
    return readName(field).encoded
  })
}
