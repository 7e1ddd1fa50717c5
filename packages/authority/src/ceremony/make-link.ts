import { type Certificate, draftCsca, parseCertificate } from '@nansen/formats/pki'
import type { CeremonyOffice } from './ceremony-office.ts'
import { certificateAct } from './certificate-act.ts'
import { heldTrust, maySign, type Signer } from './held-trust.ts'
import { makeRootOf } from './make-root.ts'
import { CeremonyRefusal, demandSpecimen } from './refusal.ts'
import { rekeyNotice } from './rekey-notice.ts'
import { sealOnce } from './seal-once.ts'
import { type Making, signatureAlgorithmOf, subjectContent } from './subject.ts'

/** A new key of the authority, and how those who trust the former come to trust it. */
export interface Link {
  readonly former: Signer
  readonly root: Signer
  /** Certifies the new key under the former. */
  readonly certificate: Certificate
  /** What the other states are told, as text. */
  readonly notice: string
}

/**
 * A new key of the authority with its self-signed certificate, and the link: the same key certified by the former.
 * [9303-12 §4.1] [9303-12 §7.1.1]
 * @param ordinal the number of the new key, from two
 * @throws CeremonyRefusal trust.no-root, period.root (the former may not sign any more), ordinal.not-next and as makeRoot
 */
export async function makeLink(office: CeremonyOffice, making: Making, ordinal: number): Promise<Link> {
  const { state, clock } = office
  demandSpecimen(state)
  const held = await heldTrust(office)
  const former = held.roots.find((root) => root.ordinal === ordinal - 1)
  if (former === undefined)
    throw new CeremonyRefusal(held.roots.length === 0 ? 'trust.no-root' : 'ordinal.not-next')
  if (!held.links.has(ordinal) && !maySign(former.key, clock())) throw new CeremonyRefusal('period.root')
  const root = await makeRootOf(office, making, ordinal)
  const act = certificateAct(office, {
    kind: 'csca-link',
    ordinal,
    signer: former.key,
    issuers: [former.certificate],
    ecParameters: making.ecParameters,
    draft: () => {
      const content = subjectContent(office, root.key, `CSCA ${state.name}`, making)
      const { notAfter } = former.certificate
      return draftCsca({
        ...content,
        // It says nothing once the former certificate has ended.
        notAfter: notAfter < content.notAfter ? notAfter : content.notAfter,
        signatureAlgorithm: signatureAlgorithmOf(former.key.algorithm),
        linkedFrom: former.certificate,
      }).toBeSigned
    },
  })
  const certificate = parseCertificate((await sealOnce(office, act)).bytes)
  return { former, root, certificate, notice: rekeyNotice(state, former, root, certificate) }
}
