import type { FindingCode, Inspection, InspectionCode } from '@nansen/inspection'

/** The four answers in words. "Cannot tell" and "not genuine" are never merged. */
export const VERDICTS: Readonly<Record<Inspection['verdict']['verdict'], string>> = {
  accepted: 'Genuine and current',
  'not-valid': 'Genuine, not valid now',
  unproven: 'Cannot tell',
  rejected: 'Not genuine',
}

/** What to do next, one sentence an answer: about a person's paper, and about the material of states. */
const WHAT_TO_DO: Readonly<
  Record<'paper' | 'material', Readonly<Record<Inspection['verdict']['verdict'], string>>>
> = {
  paper: {
    accepted:
      'Compare the portrait with the person. The chip itself was not asked whether it is the original.',
    'not-valid': 'Ask the holder for a current paper. Do not report this paper to the state of origin.',
    unproven: 'This is no answer about the paper. Get what is missing, then inspect it again.',
    rejected: 'Do not accept it. The holder may not know; ask the authority named as issuer.',
  },
  material: {
    accepted: 'It may be relied on as far as you trust the anchor named below.',
    'not-valid': 'Get the current one from its publisher.',
    unproven: 'This is no answer. Get what is missing, then inspect it again.',
    rejected: 'Do not use it. Ask its publisher by another way.',
  },
}

/** What to do with an answer. */
export function whatToDo({ kind, verdict }: Inspection): string {
  const about = kind === 'certificate' || kind === 'crl' || kind === 'master-list' ? 'material' : 'paper'
  return WHAT_TO_DO[about][verdict.verdict]
}

/** Above what was read, where the answer is not yes. */
export const AS_READ: Readonly<Record<Exclude<Inspection['verdict']['verdict'], 'accepted'>, string>> = {
  'not-valid': 'As issued:',
  unproven: 'As presented; not established:',
  rejected: 'As presented; not established:',
}

export const KINDS: Readonly<Record<Inspection['kind'], string>> = {
  emrtd: 'travel document (chip files)',
  sod: 'document security object',
  mrz: 'machine readable zone',
  certificate: 'certificate',
  crl: 'certificate revocation list',
  'master-list': 'master list',
  unknown: 'unknown',
}

