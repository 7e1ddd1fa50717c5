import { draftCsca, parseCertificate } from '@nansen/formats/pki'
import type { CeremonyOffice } from './ceremony-office.ts'
import { certificateAct } from './certificate-act.ts'
import { demandNext, heldTrust, keyId, type Signer } from './held-trust.ts'
import { signingTerm, TERMS } from './periods.ts'
import { demandSpecimen } from './refusal.ts'
import { sealOnce } from './seal-once.ts'
import { type Making, signatureAlgorithmOf, subjectContent } from './subject.ts'

/**
 * The first key of the authority (CSCA) with its self-signed certificate: the root of all that the state signs.
 * [9303-12 §7.1.1]
 * @throws CeremonyRefusal state.real, algorithm.not-for-documents, draft.lint, sealed.*
 */
export const makeRoot = (office: CeremonyOffice, making: Making): Promise<Signer> =>
  makeRootOf(office, making, 1)

/** @param ordinal how many keys the authority has had with it: from two on, a link belongs to it */
export async function makeRootOf(office: CeremonyOffice, making: Making, ordinal: number): Promise<Signer> {
  const { state, signing, clock } = office
  demandSpecimen(state)
  const signatureAlgorithm = signatureAlgorithmOf(making.algorithm)
  const held = await heldTrust(office)
  const made = held.roots.find((root) => root.ordinal === ordinal)
  if (made !== undefined) return made
  demandNext(held, 'csca', ordinal)
  const key = await signing.makeKey({
    id: keyId('csca', ordinal),
    purpose: 'csca',
    algorithm: making.algorithm,
    state: state.code2,
    ...signingTerm('csca', clock()),
    most: TERMS.csca.most,
  })
  office.step?.('csca.key')
  const act = certificateAct(office, {
    kind: 'csca',
    ordinal,
    signer: key,
    certifies: key,
    ecParameters: making.ecParameters,
    draft: () =>
      draftCsca({ ...subjectContent(office, key, `CSCA ${state.name}`, making), signatureAlgorithm })
        .toBeSigned,
  })
  const { bytes } = await sealOnce(office, act)
  return { ordinal, key, certificate: parseCertificate(bytes) }
}
