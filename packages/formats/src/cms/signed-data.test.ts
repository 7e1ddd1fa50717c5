import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { refusal, unhex } from '../../../../test/certificate-parts.ts'
import { date, ecKey, specimenPki } from '../../../../test/specimen-pki.ts'
import { write as der } from '../der/index.ts'
import { encodeHashAlgorithm, encodeSignatureAlgorithm } from '../pki/algorithm.ts'
import { OIDS } from '../pki/oids.ts'
import { concat, encodeElement, hex, type Rules } from '../tlv/index.ts'
import {
  draftSignedData,
  parseSignedData,
  type SignedDataDraft,
  sealSignedData,
  signerHash,
} from './index.ts'

const BER: Rules = { lengths: 'ber' }
let pki: ReturnType<typeof specimenPki>
beforeAll(() => {
  pki = specimenPki()
})

const digest = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())

function draft(more: Partial<SignedDataDraft> = {}): SignedDataDraft {
  const content = more.content ?? unhex('3003020100')
  return {
    contentType: OIDS.cscaMasterList,
    content,
    contentDigest: digest(content),
    hash: 'sha256',
    signatureAlgorithm: pki.listSignerKey.algorithm,
    signer: pki.listSigner,
    sid: { by: 'key-identifier', keyIdentifier: pki.listSignerKey.keyIdentifier },
    certificates: [pki.listSigner.encoded, pki.csca.encoded],
    signingTime: date('2026-03-01'),
    ...more,
  }
}

describe('a signed message', () => {
  test('says what was put in, by key identifier', () => {
    const drafted = draftSignedData(draft())
    const sealed = sealSignedData(drafted, unhex('0102'))
    const read = parseSignedData(sealed)
    expect(read).toMatchObject({ version: 3, contentType: OIDS.cscaMasterList, hasCrls: false })
    expect(hex(read.content)).toBe('3003020100')
    expect(read.certificates.map(hex).sort()).toEqual(
      [pki.listSigner.encoded, pki.csca.encoded].map(hex).sort(),
    )
    const signer = read.signers[0]!
    expect(signer).toMatchObject({
      version: 3,
      sid: { by: 'key-identifier', keyIdentifier: pki.listSignerKey.keyIdentifier },
      signedAttributes: {
        contentType: OIDS.cscaMasterList,
        messageDigest: digest(unhex('3003020100')),
        signingTime: date('2026-03-01'),
        inOrder: true,
      },
    })
    expect(signerHash(signer)).toBe('sha256')
    expect(hex(signer.signature)).toBe('0102')
  })

  test('names its signer by issuer and serial number where that is asked', () => {
    const drafted = draftSignedData(draft({ sid: { by: 'issuer-and-serial' } }))
    const [signer] = parseSignedData(sealSignedData(drafted, unhex('0102'))).signers
    expect(signer).toMatchObject({
      version: 1,
      sid: { by: 'issuer-and-serial', serial: pki.listSigner.serial },
    })
  })

  test('hands out for verification the very bytes that were to be signed', () => {
    const drafted = draftSignedData(draft())
    const [signer] = parseSignedData(sealSignedData(drafted, unhex('00'))).signers
    expect(hex(signer!.signedAttributes!.toBeSigned)).toBe(hex(drafted.toBeSigned))
  })

  test('comes out the same from the same draft', () => {
    const [one, two] = [draftSignedData(draft()), draftSignedData(draft())]
    expect(hex(one.toBeSigned)).toBe(hex(two.toBeSigned))
    expect(hex(sealSignedData(one, unhex('05')))).toBe(hex(sealSignedData(two, unhex('05'))))
  })
})

interface Parts {
  contentInfoType?: Uint8Array
  version?: Uint8Array
  digests?: Uint8Array
  type?: string
  content?: Uint8Array
  certificates?: Uint8Array
  crls?: Uint8Array
  signers?: Uint8Array
}

const attribute = (type: string, ...values: Uint8Array[]) => der.sequence(der.oid(type), der.setOf(...values))
const contentType = () => attribute(OIDS.contentType, der.oid(OIDS.cscaMasterList))
const messageDigest = () => attribute(OIDS.messageDigest, der.octetString(digest(unhex('05'))))
const keyId = () => der.implicit(0, unhex('0102'))

