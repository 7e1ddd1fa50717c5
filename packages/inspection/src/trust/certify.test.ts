import * as node from 'node:crypto'
import { write as der } from '@nansen/formats/der'
import {
  type Certificate,
  type CertificateDraft,
  curveByName,
  type DraftExtension,
  draftCertificate,
  encodeEcPublicKey,
  encodeName,
  OIDS,
  parseCertificate,
  parsePublicKey,
  sealCertificate,
} from '@nansen/formats/pki'
import { describe, expect, test } from 'vitest'
import { authority, extension, issuersKey, ownKey, usage } from '../../../../test/crafted-papers.ts'
import { nodeCrypto } from '../crypto/node.ts'
import { Anchors } from './anchors.ts'
import { certify } from './certify.ts'
import { SIGNS_CERTIFICATES, SIGNS_DOCUMENTS, SIGNS_MASTER_LISTS } from './purpose.ts'

const crypto = nodeCrypto(node)
const YEAR = 365 * 86_400_000
const from = (years: number) => new Date(Date.UTC(2026, 0, 1) + years * YEAR)

const keyPair = () => node.generateKeyPairSync('ec', { namedCurve: 'P-256' })
type KeyPair = ReturnType<typeof keyPair>

const listSigner = extension(OIDS.extKeyUsage, der.sequence(der.oid(OIDS.masterListSigner)), true)
const tlsServer = extension(OIDS.extKeyUsage, der.sequence(der.oid('1.3.6.1.5.5.7.3.1')))

interface Wish {
  readonly subject?: string
  readonly issuer?: string
  readonly country?: string
  readonly key?: KeyPair
  readonly signedBy: KeyPair
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly extensions: readonly DraftExtension[]
}

