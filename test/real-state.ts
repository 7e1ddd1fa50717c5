import { type IssuingState, SPECIMEN_STATES, trustFiles } from '@nansen/authority'
import { parsePublicKey } from '@nansen/formats/pki'
import { type InputFile, inspect, openTrust } from '@nansen/inspection'
import { keyIdentifier, signatureAlgorithmFor } from '@nansen/signing'
import { expect } from 'vitest'
import type { IssuingOffice } from './issuing-office.ts'
import { random } from './signing-office.ts'

/*
 * For the tests of specimens-only*.test.ts. Papers of a state that exists need an entry in a signed arrangement, which
 * nothing here can verify yet. So there must be no way to one: these tests try every way in at every
 * layer, and each once more for Utopia, where it works.
 */

export const SWITZERLAND = { code3: 'CHE', code2: 'CH', name: 'Switzerland' } as unknown as IssuingState
export const UTOPIA = SPECIMEN_STATES[0]!

/** Utopia as often as it is asked at first, and Switzerland afterwards. */
export function turning(after: number) {
  let looks = 0
  return { looks: () => looks, get: () => (looks++ < after ? UTOPIA : SWITZERLAND) }
}

export const rowsOf = (office: IssuingOffice, sql: string) => office.store.transaction((tx) => tx.query(sql))

/** Has bytes signed by whoever holds the room with the keys, as far as that goes. */
export async function signBy(
  office: IssuingOffice,
  key: string,
  toBeSigned: Uint8Array,
): Promise<Uint8Array> {
  const request = { key, toBeSigned, decision: random(32), once: random(32) }
  const [intent] = await office.store.transaction((tx) => office.signing.record(tx, [request]))
  return (await office.signing.finish([intent!]))[0]!
}

/** Fails if anything was signed, or a paper made, while this went on. */
export async function nothingSignedBy(office: IssuingOffice, work: () => Promise<unknown>): Promise<void> {
  const counts = () =>
    rowsOf(
      office,
      `select (select count(*) from signature) as signatures,
        (select count(*) from paper where stage in ('released', 'delivered')) as papers`,
    )
  const before = await counts()
  await work()
  expect(await counts()).toEqual(before)
}

/** What somebody says of a paper who trusts what the office publishes. */
export async function inspectedBy(office: IssuingOffice, files: readonly InputFile[]) {
  const sources = (await trustFiles(office)).map(({ name, bytes }) => ({ label: name, bytes }))
  const { trust } = await openTrust(sources, office.crypto)
  return inspect(files, trust, office.clock(), office.crypto)
}

export const verdictOf = async (office: IssuingOffice, files: readonly InputFile[]) =>
  (await inspectedBy(office, files)).verdict.verdict

/** What a certificate of a key says, for a state. */
export function certificateContent(spki: Uint8Array, of = { country: 'UT', state: 'UTO' }) {
  const [notBefore, notAfter] = [new Date('2026-11-01T00:00:00Z'), new Date('2036-11-01T00:00:00Z')]
  return {
    subject: { country: of.country, organization: 'A state', commonName: 'CSCA' },
    serial: Uint8Array.of(1, ...random(15)),
    publicKey: parsePublicKey(spki),
    keyIdentifier: keyIdentifier(spki),
    notBefore,
    notAfter,
    signingPeriod: { notBefore, notAfter: new Date('2029-11-01T00:00:00Z') },
    alternativeName: { state: of.state, email: 'csca@state.example' },
    crlUris: ['https://pki.state.example/crl'],
    signatureAlgorithm: signatureAlgorithmFor('P-256')!,
  }
}
