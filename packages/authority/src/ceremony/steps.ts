import { crlNumber, revocationsOf } from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import type { SigningKey } from '@nansen/signing'
import type { CeremonyOffice } from './ceremony-office.ts'
import type { TrustFile } from './current-trust.ts'
import { demandAccepted } from './demand-accepted.ts'
import type { Signer } from './held-trust.ts'
import { makeLink } from './make-link.ts'
import { makeLogKey } from './make-log-key.ts'
import { makeRoot } from './make-root.ts'
import { makeDocumentSigner, makeListSigner } from './make-signer.ts'
import { lastSecond } from './periods.ts'
import type { CeremonyKind, CeremonyPlan } from './plan.ts'
import { publishCrl } from './publish-crl.ts'
import { publishMasterList } from './publish-master-list.ts'

/** Who is in the room. Names are written on paper, not into the machine. */
export type Role = 'leader' | 'custodian' | 'witness' | 'recorder'

/** Something made in a step. */
export interface Made {
  /** Such as `key csca-1`. */
  readonly what: string
  /** What is read aloud and compared besides the fingerprint. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  /** What the fingerprint is of. */
  readonly bytes: Uint8Array
  /** Where it is published. */
  readonly file?: TrustFile
}

/** One step, for the people who follow the script and for the program that carries it out. */
export interface Step {
  readonly name: string
  readonly who: readonly Role[]
  /** What is done, in a sentence or two. */
  readonly does: string
  /** What must be seen before anybody goes on. */
  readonly check: readonly string[]
  /** There is no fingerprint to note. */
  readonly makesNothing?: true
  readonly run: (office: CeremonyOffice, plan: CeremonyPlan) => Promise<readonly Made[]>
}

const TIME_AND_PLACE: Step = {
  name: 'room',
  who: ['leader', 'witness', 'recorder'],
  does: 'Everybody says who they are and in which role. The leader reads the name of the state, the version of the program and the time from the screen.',
  check: [
    'The machine has no connection to any network.',
    'The time on the screen is that of two other clocks, to the minute.',
    'The version is the one that was agreed on, from a copy that was checked.',
  ],
  makesNothing: true,
  run: async () => [],
}

const ROOT: Step = {
  name: 'root',
  who: ['leader', 'custodian', 'witness'],
  does: 'The key of the country signing authority (CSCA) is made in the device that keeps it, and signs its own certificate. All papers of the state rest on it.',
  check: [
    'The fingerprint on the screen is the one that the witness writes down, read aloud group by group.',
    'The key signs for five years and the certificate lives for fifteen.',
  ],
  run: async (office, { making }) => signerMade(await makeRoot(office, making), 'csca.cer'),
}

const DOCUMENT_SIGNER: Step = {
  name: 'document-signer',
  who: ['leader', 'custodian', 'witness'],
  does: 'A key is made that signs papers for three months, and the authority certifies it.',
  check: [
    'The fingerprint is compared aloud.',
    'The key signs for three months at the most and not more often than was agreed on.',
  ],
  run: async (office, { making, ordinals }) =>
    signerMade(await makeDocumentSigner(office, making, ordinals.documentSigner), 'dsc.cer'),
}

const LIST_SIGNER: Step = {
  name: 'list-signer',
  who: ['leader', 'custodian', 'witness'],
  does: 'A key is made that signs master lists, and the authority certifies it. If there is one that may still sign, that one is used.',
  check: ['The fingerprint is compared aloud.'],
  run: async (office, { making, ordinals }) =>
    signerMade(await makeListSigner(office, making, ordinals.listSigner)),
}

const CRL: Step = {
  name: 'revocation-list',
  who: ['leader', 'custodian', 'witness'],
  does: 'The authority signs the list of certificates that are revoked. It replaces every list before it.',
  check: [
    'Its number is one higher than that of the list before.',
    'It names as many certificates as were decided on, with those before.',
    'The next one is due within ninety days: the recorder notes the day.',
  ],
  async run(office, { making, ordinals, revoke }) {
    const crl = await publishCrl(office, { ordinal: ordinals.crl, revoke, atOnce: making.atOnce })
    const facts = [
      ['number', String(BigInt(`0x${hex(crlNumber(crl)!)}`))],
      ['revoked', String(revocationsOf(crl).length)],
      ['from', moment(crl.thisUpdate)],
      ['next by', moment(crl.nextUpdate!)],
    ] as const
    return [
      { what: 'revocation list', facts, bytes: crl.encoded, file: { name: 'crl.crl', bytes: crl.encoded } },
    ]
  },
}

const MASTER_LIST: Step = {
  name: 'master-list',
  who: ['leader', 'witness'],
  does: 'The list signer signs the list of the certificates of this authority, as other states receive it.',
  check: ['It holds every certificate of the authority, root and link.'],
  async run(office, { ordinals }) {
    const list = await publishMasterList(office, { ordinal: ordinals.masterList })
    const { encoded: bytes } = list
    const facts = [
      ['certificates', String(list.certificates.length)],
      ['signed', moment(list.signedData.signers[0]!.signedAttributes!.signingTime!)],
    ] as const
    return [{ what: 'master list', facts, bytes, file: { name: 'masterlist.ml', bytes } }]
  },
}

