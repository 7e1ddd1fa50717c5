import { draftDocumentSigner, draftMasterListSigner, parseCertificate } from '@nansen/formats/pki'
import type { CeremonyOffice } from './ceremony-office.ts'
import { certificateAct } from './certificate-act.ts'
import { demandNext, heldTrust, keyId, rootInUse, type Signer } from './held-trust.ts'
import { certificateEnd, signingTerm, TERMS } from './periods.ts'
import { CeremonyRefusal, demandSpecimen } from './refusal.ts'
import { sealOnce } from './seal-once.ts'
import { type Making, signatureAlgorithmOf, subjectContent } from './subject.ts'

/** Document codes of international passports: for a refugee, a stateless person, an alien. [9303-12 §7.1.1.6] */
export const DOCUMENT_TYPES: readonly string[] = ['PR', 'PS', 'PT']

/**
 * A key that signs papers for three months, with its certificate. P5 [9303-12 table 1]
 * @throws CeremonyRefusal trust.no-root, period.*, ordinal.not-next and as makeRoot
 */
export const makeDocumentSigner = (
  office: CeremonyOffice,
  making: Making,
  ordinal: number,
): Promise<Signer> => makeSigner(office, making, 'document-signer', ordinal)

/**
 * A key that signs master lists, with its certificate: the authority's own key never does. [9303-12 §5.3]
 * @throws as makeDocumentSigner
 */
export const makeListSigner = (office: CeremonyOffice, making: Making, ordinal: number): Promise<Signer> =>
  makeSigner(office, making, 'master-list-signer', ordinal)

async function makeSigner(
  office: CeremonyOffice,
  making: Making,
  kind: 'document-signer' | 'master-list-signer',
  ordinal: number,
): Promise<Signer> {
  const { state, signing, clock } = office
  demandSpecimen(state)
  signatureAlgorithmOf(making.algorithm)
  const held = await heldTrust(office)
  demandNext(held, kind, ordinal)
  const made = (kind === 'document-signer' ? held.documentSigners : held.listSigners).find(
    (signer) => signer.ordinal === ordinal,
  )
  if (made !== undefined) return made
  const root = rootInUse(held, clock(), making.atOnce)
  const term = signingTerm(kind, clock())
  if (certificateEnd(kind, term.notBefore, making.documentMonths) > root.certificate.notAfter)
    throw new CeremonyRefusal('period.outlives-root')
  const key = await signing.makeKey({
    id: keyId(kind, ordinal),
    purpose: kind,
    algorithm: making.algorithm,
    state: state.code2,
    ...term,
    most: kind === 'document-signer' ? making.most : TERMS[kind].most,
  })
  office.step?.(`${kind}.key`)
  const act = certificateAct(office, {
    kind,
    ordinal,
    signer: root.key,
    // Taken up again, it is under the key that was in use when it was recorded.
    issuers: held.roots.map(({ certificate }) => certificate),
    certifies: key,
    ecParameters: making.ecParameters,
    draft: () => {
      const names = { 'document-signer': 'Document signer', 'master-list-signer': 'Master list signer' }
      const content = {
        ...subjectContent(office, key, `${names[kind]} ${ordinal}`, making),
        issuer: root.certificate,
        signatureAlgorithm: signatureAlgorithmOf(root.key.algorithm),
      }
      return kind === 'document-signer'
        ? draftDocumentSigner({ ...content, documentTypes: DOCUMENT_TYPES }).toBeSigned
        : draftMasterListSigner(content).toBeSigned
    },
  })
  const { bytes } = await sealOnce(office, act)
  return { ordinal, key, certificate: parseCertificate(bytes) }
}