function signerInfo(
  parts: Partial<Record<'version' | 'sid' | 'attributes' | 'after', Uint8Array>> = {},
): Uint8Array {
  return der.sequence(
    parts.version ?? der.integer(3),
    parts.sid ?? keyId(),
    encodeHashAlgorithm('sha256'),
    parts.attributes ?? der.context(0, contentType(), messageDigest()),
    encodeSignatureAlgorithm({ scheme: 'ecdsa', hash: 'sha256', encoding: 'der' }),
    der.octetString(unhex('0102')),
    parts.after ?? new Uint8Array(0),
  )
}

function message(parts: Parts = {}): Uint8Array {
  const signedData = der.sequence(
    parts.version ?? der.integer(3),
    parts.digests ?? der.setOf(encodeHashAlgorithm('sha256')),
    der.sequence(
      der.oid(parts.type ?? OIDS.cscaMasterList),
      parts.content ?? der.context(0, der.octetString(unhex('05'))),
    ),
    parts.certificates ?? new Uint8Array(0),
    parts.crls ?? new Uint8Array(0),
    parts.signers ?? der.setOf(signerInfo()),
  )
  return der.sequence(parts.contentInfoType ?? der.oid(OIDS.signedData), der.context(0, signedData))
}

describe('read as it is met', () => {
  test('plain data under version 1 or 3, as issuers have called it who sign security objects as that', () => {
    const serial = der.sequence(der.sequence(), der.integer(5))
    const signers = der.setOf(signerInfo({ version: der.integer(1), sid: serial }))
    for (const version of [1, 3])
      expect(
        parseSignedData(message({ type: OIDS.data, version: der.integer(version), signers })).version,
      ).toBe(version)
    expect(
      refusal(() => parseSignedData(message({ type: OIDS.data, version: der.integer(2), signers }))),
    ).toBe('cms.version')
  })

  test('without certificates, with revocation lists, with unsigned attributes', () => {
    const read = parseSignedData(
      message({ crls: der.context(1), signers: der.setOf(signerInfo({ after: der.context(1) })) }),
    )
    expect(read).toMatchObject({ certificates: [], hasCrls: true })
  })

  test('with attributes signed out of order, which are marked', () => {
    const attributes = encodeElement(0xa0, messageDigest(), contentType())
    const [signer] = parseSignedData(message({ signers: der.setOf(signerInfo({ attributes })) })).signers
    expect(signer!.signedAttributes).toMatchObject({ inOrder: false })
    expect(hex(signer!.signedAttributes!.toBeSigned)).toBe(`31${hex(attributes).slice(2)}`)
  })

  test('with the content in pieces and lengths left open, under BER rules only', () => {
    const pieces = concat(
      unhex('2480'),
      der.octetString(unhex('01')),
      der.octetString(unhex('0203')),
      unhex('0000'),
    )
    const open = message({ content: concat(unhex('a080'), pieces, unhex('0000')) })
    expect(hex(parseSignedData(open, BER).content)).toBe('010203')
    expect(refusal(() => parseSignedData(open))).toBe('tlv.length-indefinite')
  })

  test('without signed attributes, for a profile to refuse', () => {
    const [signer] = parseSignedData(
      message({ signers: der.setOf(signerInfo({ attributes: new Uint8Array(0) })) }),
    ).signers
    expect(signer!.signedAttributes).toBeUndefined()
  })
})