function make(wish: Wish): Certificate {
  const key = wish.key ?? keyPair()
  const parsed = parsePublicKey(new Uint8Array(key.publicKey.export({ format: 'der', type: 'spki' })))
  if (parsed.kind !== 'ec') throw new Error('EC wanted')
  const name = (commonName: string) => encodeName({ country: wish.country ?? 'UT', commonName })
  const draft: CertificateDraft = {
    serial: Uint8Array.of(7),
    signatureAlgorithm: { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' },
    issuer: name(wish.issuer ?? 'CSCA'),
    subject: name(wish.subject ?? 'DS'),
    notBefore: wish.notBefore ?? from(0),
    notAfter: wish.notAfter ?? from(10),
    publicKey: encodeEcPublicKey(curveByName('P-256'), parsed.point, 'explicit'),
    extensions: wish.extensions,
  }
  const drafted = draftCertificate(draft)
  return parseCertificate(
    sealCertificate(
      drafted,
      new Uint8Array(node.sign('sha256', drafted.toBeSigned, wish.signedBy.privateKey)),
    ),
  )
}

const rootKey = keyPair()
const root = make({
  subject: 'CSCA',
  key: rootKey,
  signedBy: rootKey,
  notBefore: from(-1),
  notAfter: from(14),
  extensions: [usage(5, 6), authority, ownKey(1)],
})
const SIGNER = [usage(0), issuersKey(1)]

const anchors = (...certificates: readonly Certificate[]): Anchors => {
  const store = new Anchors()
  for (const certificate of certificates) store.add(certificate.encoded, 'test')
  return store
}
const standing = async (signer: Certificate, store = anchors(root), purpose = SIGNS_DOCUMENTS) => {
  const answer = await certify(signer, purpose, store, crypto)
  return answer.standing === 'anchored' ? 'anchored' : `${answer.standing} ${answer.finding.code}`
}

describe('a signer under one trusted certificate', () => {
  test('is anchored', async () => {
    expect(await standing(make({ signedBy: rootKey, extensions: SIGNER }))).toBe('anchored')
  })

  test('of a name nobody here knows is open, which is not refused', async () => {
    expect(await standing(make({ issuer: 'Other', signedBy: rootKey, extensions: SIGNER }))).toBe(
      'open chain.no-anchor',
    )
  })

  test('that names the trusted key and was signed by another is refused', async () => {
    expect(await standing(make({ signedBy: keyPair(), extensions: SIGNER }))).toBe(
      'refused chain.signature-wrong',
    )
  })

  test('that names an unknown key of a known name is open: a state may have two series of keys', async () => {
    const signer = make({ signedBy: keyPair(), extensions: [usage(0), issuersKey(9)] })
    expect(await standing(signer)).toBe('open chain.no-anchor')
  })

  test('is found although it names the wrong key; naming none leaves it open', async () => {
    const wrong = make({ signedBy: rootKey, extensions: [usage(0), issuersKey(9)] })
    expect(await standing(wrong)).toBe('anchored')
    expect(await standing(make({ signedBy: rootKey, extensions: [usage(0)] }))).toBe('open chain.profile')
  })

  test('is anchored under the certificate of its issuer’s key that lives longest', async () => {
    const longer = make({
      subject: 'CSCA',
      key: rootKey,
      signedBy: rootKey,
      notBefore: from(-1),
      notAfter: from(16),
      extensions: [usage(5, 6), authority, ownKey(1)],
    })
    const signer = make({ signedBy: rootKey, extensions: SIGNER })
    const answer = await certify(signer, SIGNS_DOCUMENTS, anchors(root, longer), crypto)
    expect(answer.standing === 'anchored' && answer.anchor.certificate.notAfter).toEqual(longer.notAfter)
  })

  test('is found among many keys of one name', async () => {
    const others = [2, 3, 4].map((id) => {
      const key = keyPair()
      return make({
        subject: 'CSCA',
        key,
        signedBy: key,
        notBefore: from(-1),
        extensions: [usage(5), authority, ownKey(id)],
      })
    })
    expect(await standing(make({ signedBy: rootKey, extensions: SIGNER }), anchors(...others, root))).toBe(
      'anchored',
    )
  })

  test.each([
    ['without key usage', [issuersKey(1)], 'refused chain.purpose'],
    ['for key agreement', [usage(4)], 'refused chain.purpose'],
    ['that may sign certificates', [usage(0, 5)], 'refused chain.purpose'],
    ['that is itself an authority', [usage(0), authority], 'refused chain.purpose'],
    ['of master lists', [usage(0), listSigner], 'refused chain.purpose'],
    ['of a web server', [usage(0), tlsServer], 'refused chain.purpose'],
    [
      'with a critical extension nobody knows',
      [usage(0), extension('1.2.3.4', der.nullValue(), true)],
      'refused chain.critical-extension',
    ],
    [
      'with a constraint on names',
      [usage(0), extension('2.5.29.30', der.sequence(), true)],
      'refused chain.critical-extension',
    ],
    [
      'with an unreadable key usage',
      [extension('2.5.29.15', der.nullValue(), true)],
      'refused chain.certificate',
    ],
  ])('%s signs no documents', async (_, extensions, expected) => {
    expect(await standing(make({ signedBy: rootKey, extensions }))).toBe(expected)
  })

  test('of documents signs no master lists, and of master lists does', async () => {
    const list = make({ signedBy: rootKey, extensions: [...SIGNER, listSigner] })
    expect(await standing(list, anchors(root), SIGNS_MASTER_LISTS)).toBe('anchored')
    const documents = make({ signedBy: rootKey, extensions: SIGNER })
    expect(await standing(documents, anchors(root), SIGNS_MASTER_LISTS)).toBe('refused chain.purpose')
  })

  test.each([
    ['before its authority was valid', from(-2), 'open chain.issued-outside-validity'],
    ['after its authority had ended', from(15), 'open chain.issued-outside-validity'],
  ])('that begins %s is not anchored', async (_, notBefore, expected) => {
    expect(
      await standing(make({ signedBy: rootKey, notBefore, notAfter: from(20), extensions: SIGNER })),
    ).toBe(expected)
  })
})

describe('a trusted certificate', () => {
  const under = (extensions: readonly DraftExtension[]) => {
    const key = keyPair()
    const anchor = make({
      subject: 'CSCA',
      key,
      signedBy: key,
      notBefore: from(-1),
      notAfter: from(14),
      extensions,
    })
    return standing(make({ signedBy: key, extensions: [usage(0)] }), anchors(anchor))
  }

  test('that is no authority vouches for nobody, although it was pinned', async () => {
    expect(await under([usage(0)])).toBe('open chain.not-an-authority')
    expect(await under([usage(6), authority])).toBe('open chain.not-an-authority')
  })

  test('with a critical constraint that is not understood vouches for nobody', async () => {
    const constraint = extension('2.5.29.30', der.sequence(), true)
    expect(await under([usage(5), authority, constraint])).toBe('open chain.critical-extension')
  })
})

describe('a link certificate', () => {
  const newKey = keyPair()
  const link = make({
    subject: 'CSCA',
    key: newKey,
    signedBy: rootKey,
    extensions: [usage(5, 6), authority, ownKey(2), issuersKey(1)],
  })

  test('is anchored by the former key of its authority', async () => {
    expect(await standing(link, anchors(root), SIGNS_CERTIFICATES)).toBe('anchored')
  })

  test('does not lengthen a path: under the old root alone, a signer of the new key is open', async () => {
    const signer = make({ signedBy: newKey, extensions: [usage(0), issuersKey(2)] })
    expect(await standing(signer)).toBe('open chain.no-anchor')
    expect(await standing(signer, anchors(root, link))).toBe('anchored')
  })

  test('to an authority of another name proves nothing, as the path may not grow', async () => {
    const other = make({ subject: 'Someone else', signedBy: rootKey, extensions: [usage(5), authority] })
    expect(await standing(other, anchors(root), SIGNS_CERTIFICATES)).toBe('open chain.purpose')
  })
})

test('one certificate from two lists is one anchor with two origins, and a broken one is passed over', () => {
  const store = anchors(root)
  expect(store.add(root.encoded, 'second')).toBe(true)
  expect(store.add(Uint8Array.of(0x30, 3, 1, 2, 3), 'third')).toBe(false)
  expect(store.size).toBe(1)
  expect(store.find(root.encoded)?.provenance).toEqual(['test', 'second'])
})
