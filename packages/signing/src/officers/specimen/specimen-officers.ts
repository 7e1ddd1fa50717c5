import { createHash, createPrivateKey, sign } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { toBase64url } from '../base64url.ts'
import type { Assertion, Officer, OfficersRoot } from '../officer.ts'

/** As it lies in a folder: `NAME.json`. The private key protects nothing. */
export interface SpecimenOfficerFile {
  readonly officer: Officer
  readonly privateKey: string
}

export interface SpecimenOfficers {
  list(): readonly Officer[]
  /** Answers a challenge as this officer's authenticator would. @throws RangeError for an officer that is none of these */
  answer(officerId: string, challenge: string): Promise<Assertion>
}

/** Present, verified: what a person at an authenticator has done. [WebAuthn §6.1] */
const FLAGS = 0x05

/** The officers in a folder; none where it is empty. */
export function openSpecimenOfficers(
  folder: string,
  { rpId, origins }: Pick<OfficersRoot, 'rpId' | 'origins'>,
): SpecimenOfficers {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as SpecimenOfficerFile)
  const byId = new Map(files.map((file) => [file.officer.id, file]))
  return {
    list: () => files.map(({ officer }) => officer),
    async answer(officerId, challenge) {
      const file = byId.get(officerId)
      if (file === undefined) throw new RangeError('no such officer')
      const clientData = Buffer.from(
        JSON.stringify({
          type: 'webauthn.get',
          challenge,
          origin: origins[0] ?? `http://${rpId}`,
          crossOrigin: false,
        }),
      )
      const authenticatorData = Buffer.concat([
        createHash('sha256').update(rpId, 'utf8').digest(),
        Uint8Array.of(FLAGS, 0, 0, 0, 0),
      ])
      const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()])
      const key = createPrivateKey(file.privateKey)
      return {
        credentialId: file.officer.credential.id,
        authenticatorData: toBase64url(authenticatorData),
        clientDataJSON: toBase64url(clientData),
        signature: toBase64url(sign('sha256', signed, { key, dsaEncoding: 'der' })),
      }
    },
  }
}
