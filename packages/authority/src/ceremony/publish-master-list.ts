import { createHash } from 'node:crypto'
import { readOid, readTime, tags } from '@nansen/formats/der'
import {
  type Certificate,
  draftMasterList,
  encodeMasterListContent,
  lintMasterList,
  type MasterList,
  OIDS,
  parseMasterList,
  sealMasterList,
} from '@nansen/formats/pki'
import { childrenOf, Fields, readOnly, sameBytes } from '@nansen/formats/tlv'
import { Anchors, certify, SIGNS_MASTER_LISTS, verifySignedData } from '@nansen/inspection'
import type { CeremonyOffice } from './ceremony-office.ts'
import {
  cscasOf,
  demandNext,
  type HeldTrust,
  heldTrust,
  issuedUnder,
  maySign,
  nextOrdinal,
  type Signer,
} from './held-trust.ts'
import { wholeSeconds } from './periods.ts'
import { CeremonyRefusal, demandSpecimen } from './refusal.ts'
import { sealOnce } from './seal-once.ts'
import { signatureAlgorithmOf } from './subject.ts'

/**
 * The master list of this state: its own certificates, root and link. [9303-12 §9]
 * @param order `ordinal`: which one in the order of time; the next where none is given
 * @throws CeremonyRefusal trust.no-root, trust.no-list-signer, period.list-signer, ordinal.not-next, draft.lint, sealed.*
 */
export async function publishMasterList(
  office: CeremonyOffice,
  order: { readonly ordinal?: number } = {},
): Promise<MasterList> {
  const { clock, crypto } = office
  demandSpecimen(office.state)
  const held = await heldTrust(office)
  const ordinal = order.ordinal ?? nextOrdinal(held, 'master-list')
  demandNext(held, 'master-list', ordinal)
  const made = held.masterLists[ordinal - 1]
  if (made !== undefined) return made
  const signer = listSignerInUse(held, clock())
  const signerIssuer = held.roots.find(({ certificate }) => issuedUnder(signer.certificate, certificate))!
  const draft = (signingTime: Date) => draftOf(cscasOf(held), signer, signerIssuer.certificate, signingTime)
  const { bytes } = await sealOnce(office, {
    kind: 'master-list',
    ordinal,
    signer: signer.key,
    draft: () => draft(wholeSeconds(clock())).toBeSigned,
    seal(toBeSigned, signature) {
      // Only the attributes are signed, so the rest is made again. Where certificates came in between, it would be another list.
      const again = draft(signingTimeOf(toBeSigned))
      return sameBytes(again.toBeSigned, toBeSigned) ? sealMasterList(again, signature) : undefined
    },
    signedPart: (sealed) => parseMasterList(sealed).signedData.signers[0]!.signedAttributes!.toBeSigned,
    lint: (sealed) =>
      lintMasterList(parseMasterList(sealed))
        .filter(({ severity }) => severity === 'error')
        .map(({ code }) => code),
    async verify(sealed) {
      const { signedData } = parseMasterList(sealed)
      const signed = await verifySignedData(signedData, signedData.signers[0]!, crypto, 'master list')
      if (signed.signed !== 'valid') return false
      const anchors = new Anchors()
      for (const certificate of cscasOf(held)) anchors.add(certificate, 'csca')
      return (await certify(signed.signer, SIGNS_MASTER_LISTS, anchors, crypto)).standing === 'anchored'
    },
  })
  return parseMasterList(bytes)
}

/** @throws CeremonyRefusal trust.no-list-signer, period.list-signer */
export function listSignerInUse({ listSigners }: HeldTrust, at: Date): Signer {
  if (listSigners.length === 0) throw new CeremonyRefusal('trust.no-list-signer')
  const signer = listSigners.filter(({ key }) => maySign(key, at)).at(-1)
  if (signer === undefined) throw new CeremonyRefusal('period.list-signer')
  return signer
}

function draftOf(
  certificates: readonly Uint8Array[],
  signer: Signer,
  signerIssuer: Certificate,
  signingTime: Date,
) {
  const signatureAlgorithm = signatureAlgorithmOf(signer.key.algorithm)
  const { hash } = signatureAlgorithm
  const contentDigest = createHash(hash).update(encodeMasterListContent(certificates)).digest()
  return draftMasterList({
    certificates,
    contentDigest: new Uint8Array(contentDigest),
    hash,
    signatureAlgorithm,
    signer: signer.certificate,
    signerIssuer,
    signingTime,
  })
}

/** The signing time among the attributes that were recorded. [RFC5652 §11.3] */
function signingTimeOf(toBeSigned: Uint8Array): Date {
  for (const attribute of childrenOf(readOnly(toBeSigned), 16)) {
    const fields = new Fields(attribute, 'RFC5652 §5.3', tags.SEQUENCE)
    if (readOid(fields.take(tags.OID)) !== OIDS.signingTime) continue
    return readTime(new Fields(fields.take(tags.SET), 'RFC5652 §11.3').any())
  }
  throw new RangeError('a draft of ours says when it was signed')
}
