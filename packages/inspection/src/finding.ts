import type { FormatErrorCode } from '@nansen/formats'
import type { Deviation, SodDeviation } from '@nansen/formats/lds'
import type { MrzFinding } from '@nansen/formats/mrz'

/** What inspection itself can find; sentences for people are made from these in one place. */
export type InspectionCode =
  | 'ok'
  // what was presented
  | 'input.unknown' // nothing that inspection knows
  | 'input.empty'
  | 'input.unreadable' // a path behind which nothing can be read
  | 'input.too-large'
  | 'input.not-a-list' // where a master list was to be
  | 'input.archive' // an archive that cannot be opened, or holds more than the limits
  | 'input.several' // a bundle: one answer could not be about all of it
  | 'input.file-ignored' // a file beside the chip files that is none of them
  | 'input.file-twice' // two files of the same data group: which is meant cannot be known
  // the zone
  | 'mrz.none' // no zone was presented
  | 'mrz.differs-from-chip'
  // the security object
  | 'sod.none'
  | 'signature.wrong' // does not verify
  | 'signature.content-changed' // the signed digest is not that of the content
  | 'signature.content-type' // the signed content type is not that of the content
  | 'signature.signer-not-inside' // the certificate of the signer is not inside
  | 'signature.unsupported' // an algorithm that cannot be checked here
  | 'signature.sha1' // met in documents that are still valid
  | 'signature.signer-name-differs' // the signer is named in another spelling than in its certificate
  // the chain
  | 'chain.no-anchor' // no trusted certificate of this issuer; not the same as a bad signature
  | 'chain.signature-wrong' // a trusted certificate of this issuer did not sign it
  | 'chain.unsupported'
  | 'chain.purpose' // the certificate was not given for this purpose
  | 'chain.critical-extension' // a critical extension that is not understood
  | 'chain.not-an-authority' // the would-be anchor may not sign certificates
  | 'chain.profile' // a certificate departs from the profile in a way that no genuine one is known to
  | 'chain.anchor-name-differs' // the same name in another spelling
  | 'chain.issued-outside-validity' // the certificate begins when its issuer's key was not yet, or no longer, in use
  | 'chain.certificate' // the signer's certificate cannot be read
  // the country
  | 'country.signer-differs' // document signer and CSCA of two countries
  | 'country.issuer-differs' // the document names another state than the one whose key signed it
  | 'country.issuer-unknown' // the document's issuer cannot be mapped to a country
  | 'country.not-comparable' // no document data to compare with
  | 'country.lower-case'
  // document type and signing period
  | 'document-type.not-allowed' // the signer may not sign this kind of document
  | 'document-type.no-list' // the signer's certificate does not say
  | 'document-type.unknown' // no DG1 to compare with
  | 'signing-period.outside' // signed when the signer's private key was not in use
  | 'signing-period.issue-date-outside'
  | 'signing-period.unknown'
  // data groups
  | 'lds.hash-differs'
  | 'lds.hash-sha1' // met in old documents; whoever hands in a portrait could make two with one hash
  | 'lds.hashes-not-signed' // the signature over the hashes does not stand, so they say nothing
  | 'lds.no-groups' // nothing to hash
  | 'lds.group-not-signed' // presented, but the security object does not list it
  | 'lds.group-missing' // the security object lists it, and it is needed
  | 'lds.group-not-presented' // listed, not presented; may be protected on the chip
  | 'lds.com-differs' // EF.COM, which nothing signs, lists other groups than the security object
  // the return right
  | 'return-right.none'
  | 'return-right.differs' // text and code in the chip say different things
  | 'return-right.incomplete' // the one without the other
  | 'return-right.ended'
  // revocation
  | 'revocation.no-list' // undetermined: no list of this issuer
  | 'revocation.other-authority' // undetermined: only lists of another authority of the same country
  | 'revocation.stale' // undetermined: the list is past its next update
  | 'revocation.revoked'
  | 'revocation.renamed-issuer' // the list stands under a later name of the same authority
  | 'revocation.unusable' // a list with critical extensions that are not understood
  | 'revocation.no-signer'
  | 'revocation.anchor' // an anchor is removed by its keeper, not revoked
  // expiry
  | 'expiry.document'
  | 'expiry.signer' // the signer's certificate has ended, so every document it signed has
  | 'expiry.anchor'
  | 'expiry.not-yet' // the signer's certificate has not begun
  | 'expiry.unknown'
  | 'expiry.list-signer-ended'
  // the chip
  | 'chip.not-done' // passive authentication does not detect a copied chip

export type FindingCode =
  | InspectionCode
  | FormatErrorCode
  | MrzFinding['code']
  | Deviation['code']
  | SodDeviation['code']

/** One thing found: what, where in what was presented, and the rule. Never the value. */
export interface Finding {
  readonly code: FindingCode
  /** A file (`SOD`, `DG1`), a place in the zone (`MRZ 2:10`), a certificate, with an offset where there is one. */
  readonly where: string
  readonly cites: string
}
