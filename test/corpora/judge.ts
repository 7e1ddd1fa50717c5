import * as node from 'node:crypto'
import { FormatError } from '@nansen/formats'
import { parseCertificate, parseCrl } from '@nansen/formats/pki'
import { Anchors, certify, issuerOfCrl, type Purpose, RevocationLists } from '@nansen/inspection'
import { runChecks } from '../../packages/inspection/src/checks/index.ts'
import { nodeCrypto } from '../../packages/inspection/src/crypto/node.ts'
import { evidence } from '../../packages/inspection/src/evidence/evidence.ts'
import { decide } from '../../packages/inspection/src/verdict.ts'

const crypto = nodeCrypto(node)

/** What a corpus of certification paths asks. */
export interface Question {
  readonly anchors: readonly Uint8Array[]
  readonly certificate: Uint8Array
  readonly purpose: Purpose
  /** `undefined` where the case brings none: then revocation is not asked about. */
  readonly lists: readonly Uint8Array[] | undefined
  readonly at: Date
}

/** `accepted`, or the codes of what stood against it. */
export type Answer = string

/**
 * Our validator: one anchor, one signer. It is what `inspect` does with a certificate, with the purpose given
 * by the case and not read from the certificate.
 */
export async function judge(question: Question): Promise<Answer> {
  const { purpose, at } = question
  try {
    const anchors = new Anchors()
    for (const anchor of question.anchors) anchors.add(anchor, 'corpus')
    const lists = await listsUnder(anchors, question.lists ?? [])
    const certificate = parseCertificate(question.certificate)
    const checks = runChecks(
      evidence({
        kind: 'certificate',
        at,
        certificate,
        signer: certificate,
        standing: await certify(certificate, purpose, anchors, crypto),
        revocation: lists.ask(certificate, at),
      }),
    )
    const verdict = decide(checks.filter(({ name }) => name !== 'revocation' || question.lists !== undefined))
    if (verdict.verdict === 'accepted') return 'accepted'
    const against = verdict.verdict === 'unproven' ? verdict.missing : verdict.because
    return against.map(({ code }) => code).join(' ')
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

/** As a receiver opens its lists: one that no anchor signed, or that cannot be read, is left out. */
async function listsUnder(anchors: Anchors, lists: readonly Uint8Array[]): Promise<RevocationLists> {
  const known = new RevocationLists(anchors)
  for (const bytes of lists) {
    try {
      const crl = parseCrl(bytes)
      const { standing } = await issuerOfCrl(crl, anchors, crypto)
      if (standing === 'anchored') known.add(crl)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
    }
  }
  return known
}

/** How often each answer was given. */
export function tally(answers: readonly Answer[]): Record<Answer, number> {
  const counts: Record<Answer, number> = {}
  for (const answer of [...answers].sort()) counts[answer] = (counts[answer] ?? 0) + 1
  return counts
}
