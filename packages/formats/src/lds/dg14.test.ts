import { describe, expect, test } from 'vitest'
import * as der from '../der/write.ts'
import { concat, encodeElement, hex, sameBytes } from '../tlv/index.ts'
import {
  encodeActiveAuthenticationInfo,
  encodeChipAuthenticationInfo,
  encodeChipAuthenticationPublicKey,
  encodeDg14,
  encodeDg15,
  encodePaceInfo,
  parseDg14,
  parseDg15,
  protocolName,
} from './index.ts'

const P256 = '1.2.840.10045.3.1.7'
const point = concat(Uint8Array.of(4), new Uint8Array(64).fill(1))
const ecKey = der.sequence(der.sequence(der.oid('1.2.840.10045.2.1'), der.oid(P256)), der.bitString(point))
const rsaKey = (modulus: Uint8Array) =>
  der.sequence(
    der.sequence(der.oid('1.2.840.113549.1.1.1'), der.nullValue()),
    der.bitString(der.sequence(der.unsigned(modulus), der.integer(65537))),
  )
const dg14 = (...infos: Uint8Array[]) => encodeElement(0x6e, encodeElement(0x31, ...infos))
const codes = (file: { deviations: readonly { code: string }[] }) => file.deviations.map(({ code }) => code)
const onlyInfo = (info: Uint8Array) => {
  const { securityInfos, deviations } = parseDg14(dg14(info))
  return { info: securityInfos[0]!, codes: codes({ deviations }) }
}

describe('what the chip can do', () => {
  const CA = '0.4.0.127.0.7.2.2.3.2.2'
  const infos = [
    encodeChipAuthenticationInfo(CA, 1, 7),
    encodeChipAuthenticationPublicKey('0.4.0.127.0.7.2.2.1.2', ecKey, 7),
    encodeActiveAuthenticationInfo('0.4.0.127.0.7.1.1.4.1.3'),
    encodePaceInfo('0.4.0.127.0.7.2.2.4.2.2', 13),
  ]

  test('is written in the order of DER and read without a deviation', () => {
    const { securityInfos, deviations } = parseDg14(encodeDg14(infos))
    expect(deviations).toEqual([])
    const byKind = new Map(securityInfos.map((info) => [info.kind, info]))
    expect(byKind.get('chip-authentication')).toMatchObject({
      protocol: CA,
      name: 'id-CA-ECDH-AES-CBC-CMAC-128',
      version: 1,
      keyId: 7,
    })
    expect(byKind.get('chip-authentication-public-key')).toMatchObject({
      name: 'id-PK-ECDH',
      publicKey: { type: 'ec', curve: P256, key: point },
      keyId: 7,
    })
    expect(byKind.get('active-authentication')).toMatchObject({
      version: 1,
      signatureAlgorithm: '0.4.0.127.0.7.1.1.4.1.3',
    })
    expect(byKind.get('pace')).toMatchObject({
      name: 'id-PACE-ECDH-GM-AES-CBC-CMAC-128',
      version: 2,
      parameterId: 13,
    })
    for (const info of infos) expect(securityInfos.some(({ encoded }) => sameBytes(encoded, info))).toBe(true)
  })

  test('stays in the order of the file, and another order than that of DER is reported', () => {
    const file = parseDg14(dg14(infos[1]!, infos[0]!))
    expect(file.securityInfos.map(({ encoded }) => encoded)).toEqual([infos[1], infos[0]])
    expect(codes(file)).toEqual(['lds.security-infos-unsorted'])
  })

  test('is read for the other protocols too', () => {
    expect(onlyInfo(der.sequence(der.oid('0.4.0.127.0.7.2.2.2'), der.integer(2))).info).toMatchObject({
      kind: 'terminal-authentication',
      name: 'id-TA',
      version: 2,
    })
    const parameters = der.sequence(der.oid('0.4.0.127.0.7.1.2'), der.integer(13))
    expect(
      onlyInfo(der.sequence(der.oid('0.4.0.127.0.7.2.2.4.2'), parameters, der.integer(1))).info,
    ).toMatchObject({ kind: 'pace-domain-parameters', domainParameters: parameters, parameterId: 1 })
    for (const arc of ['2.23.136.1.1.13', '1.3.27.1.1.13'])
      expect(onlyInfo(der.sequence(der.oid(arc), der.octetString(Uint8Array.of(9)))).info).toMatchObject({
        kind: 'ef-dir',
        name: 'id-EFDIR',
        content: Uint8Array.of(9),
      })
    const other = onlyInfo(der.sequence(der.oid('1.2.3'), der.integer(1)))
    expect(other).toMatchObject({ info: { kind: 'other', protocol: '1.2.3' }, codes: [] })
    expect(other.info.name).toBeUndefined()
  })

  test.each([
    ['a version that is no number', der.sequence(der.oid(CA), der.oid(CA))],
    ['nothing but the protocol', der.sequence(der.oid(CA))],
    ['something behind', der.sequence(der.oid(CA), der.integer(1), der.integer(1), der.integer(1))],
    ['a key that is none', encodeChipAuthenticationPublicKey('0.4.0.127.0.7.2.2.1.2', der.sequence())],
    [
      'an RSA key that cannot be measured',
      encodeChipAuthenticationPublicKey(
        '0.4.0.127.0.7.2.2.1.1',
        der.sequence(der.sequence(der.oid('1.2.840.113549.1.1.1')), der.bitString(Uint8Array.of(1))),
      ),
    ],
  ])('a known protocol with %s is kept as it is and reported', (_, info) => {
    const read = onlyInfo(info)
    expect(read.info).toMatchObject({ kind: 'other', encoded: info })
    expect(read.codes).toEqual(['lds.security-info-unreadable'])
  })

  test('octets behind the set are reported (Sweden)', () => {
    const bytes = encodeElement(0x6e, der.setOf(infos[0]!), Uint8Array.of(0xff))
    expect(codes(parseDg14(bytes))).toEqual(['lds.element-unknown'])
  })

  test.each([
    ['a sequence for the set', encodeElement(0x6e, der.sequence()), 'tlv.unexpected-tag'],
    ['a number for a protocol', dg14(der.integer(1)), 'tlv.unexpected-tag'],
    ['no protocol', dg14(der.sequence()), 'tlv.missing'],
    ['101 protocols', dg14(...Array.from({ length: 101 }, () => infos[0]!)), 'tlv.too-many'],
  ])('that is malformed is an error: %s', (_, bytes, code) => {
    expect(() => parseDg14(bytes)).toThrow(code)
  })
})