/** One sentence a code; a missing one does not compile. */
const SENTENCES: Readonly<Record<InspectionCode, string>> = {
  ok: 'Nothing to report.',
  'input.unknown': 'This is nothing that can be inspected.',
  'input.empty': 'There is nothing in it.',
  'input.unreadable': 'It cannot be read, or there is no such file.',
  'input.too-large': 'It is larger than anything that can be inspected.',
  'input.not-a-list': 'This is no master list.',
  'input.archive': 'The archive is damaged, or holds more than the limits.',
  'input.several': 'It holds several things: have each inspected for itself.',
  'input.file-ignored': 'A file beside the chip files was passed over.',
  'input.file-twice': 'Two files are the same data group: which one is meant cannot be known.',
  'mrz.none': 'There is no machine readable zone to compare.',
  'mrz.differs-from-chip': 'The printed zone is not the one in the chip.',
  'sod.none': 'There is no readable security object: nothing is signed.',
  'signature.wrong': 'The signature is not one over this content by this signer.',
  'signature.content-changed': 'The content is not the one that was signed.',
  'signature.content-type': 'The signed content is of another type than it says.',
  'signature.signer-not-inside': 'The certificate of the signer is not inside.',
  'signature.unsupported': 'The signature uses an algorithm that cannot be checked here.',
  'signature.sha1': 'The signature uses SHA-1, which is out of date but still met.',
  'signature.signer-name-differs': 'The signer is spelled differently than in its certificate.',
  'chain.no-anchor':
    'No trusted certificate of this issuer is at hand. That is not the same as a bad signature.',
  'chain.signature-wrong': 'The trusted certificate of this issuer did not sign it.',
  'chain.unsupported': 'The chain uses an algorithm that cannot be checked here.',
  'chain.purpose': 'The certificate was not given for this purpose.',
  'chain.critical-extension': 'A certificate has a critical extension that is not understood.',
  'chain.not-an-authority': 'The certificate is not one of an authority that may sign others.',
  'chain.profile': 'A certificate of the chain is made in a way that no genuine one is known to be.',
  'chain.anchor-name-differs': 'The authority is spelled differently in the signer’s certificate.',
  'chain.issued-outside-validity': 'The signer’s certificate begins when its authority was not valid.',
  'chain.certificate': 'A certificate of the chain cannot be read.',
  'country.signer-differs': 'Signer and authority belong to two countries.',
  'country.issuer-differs': 'The paper names another state than the one whose key signed it.',
  'country.issuer-unknown': 'The issuer in the paper stands for no country whose key could be compared.',
  'country.not-comparable': 'There is nothing to compare the country with.',
  'country.lower-case': 'The country stands in lower case in the certificate.',
  'document-type.not-allowed': 'The signer may not sign this kind of document.',
  'document-type.no-list': 'The signer’s certificate does not say which documents it may sign.',
  'document-type.unknown': 'There is no document code to compare.',
  'signing-period.outside': 'It was signed when the signer’s key was not in use.',
  'signing-period.issue-date-outside':
    'The date of issue lies outside the time in which the signer’s key was in use.',
  'signing-period.unknown': 'When it was signed, or when the key was in use, is not said.',
  'lds.hash-differs': 'The data group is not the one that was signed.',
  'lds.hash-sha1': 'The data groups are hashed with SHA-1, which is out of date but still met.',
  'lds.hashes-not-signed': 'The signature over the hashes does not stand, so they say nothing.',
  'lds.no-groups': 'There are no data groups to compare with the signed hashes.',
  'lds.group-not-signed': 'The data group is not in the security object: somebody added it.',
  'lds.group-missing': 'A data group that every paper has was not presented.',
  'lds.group-not-presented': 'A signed data group was not presented; it may be protected on the chip.',
  'lds.com-differs': 'The unsigned list of data groups differs from the signed one.',
  'return-right.none': 'The chip states no return right.',
  'return-right.differs': 'The return right in words is not the coded one.',
  'return-right.incomplete': 'The return right stands only once, or cannot be read: do not rely on it.',
  'return-right.ended': 'The right to return has ended.',
  'revocation.no-list':
    'No revocation list of this issuer is at hand: whether the signer was revoked is undetermined.',
  'revocation.other-authority':
    'There is only a revocation list of another authority of this country: whether the signer was revoked is undetermined.',
  'revocation.stale':
    'The revocation list is past its next update: whether the signer was revoked is undetermined.',
  'revocation.revoked': 'The signer’s certificate was revoked.',
  'revocation.renamed-issuer':
    'The revocation list stands under another name of the same country’s authority.',
  'revocation.unusable': 'The revocation list says something that is not understood.',
  'revocation.no-signer': 'There is no signer to look up.',
  'revocation.anchor': 'A trusted certificate is removed by whoever trusts it, not revoked.',
  'expiry.document': 'The last day of validity is over.',
  'expiry.signer': 'The signer’s certificate has ended, and with it every paper that it signed.',
  'expiry.anchor': 'The authority’s certificate has ended.',
  'expiry.not-yet': 'The signer’s certificate has not begun.',
  'expiry.unknown': 'The end of validity cannot be read.',
  'expiry.list-signer-ended': 'The signer of this list has ended since; there may be a newer list.',
  'chip.not-done': 'Passive authentication does not detect a copied chip; the chip was not asked.',
}

/** For codes of formats, by what they begin with; the code itself stands beside the sentence. */
const FAMILIES: readonly (readonly [prefix: string, text: string])[] = [
  ['mrz.check-digit', 'A check digit is wrong.'],
  ['mrz.', 'The machine readable zone is not as the standard says.'],
  ['lds.', 'A data group is not quite as the standard says.'],
  ['sod.', 'The security object is not as the standard says.'],
  ['cms.', 'The signed message is not as the standard says.'],
  ['pki.', 'A certificate or list is not as the standard says.'],
  ['der.', 'The encoding is not as the standard says.'],
  ['tlv.', 'The encoding is not as the standard says.'],
]

/** A finding in words. */
export function sentence(code: FindingCode): string {
  if (Object.hasOwn(SENTENCES, code)) return SENTENCES[code as InspectionCode]
  return FAMILIES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'It is not as the standard says.'
}