const LINK: Step = {
  name: 'link',
  who: ['leader', 'custodian', 'witness'],
  does: 'A new key of the authority is made and signs its own certificate; the former key certifies it in a link. The new key signs nothing else for ninety days, unless the former is lost.',
  check: [
    'The fingerprints are compared aloud: of the new key, its certificate and the link.',
    'The former certificate named in the notice is the one that is in use.',
    'The notice goes to every other state today.',
  ],
  async run(office, { making, ordinals }) {
    const { root, certificate, notice } = await makeLink(office, making, ordinals.csca)
    const text = new TextEncoder().encode(notice)
    return [
      ...signerMade(root, 'csca-next.cer'),
      certificateMade('link certificate', certificate, 'csca-link.cer'),
      { what: 'notice', facts: [], bytes: text, file: { name: 'new-key-notice.txt', bytes: text } },
    ]
  },
}

const LOG_KEY: Step = {
  name: 'log-key',
  who: ['leader', 'custodian', 'witness'],
  does: 'A key is made that signs the state of the log, in which every paper stands as a number that tells nothing.',
  check: ['The fingerprint is compared aloud; the witnesses of the log need it.'],
  run: async (office) => [keyMade(await makeLogKey(office, 'log'))],
}

const WITNESS_KEY: Step = {
  name: 'witness-key',
  who: ['leader', 'custodian', 'witness'],
  does: 'A key is made with which this authority confirms the logs of others.',
  check: ['The fingerprint is compared aloud; the other authorities need it.'],
  run: async (office) => [keyMade(await makeLogKey(office, 'witness'))],
}

const READ_BACK: Step = {
  name: 'read-back',
  who: ['leader', 'witness'],
  does: 'The program reads what was made as a border post does that knows only the first certificate of the authority.',
  check: ['Every certificate and list is accepted; otherwise nothing that was made is used.'],
  makesNothing: true,
  run: async (office) => {
    await demandAccepted(office)
    return []
  },
}

/** One kind of ceremony: what for, and its steps in order. */
export interface Ceremony {
  readonly title: string
  readonly purpose: string
  readonly steps: readonly Step[]
}

export const CEREMONIES: Readonly<Record<CeremonyKind, Ceremony>> = {
  first: {
    title: 'The first keys of an authority',
    purpose:
      'After it the state can issue papers: it has the key on which all rest, the keys that sign papers and lists, and the lists that other states need to check them.',
    steps: [
      TIME_AND_PLACE,
      ROOT,
      DOCUMENT_SIGNER,
      LIST_SIGNER,
      MASTER_LIST,
      CRL,
      LOG_KEY,
      WITNESS_KEY,
      READ_BACK,
    ],
  },
  link: {
    title: 'A new key of the authority',
    purpose:
      'A key of the authority signs for five years at the most. After this ceremony there is a new one, and whoever trusts the former can come to trust it.',
    steps: [TIME_AND_PLACE, LINK, LIST_SIGNER, MASTER_LIST, READ_BACK],
  },
  signer: {
    title: 'A new document signer',
    purpose: 'A key that signs papers does so for three months. After this ceremony there is a new one.',
    steps: [TIME_AND_PLACE, DOCUMENT_SIGNER, READ_BACK],
  },
  crl: {
    title: 'A revocation list',
    purpose: 'Other states must know which certificates are revoked, and that the list is not out of date.',
    steps: [TIME_AND_PLACE, CRL, READ_BACK],
  },
  list: {
    title: 'A master list',
    purpose: 'Other states receive the certificates of this authority in a signed list.',
    steps: [TIME_AND_PLACE, LIST_SIGNER, MASTER_LIST, READ_BACK],
  },
}

const keyMade = ({ id, algorithm, publicKey, notBefore, notAfter, most }: SigningKey): Made => ({
  what: `key ${id}`,
  facts: [
    ['algorithm', algorithm],
    ['signs from', moment(notBefore)],
    ['signs until', moment(lastSecond(notAfter))],
    ['signs at most', `${most} times`],
  ],
  bytes: publicKey,
})

const certificateMade = (what: string, certificate: Signer['certificate'], name?: string): Made => ({
  what,
  facts: [
    ['serial number', certificate.serialHex],
    ['lives from', moment(certificate.notBefore)],
    ['lives until', moment(certificate.notAfter)],
  ],
  bytes: certificate.encoded,
  ...(name === undefined ? {} : { file: { name, bytes: certificate.encoded } }),
})

const signerMade = ({ key, certificate }: Signer, name?: string): readonly Made[] => [
  keyMade(key),
  certificateMade(`certificate of ${key.id}`, certificate, name),
]

const moment = (at: Date): string => at.toISOString().replace('.000Z', 'Z')
