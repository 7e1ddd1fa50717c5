import type { CeremonyRefusalCode } from '@nansen/authority'
import type { ShareErrorCode } from '@nansen/signing'

/** Why a ceremony does not go on, and what to do. One sentence a code; a missing one does not compile. */
export const CEREMONY_REFUSALS: Readonly<Record<CeremonyRefusalCode, string>> = {
  'state.real':
    'Keys of a state that exists come with a signed arrangement of states, which this version cannot read.',
  'trust.no-root': 'The authority has no key yet. Type: nansen ceremony run',
  'trust.no-document-signer': 'There is no key yet that signs papers. Type: nansen ceremony signer',
  'trust.no-list-signer': 'There is no key yet that signs master lists. Type: nansen ceremony list',
  'trust.no-revocation-list': 'There is no revocation list yet. Type: nansen ceremony crl',
  'trust.no-master-list': 'There is no master list yet. Type: nansen ceremony list',
  'period.root': 'The key of the authority may not sign any more, and a new one was not made in time.',
  'period.document-signer':
    'No key that signs papers may do so now: its three months are over, or it was revoked. Type: nansen ceremony signer',
  'period.list-signer': 'No key that signs master lists may do so now. Type: nansen ceremony list',
  'period.outlives-root':
    'The certificate would live longer than that of the authority. Make a new key of the authority first: nansen ceremony link',
  'period.length': 'Papers live from 1 to 120 months.',
  'algorithm.not-for-documents': 'This kind of key signs no travel documents.',
  'ordinal.not-next': 'An earlier ceremony was broken off: finish that one first.',
  'draft.lint': 'What was to be signed breaks these rules of the profile. The key was not used.',
  'sealed.differs': 'What was signed is not what was recorded. It is void: find out why before you go on.',
  'sealed.signature': 'The signature does not stand. It is void: find out why before you go on.',
  'sealed.lint':
    'What was signed breaks these rules of the profile. It is void: find out why before you go on.',
  'revoke.unknown': 'No signer of this authority has that serial number.',
  'ceremony.stopped':
    'Stopped. Nothing that was made is lost: the same command goes on from here, and makes nothing twice.',
  'ceremony.not-accepted':
    'What was made is not accepted by inspection. Do not use it: find out why before you go on.',
}

/** What is wrong with sheets of shares. */
export const SHARE_ERRORS: Readonly<Record<ShareErrorCode, string>> = {
  'share.counts': 'From 2 to 255 sheets, of which at least 2 give the passphrase back.',
  'share.passphrase-length': 'The passphrase is empty, or longer than 512 octets.',
  'share.line': 'This line was not copied as it is: compare it, digit by digit.',
  'share.sheet': 'A line of this sheet is missing, stands twice, or is of another sheet.',
  'share.too-few': 'These are fewer sheets than are needed.',
  'share.of-another': 'This sheet is of another passphrase, or of another time.',
  'share.wrong': 'The sheets do not fit together: one of them was changed.',
}
