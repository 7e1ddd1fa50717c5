import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import { describe, expect, test } from 'vitest'
import { assertionStands } from '../../packages/signing/src/officers/assertion.ts'
import type { Assertion, Credential } from '../../packages/signing/src/officers/officer.ts'

/*
 * Answers of authenticators, right and wrong, before our own verification and @simplewebauthn/server: where that one says
 * no, ours says no too.
 */

const RP = 'utopia.localhost'
const ORIGIN = 'http://utopia.localhost:8080'
const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const spki = publicKey.export({ format: 'der', type: 'spki' })
const credential: Credential = { kind: 'passkey', id: b64('credential'), publicKey: b64(spki) }
const root = { kind: 'real' as const, rpId: RP, origins: [ORIGIN] }
const challenge = b64(createHash('sha256').update('a decision').digest())

/** EC2, ES256, P-256: {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR. [WebAuthn §5.8.5] */
const cose = new Uint8Array(
  Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    spki.subarray(-64, -32),
    Buffer.from('225820', 'hex'),
    spki.subarray(-32),
  ]),
)

function answer(
  changes: { client?: object; rpId?: string; flags?: number; signature?: (octets: Buffer) => Buffer } = {},
): Assertion {
  const { client = {}, rpId = RP, flags = 5, signature = (octets) => octets } = changes
  const said = Buffer.from(
    JSON.stringify({ type: 'webauthn.get', challenge, origin: ORIGIN, crossOrigin: false, ...client }),
  )
  const data = Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags, 0, 0, 0, 9])])
  const signed = sign('sha256', Buffer.concat([data, createHash('sha256').update(said).digest()]), privateKey)
  return {
    credentialId: credential.id,
    authenticatorData: b64(data),
    clientDataJSON: b64(said),
    signature: b64(signature(signed)),
  }
}

async function judged({ credentialId: id, ...response }: Assertion): Promise<boolean> {
  try {
    const { verified } = await verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
      expectedChallenge: challenge,
      expectedOrigin: ORIGIN,
      expectedRPID: RP,
      requireUserVerification: true,
      credential: { id: credential.id, publicKey: cose, counter: 0 },
    })
    return verified
  } catch {
    return false
  }
}

describe('an authenticator’s answer, before us and before @simplewebauthn/server', () => {
  test('stands before both', async () => {
    expect([assertionStands(root, credential, answer(), challenge), await judged(answer())]).toEqual([
      true,
      true,
    ])
  })

  test.each([
    ['another challenge', answer({ client: { challenge: b64('another') } })],
    ['a registration', answer({ client: { type: 'webauthn.create' } })],
    ['another origin', answer({ client: { origin: 'http://zembla.localhost:8080' } })],
    ['another host', answer({ rpId: 'zembla.localhost' })],
    ['nobody verified', answer({ flags: 1 })],
    ['nobody present', answer({ flags: 4 })],
    [
      'a signature with a bit flipped',
      answer({ signature: (o) => Buffer.concat([o.subarray(0, -1), Buffer.of(o.at(-1)! ^ 1)]) }),
    ],
    ['a signature cut short', answer({ signature: (o) => o.subarray(0, -1) })],
    ['no signature', answer({ signature: () => Buffer.alloc(0) })],
  ])('with %s stands before neither', async (_, one) => {
    expect([assertionStands(root, credential, one, challenge), await judged(one)]).toEqual([false, false])
  })
})