describe('refused', () => {
  const attributes = (...list: Uint8Array[]) => ({
    signers: der.setOf(signerInfo({ attributes: der.context(0, ...list) })),
  })
  const digestValue = () => der.octetString(digest(unhex('05')))
  const cases: [string, () => Parts, string][] = [
    [
      'another message than signedData',
      () => ({ contentInfoType: der.oid('1.2.840.113549.1.7.3') }),
      'cms.content-type',
    ],
    ['version 1 around a content of its own type', () => ({ version: der.integer(1) }), 'cms.version'],
    ['version 4', () => ({ version: der.integer(4) }), 'cms.version'],
    ['no content', () => ({ content: new Uint8Array(0) }), 'cms.no-content'],
    [
      'version 1 of a signer named by key',
      () => ({ signers: der.setOf(signerInfo({ version: der.integer(1) })) }),
      'cms.version',
    ],
    [
      'version 2 of a signer',
      () => ({ signers: der.setOf(signerInfo({ version: der.integer(2) })) }),
      'cms.version',
    ],
    [
      'a signer named in a third way',
      () => ({ signers: der.setOf(signerInfo({ sid: der.context(1) })) }),
      'cms.signer-identifier',
    ],
    [
      'an attribute twice',
      () => attributes(contentType(), contentType(), messageDigest()),
      'cms.attribute-twice',
    ],
    ['no message digest', () => attributes(contentType()), 'cms.attribute-missing'],
    ['no content type', () => attributes(messageDigest()), 'cms.attribute-missing'],
    [
      'two message digests in one attribute',
      () =>
        attributes(contentType(), attribute(OIDS.messageDigest, digestValue(), der.octetString(unhex('05')))),
      'cms.attribute-value',
    ],
    [
      'a message digest of no value',
      () => attributes(contentType(), attribute(OIDS.messageDigest)),
      'cms.attribute-value',
    ],
    [
      'a message digest that is a number',
      () => attributes(contentType(), attribute(OIDS.messageDigest, der.integer(5))),
      'cms.attribute-value',
    ],
    [
      'nine signers',
      () => ({ signers: encodeElement(0x31, ...Array.from({ length: 9 }, () => signerInfo())) }),
      'tlv.too-many',
    ],
    [
      '17 certificates',
      () => ({ certificates: der.context(0, ...Array.from({ length: 17 }, () => der.sequence())) }),
      'tlv.too-many',
    ],
    [
      'something after a signer',
      () => ({ signers: der.setOf(signerInfo({ after: der.nullValue() })) }),
      'tlv.trailing-bytes',
    ],
  ]
  test.each(cases)('%s', (_, parts, code) => {
    expect(refusal(() => parseSignedData(message(parts())))).toBe(code)
  })

  test('attributes that are not DER, though the message around them is BER', () => {
    const open = concat(unhex('a080'), contentType(), messageDigest(), unhex('0000'))
    const padded = concat(
      unhex('a08200'),
      Uint8Array.of(contentType().length + messageDigest().length),
      contentType(),
      messageDigest(),
    )
    const inner = (() => {
      const one = concat(
        unhex('3080'),
        der.oid(OIDS.contentType),
        der.setOf(der.oid(OIDS.cscaMasterList)),
        unhex('0000'),
      )
      return der.context(0, one, messageDigest())
    })()
    for (const wrong of [open, padded, inner])
      expect(
        refusal(() =>
          parseSignedData(message({ signers: der.setOf(signerInfo({ attributes: wrong })) }), BER),
        ),
      ).toBe('cms.signed-attributes-not-der')
  })

  test('a digest algorithm nobody uses, when it is asked for', () => {
    const md5 = der.sequence(der.oid('1.2.840.113549.2.5'))
    const signers = der.setOf(
      der.sequence(
        der.integer(3),
        keyId(),
        md5,
        der.context(0, contentType(), messageDigest()),
        encodeSignatureAlgorithm({ scheme: 'rsa-pkcs1', hash: 'sha1' }),
        der.octetString(unhex('05')),
      ),
    )
    expect(refusal(() => signerHash(parseSignedData(message({ signers })).signers[0]!))).toBe('cms.algorithm')
  })
})

test('any change of one octet gives a message or a FormatError', () => {
  const sealed = sealSignedData(
    draftSignedData(draft({ signer: pki.documentSigner })),
    ecKey().sign(unhex('05')),
  )
  fc.assert(
    fc.property(
      fc.nat(sealed.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      (at, change, ber) => {
        const changed = sealed.slice()
        changed[at]! ^= change
        refusal(() => parseSignedData(changed, ber ? BER : undefined))
      },
    ),
    { numRuns: 3000 },
  )
})
