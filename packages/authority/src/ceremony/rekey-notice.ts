import type { Certificate } from '@nansen/formats/pki'
import type { IssuingState } from '../office.ts'
import { fingerprint } from './fingerprint.ts'
import type { Signer } from './held-trust.ts'
import { addDays, NOTICE_DAYS } from './periods.ts'

/** What the other states are told of a new key of the authority, ninety days before it signs. [9303-12 §4.1] */
export function rekeyNotice(state: IssuingState, former: Signer, root: Signer, link: Certificate): string {
  const from = addDays(root.key.notBefore, NOTICE_DAYS)
  const indented = (bytes: Uint8Array) =>
    fingerprint(bytes)
      .map((line) => `    ${line}`)
      .join('\n')
  return `NOTICE OF A NEW KEY
${state.name} (${state.code3}): a state that does not exist

The country signing authority of ${state.name} has a new key.
Until ${day(from)} its former key goes on signing; from that day the new key
may sign document signers and revocation lists. Papers signed before stay
valid: keep the former certificate.

Add to your trusted certificates, and compare their SHA-256 with these:

  the new certificate (csca-next.cer), valid to ${day(root.certificate.notAfter)}
${indented(root.certificate.encoded)}

  the link from the former key (csca-link.cer), valid to ${day(link.notAfter)}
${indented(link.encoded)}

  for comparison, the former certificate, valid to ${day(former.certificate.notAfter)}
${indented(former.certificate.encoded)}

Both are in the master list of ${state.name} as well. If the numbers differ,
do not use the certificates, and ask by another way than the one on which
this notice came.
`
}

const day = (at: Date): string => at.toISOString().slice(0, 10)
