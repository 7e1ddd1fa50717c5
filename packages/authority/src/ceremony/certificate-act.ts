import {
  type Certificate,
  lintCertificate,
  parseCertificate,
  profileOf,
  sealCertificate,
} from '@nansen/formats/pki'
import {
  Anchors,
  certify,
  type Purpose,
  SIGNS_CERTIFICATES,
  SIGNS_DOCUMENTS,
  SIGNS_MASTER_LISTS,
  signedBy,
} from '@nansen/inspection'
import type { SigningKey } from '@nansen/signing'
import type { CeremonyOffice } from './ceremony-office.ts'
import type { Act } from './seal-once.ts'

type CertificateKind = 'csca' | 'csca-link' | 'document-signer' | 'master-list-signer'

const PURPOSES: Readonly<Record<CertificateKind, Purpose>> = {
  csca: SIGNS_CERTIFICATES,
  'csca-link': SIGNS_CERTIFICATES,
  'document-signer': SIGNS_DOCUMENTS,
  'master-list-signer': SIGNS_MASTER_LISTS,
}

/** A certificate as an act: how it is sealed, linted by the profile of its kind, and verified under its issuer. */
export function certificateAct(
  { crypto }: CeremonyOffice,
  spec: {
    readonly kind: CertificateKind
    readonly ordinal: number
    readonly signer: SigningKey
    /** One of these issued it; absent for a root, which is its own. */
    readonly issuers?: readonly Certificate[]
    readonly certifies?: SigningKey
    readonly ecParameters: 'explicit' | 'named'
    readonly draft: () => Uint8Array
  },
): Act {
  const { kind, issuers, ecParameters, ...rest } = spec
  return {
    ...rest,
    kind,
    seal: (toBeSigned, signature) => sealCertificate({ toBeSigned }, signature),
    signedPart: (sealed) => parseCertificate(sealed).toBeSigned,
    serial: (sealed) => parseCertificate(sealed).serial,
    lint(sealed) {
      const certificate = parseCertificate(sealed)
      const broken = lintCertificate(certificate, kind)
        .filter(({ severity }) => severity === 'error')
        .map(({ code }): string => code)
        // A departure that the office chose, listed in docs/standards.md. [9303-12 §4.1.6]
        .filter((code) => code !== 'key.ec-explicit' || ecParameters === 'explicit')
      // Of the profile that it was to have: another would have passed by rules of its own.
      return profileOf(certificate) === kind ? broken : [...broken, 'profile']
    },
    async verify(sealed) {
      const certificate = parseCertificate(sealed)
      if (issuers === undefined) return (await signedBy(certificate, certificate, crypto)) === 'valid'
      const anchors = new Anchors()
      for (const { encoded } of issuers) anchors.add(encoded, kind)
      return (await certify(certificate, PURPOSES[kind], anchors, crypto)).standing === 'anchored'
    },
  }
}
