import { createHash } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import { type KeyJournalLine, readKeyJournal, SigningRefusal, verifySignature } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import type { Problem } from './problem.ts'

interface IntentRow extends Readonly<Record<string, unknown>> {
  readonly id: Uint8Array
  readonly keyId: string
  readonly purpose: string
  readonly caseId: Uint8Array | null
  readonly digest: Uint8Array
  readonly stored: Uint8Array
  /** Of what is public, and so in the clear. */
  readonly bytes: Uint8Array | null
  readonly signature: Uint8Array | null
  readonly voided: boolean
  readonly wrapped: boolean
}

const INTENTS = `select intent.id, intent.key_id as "keyId", intent.purpose, intent.case_id as "caseId", intent.digest,
    sha256(intent.bytes) as stored, case when intent.case_id is null then intent.bytes end as bytes,
    signature.value as signature, voided.intent_id is not null as voided,
    intent.case_id is null or case_key.case_id is not null as wrapped
  from intent
  left join signature on signature.intent_id = intent.id
  left join voided on voided.intent_id = intent.id
  left join case_key on case_key.case_id = intent.case_id`

/**
 * Invariants 1 and 2: what the key service says it signed is what was recorded, each stored signature is one that it
 * tells of, and every intent is finished or void. P2, P5
 */
export async function checkSignatures(tx: Tx, keyJournal: string): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const report = (code: Problem['code'], where: string, invariant: Problem['invariant'] = 1) => {
    problems.push({ invariant, code, where })
  }
  const intents = new Map((await tx.query<IntentRow>(INTENTS)).map((row) => [hex(row.id), row]))
  const told = new Map<string, Set<string>>()
  for (const line of readJournal(keyJournal, report)) {
    const intent = intents.get(line.intent)
    if (intent === undefined) report('key-journal.no-intent', line.intent)
    else {
      if (line.digest !== hex(intent.digest)) report('key-journal.other-digest', line.intent)
      if (line.key !== intent.keyId) report('key-journal.other-key', line.intent)
      if (line.stored !== hex(intent.stored)) report('key-journal.other-bytes', line.intent)
    }
    const signatures = told.get(line.intent) ?? new Set()
    told.set(line.intent, signatures.add(line.signature))
  }
  const keys = await publicKeys(tx)
  for (const [id, intent] of intents) {
    if (!intent.wrapped) report('intent.case-missing', id, 7)
    if (intent.bytes !== null && hex(sha256(intent.bytes)) !== hex(intent.digest))
      report('intent.other-digest', id)
    if (intent.signature === null) {
      if (!intent.voided) report('intent.unfinished', id, 2)
      continue
    }
    if (told.get(id)?.has(hex(sha256(intent.signature))) !== true) report('signature.unknown', id)
    const key = keys.get(intent.keyId)
    if (intent.bytes !== null && !(key && verifySignature(key, intent.bytes, intent.signature)))
      report('signature.wrong', id)
  }
  const orphans = await tx.query<{ id: Uint8Array }>(
    `select intent_id as id from signature where not exists (select 1 from intent where intent.id = intent_id)
     union select intent_id as id from voided where not exists (select 1 from intent where intent.id = intent_id)`,
  )
  for (const { id } of orphans) report('signature.no-intent', hex(id))
  return problems
}

function readJournal(
  path: string,
  report: (code: Problem['code'], where: string) => void,
): readonly KeyJournalLine[] {
  try {
    return readKeyJournal(path)
  } catch (error) {
    if (!(error instanceof SigningRefusal)) throw error
    report('key-journal.broken', 'journal')
    return []
  }
}

async function publicKeys(tx: Tx) {
  const rows = await tx.query<{ id: string; algorithm: string; publicKey: Uint8Array }>(
    'select id, algorithm, public_key as "publicKey" from signing_key',
  )
  return new Map(rows.map(({ id, algorithm, publicKey }) => [id, { algorithm, publicKey }]))
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