test('protocols have the names of the standards', () => {
  const name = (rest: string) => protocolName(`0.4.0.127.0.7.2.2.${rest}`)
  expect(name('4.6.2')).toBe('id-PACE-ECDH-CAM-AES-CBC-CMAC-128')
  expect(name('4.6.1')).toBeUndefined()
  expect(name('4.5')).toBeUndefined()
  expect(name('3.1.1')).toBe('id-CA-DH-3DES-CBC-CBC')
  expect(name('2.2.3')).toBe('id-TA-ECDSA-SHA-256')
  expect(name('2.1.4')).toBe('id-TA-RSA-PSS-SHA-256')
})

describe('the key of active authentication', () => {
  const bits = (modulus: Uint8Array) => parseDg15(encodeDg15(rsaKey(modulus))).publicKey.bits

  test('is measured, so that a small one can be told', () => {
    const modulus = new Uint8Array(128).fill(0xff)
    expect(bits(modulus)).toBe(1024)
    modulus[0] = 0x7f
    expect(bits(modulus)).toBe(1023)
    modulus[0] = 1
    expect(bits(modulus)).toBe(1017)
    expect(bits(new Uint8Array(64).fill(0x80))).toBe(512)
  })

  test('on a named curve has its name and no measure of its own', () => {
    const bytes = encodeDg15(ecKey)
    const { publicKey, deviations } = parseDg15(bytes)
    expect(publicKey).toMatchObject({
      type: 'ec',
      algorithm: '1.2.840.10045.2.1',
      curve: P256,
      encoded: ecKey,
    })
    expect(publicKey.bits).toBeUndefined()
    expect(hex(publicKey.key)).toBe(hex(point))
    expect(deviations).toEqual([])
    expect(sameBytes(encodeDg15(publicKey.encoded), bytes)).toBe(true)
  })

  test('of another kind is left to who knows it', () => {
    const key = der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(new Uint8Array(32)))
    const { publicKey } = parseDg15(encodeDg15(key))
    expect(publicKey).toMatchObject({ type: 'other', algorithm: '1.3.101.112' })
    expect(publicKey.parameters).toBeUndefined()
  })

  test.each([
    ['nothing', encodeElement(0x6f), 'tlv.missing'],
    ['something behind', encodeElement(0x6f, ecKey, ecKey), 'tlv.trailing-bytes'],
    ['a number', encodeElement(0x6f, der.integer(1)), 'tlv.unexpected-tag'],
    [
      'an RSA key of other content',
      encodeElement(
        0x6f,
        der.sequence(der.sequence(der.oid('1.2.840.113549.1.1.1')), der.bitString(der.sequence())),
      ),
      'lds.public-key',
    ],
    [
      'a key of half an octet',
      encodeElement(
        0x6f,
        der.sequence(der.sequence(der.oid('1.2.3')), der.bitString(Uint8Array.of(0x80), 4)),
      ),
      'der.bit-string',
    ],
  ])('that is malformed is an error: %s', (_, bytes, code) => {
    expect(() => parseDg15(bytes)).toThrow(code)
  })
})
