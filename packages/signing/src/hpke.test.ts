import { createECDH, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type HpkeSuite, hpkeOpen, hpkeSeal, keySchedule, sharedSecret } from './hpke.ts'

const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const INFO = unhex('4f6465206f6e2061204772656369616e2055726e')
const PLAINTEXT = unhex('4265617574792069732074727574682c20747275746820626561757479')
const AAD = unhex('436f756e742d30')

interface Vector {
  name: string
  aead: HpkeSuite['aead']
  skE: string
  pkR: string
  skR: string
  enc: string
  shared: string
  key: string
  nonce: string
  ciphertext: string
}

/** The first of [RFC9180 §A.3.1]; the second, of the suite used here, is from the test vectors beside the standard. */
const VECTORS: Vector[] = [
  {
    name: 'AES-128-GCM',
    aead: 'aes-128-gcm',
    skE: '4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb',
    pkR: '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
    skR: 'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
    enc: '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
    shared: 'c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8',
    key: '868c066ef58aae6dc589b6cfdd18f97e',
    nonce: '4e0bc5018beba4bf004cca59',
    ciphertext: '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
  },
  {
    name: 'AES-256-GCM',
    aead: 'aes-256-gcm',
    skE: '90345e3a1d116c1dd39ae76d95ab858c142223a63e44f8f85318cfa91a84858e',
    pkR: '04abc7e49a4c6b3566d77d0304addc6ed0e98512ffccf505e6a8e3eb25c685136f853148544876de76c0f2ef99cdc3a05ccf5ded7860c7c021238f9e2073d2356c',
    skR: '317f915db7bc629c48fe765587897e01e282d3e8445f79f27f65d031a88082b2',
    enc: '04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0',
    shared: '48893fecd82f7c3456af6a42d8f56325d21e08c10fa81299986aaff54cde7b49',
    key: 'ee16802a936d5f544771131900ee6973d0551de9e852ece2ef34bf0d5f9e1d1d',
    nonce: '9bc50980832a7b4b58c40161',
    ciphertext: '58c61a45059d0c5704560e9d88b564a8b63f1364b8d1fcb3c4c6ddc1d291742465e902cd216f8908da49f8f96f',
  },
]

const agreeWith =
  (skR: Uint8Array) =>
  (point: Uint8Array): Uint8Array => {
    const own = createECDH('prime256v1')
    own.setPrivateKey(skR)
    return own.computeSecret(point)
  }

describe('hybrid encryption gives what the vectors of its standard say', () => {
  test.each(VECTORS)('key schedule, $name', ({ aead, skR, pkR, enc, shared, key, nonce }) => {
    const secret = sharedSecret(agreeWith(unhex(skR))(unhex(enc)), unhex(enc), unhex(pkR))
    expect(hex(secret)).toBe(shared)
    const schedule = keySchedule(secret, INFO, { aead })
    expect(hex(schedule.key)).toBe(key)
    expect(hex(schedule.nonce)).toBe(nonce)
  })

  test.each(VECTORS)('sealing and opening, $name', ({ aead, skE, skR, pkR, enc, ciphertext }) => {
    const context = { info: INFO, aad: AAD }
    const sealed = hpkeSeal(unhex(pkR), context, PLAINTEXT, { aead, ephemeral: unhex(skE) })
    expect(hex(sealed)).toBe(enc + ciphertext)
    const opened = hpkeOpen(agreeWith(unhex(skR)), unhex(pkR), context, sealed, { aead })
    expect(hex(opened)).toBe(hex(PLAINTEXT))
  })
})

describe('what was sealed for a device', () => {
  const own = createECDH('prime256v1')
  const point = new Uint8Array(own.generateKeys())
  const agree = (other: Uint8Array) => own.computeSecret(other)
  const context = { info: INFO, aad: AAD }
  const plain = randomBytes(32)

  test('comes out of it again, and looks different each time', () => {
    const one = hpkeSeal(point, context, plain)
    const two = hpkeSeal(point, context, plain)
    expect(one.length).toBe(plain.length + 81)
    expect(hex(one)).not.toBe(hex(two))
    for (const sealed of [one, two]) expect(hex(hpkeOpen(agree, point, context, sealed))).toBe(hex(plain))
  })

  test('is refused with any octet changed, cut short, or for something else', () => {
    const sealed = hpkeSeal(point, context, plain)
    for (const at of [0, 1, 40, 66, 96, 100, 112]) {
      const changed = sealed.slice()
      changed[at]! ^= 1
      expect(() => hpkeOpen(agree, point, context, changed)).toThrow('sealed.altered')
    }
    for (const length of [0, 64, 80, 112])
      expect(() => hpkeOpen(agree, point, context, sealed.subarray(0, length))).toThrow('sealed.altered')
    const elsewhere = { ...context, aad: unhex('00') }
    expect(() => hpkeOpen(agree, point, elsewhere, sealed)).toThrow('sealed.altered')
    const otherwise = { ...context, info: unhex('00') }
    expect(() => hpkeOpen(agree, point, otherwise, sealed)).toThrow('sealed.altered')
  })
})
