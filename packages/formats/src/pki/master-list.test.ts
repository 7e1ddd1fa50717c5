import { createHash, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { refusal, unhex } from '../../../../test/certificate-parts.ts'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../test/reference-data.ts'
import { date, specimenMasterList, specimenPki } from '../../../../test/specimen-pki.ts'
import { draftSignedData, sealSignedData } from '../cms/index.ts'
import { write as der } from '../der/index.ts'
import { compareBytes, hex } from '../tlv/index.ts'
import { draftMasterList, encodeMasterListContent, type MasterListContent } from './draft-master-list.ts'
import { MAX_MASTER_LIST, parseMasterList } from './master-list.ts'
import { OIDS } from './oids.ts'

const pki = specimenPki()
const others = [specimenPki(), specimenPki()].map(({ csca }) => csca.encoded)
const listed = [pki.csca.encoded, ...others]

describe('a master list', () => {
  test('says what was put in', () => {
    const list = parseMasterList(specimenMasterList(pki, listed))
    expect(list.certificates.map(hex).sort()).toEqual(listed.map(hex).sort())
    expect(list.signedData).toMatchObject({ version: 3, contentType: OIDS.cscaMasterList, hasCrls: false })
    expect(list.signedData.certificates.map(hex).sort()).toEqual(
      [pki.listSigner.encoded, pki.csca.encoded].map(hex).sort(),
    )
    expect(list.signedData.signers).toMatchObject([
      {
        sid: { by: 'key-identifier', keyIdentifier: pki.listSignerKey.keyIdentifier },
        signedAttributes: { signingTime: date('2026-03-01'), contentType: OIDS.cscaMasterList },
      },
    ])
  })

  test('is signed over attributes that hold the digest of its content', () => {
    const { signedData } = parseMasterList(specimenMasterList(pki, listed))
    const [signer] = signedData.signers
    const { toBeSigned, messageDigest } = signer!.signedAttributes!
    const key = { key: pki.listSignerKey.privateKey, dsaEncoding: 'der' as const }
    expect(verify('sha256', toBeSigned, key, signer!.signature)).toBe(true)
    expect(hex(messageDigest)).toBe(createHash('sha256').update(signedData.content).digest('hex'))
  })

  test('has its certificates in the order of their octets, whatever order they came in', () => {
    const content = encodeMasterListContent(listed)
    expect(hex(encodeMasterListContent([...listed].reverse()))).toBe(hex(content))
    const read = parseMasterList(specimenMasterList(pki, listed)).certificates
    expect(read.map(hex)).toEqual([...listed].sort(compareBytes).map(hex))
  })
})

describe('a draft is refused', () => {
  const content = (more: Partial<MasterListContent>): MasterListContent => ({
    certificates: listed,
    contentDigest: new Uint8Array(32),
    hash: 'sha256',
    signatureAlgorithm: pki.listSignerKey.algorithm,
    signer: pki.listSigner,
    signerIssuer: pki.csca,
    signingTime: date('2026-03-01'),
    ...more,
  })

  test.each([
    ['without certificates', { certificates: [] }],
    ['with a certificate twice', { certificates: [pki.csca.encoded, pki.csca.encoded] }],
    ['signed by a CSCA', { signer: pki.csca }],
    ['signed by a signer whose certificate does not name its key', { signer: pki.sealSigner }],
  ])('%s', (_, more) => {
    expect(() => draftMasterList(content(more))).toThrow(RangeError)
  })
})

describe('refused when read', () => {
  /** A message with any content. */
  function message(content: Uint8Array, contentType: string = OIDS.cscaMasterList): Uint8Array {
    const drafted = draftSignedData({
      contentType,
      content,
      contentDigest: new Uint8Array(32),
      hash: 'sha256',
      signatureAlgorithm: pki.listSignerKey.algorithm,
      signer: pki.listSigner,
      sid: { by: 'key-identifier', keyIdentifier: unhex('01') },
      certificates: [pki.listSigner.encoded],
    })
    return sealSignedData(drafted, unhex('0102'))
  }
  const set = der.setOf(pki.csca.encoded)

  test.each([
    [
      'another content type',
      message(der.sequence(der.integer(0), set), OIDS.ldsSecurityObject),
      'cms.content-type',
    ],
    ['version 1', message(der.sequence(der.integer(1), set)), 'pki.master-list-version'],
    ['an empty list', message(der.sequence(der.integer(0), der.setOf())), 'pki.master-list-empty'],
    [
      'a sequence in place of the set',
      message(der.sequence(der.integer(0), der.sequence())),
      'tlv.unexpected-tag',
    ],
    ['something after the list', message(der.sequence(der.integer(0), set, set)), 'tlv.trailing-bytes'],
    ['a list over 16 MiB', new Uint8Array(MAX_MASTER_LIST + 1), 'pki.master-list-too-large'],
  ])('%s', (_, bytes, code) => {
    expect(refusal(() => parseMasterList(bytes))).toBe(code)
  })

  test('more certificates than all states have', () => {
    const many = der.sequence(
      der.integer(0),
      der.encodeElement(
        0x31,
        new Uint8Array(2 * 20_001).fill(0).map((_, i) => (i % 2 ? 0 : 0x30)),
      ),
    )
    expect(refusal(() => parseMasterList(message(many)))).toBe('tlv.too-many')
  })

  test('but not a list with a certificate that cannot be read', () => {
    const list = parseMasterList(
      message(der.sequence(der.integer(0), der.setOf(unhex('3000'), pki.csca.encoded))),
    )
    expect(list.certificates.map((one) => one.length)).toEqual([2, pki.csca.encoded.length])
  })
})

describe.skipIf(!haveReferenceData)(`published lists ${withReferenceData}`, () => {
  test.each([
    ['DE_ML_2026-05-28-08-28-45.ml', 588, 2, '2026-05-28T06:28:45Z'],
    ['NL_ML_2026-07-22.ml', 411, 1, '2026-07-23T09:35:43Z'],
  ])('%s is read', (file, certificates, inside, signed) => {
    const bytes = referenceData('emrtd', 'masterlists', file)
    const list = parseMasterList(bytes)
    expect(list.encoded).toBe(bytes)
    expect(list.certificates).toHaveLength(certificates)
    expect(list.signedData.certificates).toHaveLength(inside)
    expect(list.signedData.signers).toMatchObject([
      { sid: { by: 'key-identifier' }, signedAttributes: { signingTime: new Date(signed) } },
    ])
  })

  test('the content of the German list is made again to the byte', () => {
    const list = parseMasterList(referenceData('emrtd', 'masterlists', 'DE_ML_2026-05-28-08-28-45.ml'))
    const again = encodeMasterListContent([...list.certificates].reverse())
    expect(Buffer.compare(again, list.signedData.content)).toBe(0)
  })
})
