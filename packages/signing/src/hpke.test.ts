import { createECDH, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type HpkeSuite, hpkeRecipient, hpkeSender, keySchedule, sharedSecret } from './hpke.ts'

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
    const sender = hpkeSender(unhex(pkR), INFO, { aead, ephemeral: unhex(skE) })
    expect(hex(sender.enc)).toBe(enc)
    expect(hex(sender.seal(AAD, PLAINTEXT))).toBe(ciphertext)
    const recipient = hpkeRecipient(agreeWith(unhex(skR)), unhex(pkR), INFO, unhex(enc), { aead })
    expect(hex(recipient.open(0, AAD, unhex(ciphertext)))).toBe(hex(PLAINTEXT))
  })

  test('the second and the third message of one encapsulation, AES-128-GCM', () => {
    const { aead, skE, pkR } = VECTORS[0]!
    const sender = hpkeSender(unhex(pkR), INFO, { aead, ephemeral: unhex(skE) })
    const sealed = [0, 1, 2].map((n) => hex(sender.seal(Buffer.from(`Count-${n}`), PLAINTEXT)))
    expect(sealed.slice(1)).toEqual([
      'fa6f037b47fc21826b610172ca9637e82d6e5801eb31cbd3748271affd4ecb06646e0329cbdf3c3cd655b28e82',
      '895cabfac50ce6c6eb02ffe6c048bf53b7f7be9a91fc559402cbc5b8dcaeb52b2ccc93e466c28fb55fed7a7fec',
    ])
  })
})

describe('what was sealed for a device', () => {
  const own = createECDH('prime256v1')
  const point = new Uint8Array(own.generateKeys())
  const agree = (other: Uint8Array) => own.computeSecret(other)
  const plain = randomBytes(32)

  test('comes out of it again, each message by its number, and looks different each time', () => {
    const { enc, seal } = hpkeSender(point, INFO)
    const sealed = [seal(AAD, plain), seal(AAD, plain)]
    expect(hex(sealed[0]!)).not.toBe(hex(sealed[1]!))
    expect(hex(hpkeSender(point, INFO).enc)).not.toBe(hex(enc))
    const recipient = hpkeRecipient(agree, point, INFO, enc)
    for (const n of [1, 0]) expect(hex(recipient.open(n, AAD, sealed[n]!))).toBe(hex(plain))
    expect(() => recipient.open(0, AAD, sealed[1]!)).toThrow('sealed.altered')
  })

  test('is refused with any octet changed, cut short, or for something else', () => {
    const { enc, seal } = hpkeSender(point, INFO)
    const sealed = seal(AAD, plain)
    const opened = (aad: Uint8Array, bytes: Uint8Array, info = INFO, to = enc) =>
      hpkeRecipient(agree, point, info, to).open(0, aad, bytes)
    for (const at of [0, 20, 31, 32, 47]) {
      const changed = sealed.slice()
      changed[at]! ^= 1
      expect(() => opened(AAD, changed)).toThrow('sealed.altered')
    }
    for (const at of [0, 1, 40, 64]) {
      const changed = enc.slice()
      changed[at]! ^= 1
      expect(() => opened(AAD, sealed, INFO, changed)).toThrow('sealed.altered')
    }
    for (const length of [0, 15, 47])
      expect(() => opened(AAD, sealed.subarray(0, length))).toThrow('sealed.altered')
    expect(() => opened(unhex('00'), sealed)).toThrow('sealed.altered')
    expect(() => opened(AAD, sealed, unhex('00'))).toThrow('sealed.altered')
  })
})
