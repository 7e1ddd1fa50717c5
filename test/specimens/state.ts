import {
  type Certificate,
  draftCrl,
  draftCsca,
  draftDocumentSigner,
  draftMasterList,
  draftMasterListSigner,
  encodeMasterListContent,
  parseCertificate,
  type SignerContent,
  sealCertificate,
  sealCrl,
  sealMasterList,
} from '@nansen/formats/pki'
import { digest, type KeyKind, makeSpecimenKey, type SpecimenKey } from './keys.ts'

/** A state that does not exist: ICAO's own, or one of two whose codes ISO 3166 leaves to users. */
export interface SpecimenState {
  readonly code3: 'UTO' | 'QRR' | 'QZZ'
  readonly code2: 'UT' | 'QR' | 'QZ'
  readonly name: string
}

export const UTOPIA: SpecimenState = { code3: 'UTO', code2: 'UT', name: 'Utopia' }
export const RURITANIA: SpecimenState = { code3: 'QRR', code2: 'QR', name: 'Ruritania' }
export const ZEMBLA: SpecimenState = { code3: 'QZZ', code2: 'QZ', name: 'Zembla' }

/** A certificate with the key behind it. */
export interface Signer {
  readonly certificate: Certificate
  readonly key: SpecimenKey
}

/** The trust material of a specimen state: all that a real one has, made in a moment. */
export interface SpecimenTrust {
  readonly state: SpecimenState
  readonly csca: Signer
  readonly documentSigner: Signer
  /** Revoked by the list. */
  readonly revokedSigner: Signer
  readonly crl: Uint8Array
  readonly masterList: Uint8Array
}

const DAY = 86_400_000
const YEAR = 365 * DAY

/**
 * @param at the moment around which all periods lie: the CSCA began a year ago, the signers a month ago
 * @param serial gives a number for a certificate, never the same twice
 */
export function makeSpecimenTrust(
  state: SpecimenState,
  at: Date,
  serial: () => Uint8Array,
  keys: KeyKind = 'P-256',
): SpecimenTrust {
  const office = new Office(state, at, serial, keys)
  const csca = office.makeCsca()
  const documentSigner = office.makeDocumentSigner(csca, 'Document signer 1')
  const revokedSigner = office.makeDocumentSigner(csca, 'Document signer 2')
  return {
    state,
    csca,
    documentSigner,
    revokedSigner,
    crl: office.makeCrl(csca, [revokedSigner.certificate]),
    masterList: office.makeMasterList(csca),
  }
}

class Office {
  readonly #state: SpecimenState
  readonly #at: Date
  readonly #serial: () => Uint8Array

  readonly #keys: KeyKind

  constructor(state: SpecimenState, at: Date, serial: () => Uint8Array, keys: KeyKind) {
    this.#state = state
    this.#at = at
    this.#serial = serial
    this.#keys = keys
  }

  makeCsca(): Signer {
    const key = makeSpecimenKey(this.#keys)
    const draft = draftCsca({
      ...this.#content(`CSCA ${this.#state.name}`, key),
      notBefore: this.#from(-YEAR),
      notAfter: this.#from(14 * YEAR),
      signingPeriod: { notBefore: this.#from(-YEAR), notAfter: this.#from(3 * YEAR) },
    })
    return { key, certificate: parseCertificate(sealCertificate(draft, key.sign(draft.toBeSigned))) }
  }

  makeDocumentSigner(csca: Signer, commonName: string): Signer {
    const key = makeSpecimenKey(this.#keys)
    const draft = draftDocumentSigner({
      ...this.#content(commonName, key),
      ...this.#signerPeriods(),
      issuer: csca.certificate,
      documentTypes: ['PR', 'PS', 'PT'],
    })
    return { key, certificate: parseCertificate(sealCertificate(draft, csca.key.sign(draft.toBeSigned))) }
  }

  makeCrl(csca: Signer, revoked: readonly Certificate[]): Uint8Array {
    const draft = draftCrl({
      issuer: csca.certificate,
      signatureAlgorithm: csca.key.algorithm,
      thisUpdate: this.#from(-DAY),
      nextUpdate: this.#from(60 * DAY),
      number: Uint8Array.of(1),
      revoked: revoked.map((certificate) => ({ serial: certificate.serial, date: this.#from(-2 * DAY) })),
    })
    return sealCrl(draft, csca.key.sign(draft.toBeSigned))
  }

  makeMasterList(csca: Signer): Uint8Array {
    const key = makeSpecimenKey(this.#keys)
    const certificateDraft = draftMasterListSigner({
      ...this.#content('Master list signer', key),
      ...this.#signerPeriods(),
      issuer: csca.certificate,
    })
    const signature = csca.key.sign(certificateDraft.toBeSigned)
    const certificates = [csca.certificate.encoded]
    const draft = draftMasterList({
      certificates,
      contentDigest: digest(key.algorithm.hash, encodeMasterListContent(certificates)),
      hash: key.algorithm.hash,
      signatureAlgorithm: key.algorithm,
      signer: parseCertificate(sealCertificate(certificateDraft, signature)),
      signerIssuer: csca.certificate,
      signingTime: this.#from(0),
    })
    return sealMasterList(draft, key.sign(draft.toBeSigned))
  }

  #content(
    commonName: string,
    key: SpecimenKey,
  ): Omit<SignerContent, 'notBefore' | 'notAfter' | 'signingPeriod'> {
    const { code2, code3, name } = this.#state
    const host = `${name.toLowerCase()}.example`
    return {
      subject: { country: code2, organization: `${name} (specimen)`, commonName },
      serial: this.#serial(),
      publicKey: key.publicKey,
      keyIdentifier: key.keyIdentifier,
      alternativeName: { state: code3, email: `csca@${host}` },
      crlUris: [`https://pki.${host}/crl`],
      signatureAlgorithm: key.algorithm,
    }
  }

  /** Signs for three months, and lives as long as the documents. [9303-12 §4.1] */
  #signerPeriods() {
    return {
      notBefore: this.#from(-30 * DAY),
      notAfter: this.#from(3 * YEAR),
      signingPeriod: { notBefore: this.#from(-30 * DAY), notAfter: this.#from(60 * DAY) },
    }
  }

  /** Whole seconds, as certificates have. */
  #from(offset: number): Date {
    return new Date(Math.floor((this.#at.getTime() + offset) / 1000) * 1000)
  }
}
