import { parsePublicKey, type SignatureAlgorithm } from '@nansen/formats/pki'
import { type Crypto, inspect, openTrust, type SignatureAnswer } from '@nansen/inspection'

// What a test has done both here and in the page, in a form that can be handed to the page.

export interface NamedOctets {
  readonly name: string
  readonly base64: string
}

export interface InspectionJob {
  readonly trust: readonly NamedOctets[]
  /** ISO 8601. */
  readonly at: string
  /** The files of each thing presented. */
  readonly presented: readonly (readonly NamedOctets[])[]
}

export interface Question {
  readonly algorithm: SignatureAlgorithm
  /** SubjectPublicKeyInfo. */
  readonly key: string
  readonly message: string
  readonly signature: string
}

const octets = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

/** How each source of trust was taken, and the whole inspection of each thing presented, as JSON. */
export async function inspectAll({ trust, at, presented }: InspectionJob, crypto: Crypto): Promise<string> {
  const sources = trust.map(({ name, base64 }) => ({ label: name, bytes: octets(base64) }))
  const opened = await openTrust(sources, crypto)
  const inspections = []
  for (const files of presented) {
    const input = files.map(({ name, base64 }) => ({ name, bytes: octets(base64) }))
    inspections.push(await inspect(input, opened.trust, new Date(at), crypto))
  }
  return JSON.stringify({ reports: opened.reports, inspections })
}

/** The answer to each question. A key is read once for as long as it is asked for in a row. */
export async function verifyAll(questions: readonly Question[], crypto: Crypto): Promise<SignatureAnswer[]> {
  const answers: SignatureAnswer[] = []
  let text = ''
  let key = undefined as ReturnType<typeof parsePublicKey> | undefined
  for (const question of questions) {
    if (key === undefined || question.key !== text) {
      text = question.key
      key = parsePublicKey(octets(text))
    }
    const message = octets(question.message)
    answers.push(await crypto.verify(question.algorithm, key, message, octets(question.signature)))
  }
  return answers
}
