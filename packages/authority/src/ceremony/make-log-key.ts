import { hex } from '@nansen/formats/tlv'
import type { SigningKey } from '@nansen/signing'
import { append, readStream } from '@nansen/store'
import type { CeremonyOffice } from './ceremony-office.ts'
import { sha256 } from './fingerprint.ts'
import { keyId } from './held-trust.ts'
import { signingTerm, TERMS } from './periods.ts'
import { demandSpecimen } from './refusal.ts'

/**
 * The key that signs checkpoints of this authority's log, or the one with which it confirms the logs of others. Neither has
 * a certificate. P19
 * @throws CeremonyRefusal state.real
 */
export async function makeLogKey(office: CeremonyOffice, purpose: 'log' | 'witness'): Promise<SigningKey> {
  const { state, signing, store, clock, log } = office
  demandSpecimen(state)
  const key = await signing.makeKey({
    id: keyId(purpose, 1),
    purpose,
    algorithm: 'Ed25519',
    state: state.code2,
    ...signingTerm(purpose, clock()),
    most: TERMS[purpose].most,
  })
  office.step?.(`${purpose}.key`)
  const stream = `key/${key.id}`
  const event = { stream, kind: 'key.made', at: clock(), body: { sha256: hex(sha256(key.publicKey)) } }
  await store.transaction(async (tx) => {
    if ((await readStream(tx, stream)).length > 0) return
    await log.enter(tx, await append(tx, [event]))
  })
  return key
}
