import { createHash } from 'node:crypto'
import { hex } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import type { Problem } from './problem.ts'

/** Certificates and lists are signed under these; what they sign is kept and published. */
const ABOUT_ITSELF = `purpose in ('csca', 'master-list-signer')`

/** Invariant 7: all that the authority has signed about itself is kept, and is what the journal says it was. */
export async function checkTrust(tx: Tx): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const unkept = await tx.query<{ id: Uint8Array }>(
    `select intent.id from intent join signature on signature.intent_id = intent.id
      where ${ABOUT_ITSELF}
        and not exists (select 1 from trust_object where trust_object.intent_id = intent.id)
        and not exists (select 1 from voided where voided.intent_id = intent.id)`,
  )
  for (const { id } of unkept) problems.push({ invariant: 7, code: 'trust.missing', where: hex(id) })

  const objects = await tx.query<{ id: Uint8Array; bytes: Uint8Array }>(
    'select intent_id as id, bytes from trust_object',
  )
  const kept = new Set(objects.map(({ bytes }) => digest(bytes)))
  const told = await tx.query<{ stream: string; body: string }>(
    "select stream, body from event where kind = 'trust.signed'",
  )
  const digests = new Set<unknown>()
  for (const { stream, body } of told) {
    const { sha256 } = JSON.parse(body) as { sha256?: unknown }
    digests.add(sha256)
    if (!kept.has(String(sha256))) problems.push({ invariant: 7, code: 'trust.missing', where: stream })
  }
  for (const { id, bytes } of objects)
    if (!digests.has(digest(bytes))) problems.push({ invariant: 8, code: 'trust.differs', where: hex(id) })
  return problems
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
