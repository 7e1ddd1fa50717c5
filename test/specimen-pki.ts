import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign as signWith,
} from 'node:crypto'
import type { Drafted } from '@nansen/formats/cms'
import {
  type Certificate,
  type CscaContent,
  type DocumentSignerContent,
  draftCsca,
  draftDocumentSigner,
  draftMasterList,
  draftMasterListSigner,
  draftSealSigner,
  encodeMasterListContent,
  type PublicKey,
  parseCertificate,
  parsePublicKey,
  type SignatureAlgorithm,
  sealCertificate,
  sealMasterList,
} from '@nansen/formats/pki'

/** A key pair of a test, with all that a certificate says about it. */
export interface TestKey {
  readonly privateKey: KeyObject
  readonly publicKey: PublicKey
  readonly keyIdentifier: Uint8Array
  readonly algorithm: SignatureAlgorithm
  sign(message: Uint8Array): Uint8Array
}

const OPENSSL_CURVES = { 'P-256': 'P-256', 'P-384': 'P-384', brainpoolP256r1: 'brainpoolP256r1' } as const

export function ecKey(curve: keyof typeof OPENSSL_CURVES = 'P-256'): TestKey {
  const pair = generateKeyPairSync('ec', { namedCurve: OPENSSL_CURVES[curve] })
  const hash = curve === 'P-384' ? 'sha384' : 'sha256'
  return testKey(pair, { scheme: 'ecdsa', hash, encoding: 'der' })
}

export function rsaKey(scheme: 'rsa-pkcs1' | 'rsa-pss' = 'rsa-pss', modulusLength = 3072): TestKey {
  const pair = generateKeyPairSync('rsa', { modulusLength })
  return testKey(
    pair,
    scheme === 'rsa-pss'
      ? { scheme, hash: 'sha256', mgfHash: 'sha256', saltLength: 32 }
      : { scheme, hash: 'sha256' },
  )
}

function testKey(
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
  algorithm: SignatureAlgorithm,
): TestKey {
  const parsed = parsePublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })))
  const octets = parsed.kind === 'ec' ? parsed.point : parsed.encoded
  return {
    privateKey,
    publicKey: parsed,
    keyIdentifier: new Uint8Array(createHash('sha1').update(octets).digest()),
    algorithm,
    sign: (message) => new Uint8Array(signWith(algorithm.hash, message, options(privateKey, algorithm))),
  }
}

function options(key: KeyObject, algorithm: SignatureAlgorithm) {
  if (algorithm.scheme !== 'rsa-pss') return key
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength }
}

/** Puts a signature on anything drafted. */
export const signed = (
  key: TestKey,
  drafted: Pick<Drafted<unknown>, 'toBeSigned'>,
  seal: (
    drafted: Pick<Drafted<unknown>, 'toBeSigned'>,
    signature: Uint8Array,
  ) => Uint8Array = sealCertificate,
): Uint8Array => seal(drafted, key.sign(drafted.toBeSigned))

export const date = (text: string): Date => new Date(`${text}T00:00:00Z`)
const serial = (): Uint8Array => Uint8Array.of(1, ...randomBytes(15))

const contact = { state: 'UTO', email: 'csca@utopia.example', uri: 'https://pki.utopia.example' }
const common = {
  crlUris: ['https://pki.utopia.example/UTO.crl', 'ldap://pki.utopia.example/UTO'],
  alternativeName: contact,
}

/** What the specimen CSCA of Utopia says, to be varied by a test. */
export const cscaContent = (key: TestKey): CscaContent => ({
  ...common,
  serial: serial(),
  subject: { country: 'UT', organization: 'Utopia', commonName: 'CSCA Utopia', serialNumber: '001' },
  publicKey: key.publicKey,
  keyIdentifier: key.keyIdentifier,
  notBefore: date('2026-01-01'),
  notAfter: date('2041-01-01'),
  signingPeriod: { notBefore: date('2026-01-01'), notAfter: date('2031-01-01') },
  signatureAlgorithm: key.algorithm,
})

/** What a specimen signer under a CSCA says, to be varied by a test. */
export const signerContent = (key: TestKey, csca: Certificate, cscaKey: TestKey, commonName: string) => ({
  ...common,
  issuer: csca,
  serial: serial(),
  subject: { country: 'UT', organization: 'Utopia', commonName },
  publicKey: key.publicKey,
  keyIdentifier: key.keyIdentifier,
  notBefore: date('2026-02-01'),
  notAfter: date('2036-05-01'),
  signingPeriod: { notBefore: date('2026-02-01'), notAfter: date('2026-05-01') },
  signatureAlgorithm: cscaKey.algorithm,
})

/** A CSCA of Utopia; `more` replaces what its certificate says. */
export const makeCsca = (key: TestKey, more: Partial<CscaContent> = {}): Certificate =>
  parseCertificate(signed(key, draftCsca({ ...cscaContent(key), ...more })))

/** A document signer under a CSCA; `more` replaces what its certificate says. */
export const makeDocumentSigner = (
  key: TestKey,
  csca: Certificate,
  cscaKey: TestKey,
  more: Partial<DocumentSignerContent> = {},
): Certificate => {
  const content = { ...signerContent(key, csca, cscaKey, 'DS Utopia 1'), documentTypes: ['PR', 'PS', 'PT'] }
  return parseCertificate(signed(cscaKey, draftDocumentSigner({ ...content, ...more })))
}

/** Utopia's whole PKI, freshly made: a CSCA, one signer of each kind, and a master list. */
export function specimenPki(cscaKey: TestKey = ecKey(), more: Pick<CscaContent, 'ecParameters'> = {}) {
  const csca = makeCsca(cscaKey, more)
  const documentSignerKey = ecKey()
  const documentSigner = makeDocumentSigner(documentSignerKey, csca, cscaKey, more)
  const listSignerKey = ecKey()
  const listSigner = parseCertificate(
    signed(
      cscaKey,
      draftMasterListSigner({ ...signerContent(listSignerKey, csca, cscaKey, 'MLS Utopia'), ...more }),
    ),
  )
  const sealSignerKey = ecKey()
  const { issuer, notBefore, notAfter, signatureAlgorithm, publicKey } = signerContent(
    sealSignerKey,
    csca,
    cscaKey,
    'AA',
  )
  const sealSigner = parseCertificate(
    signed(
      cscaKey,
      draftSealSigner({
        issuer,
        serial: Uint8Array.of(0x5b),
        signer: { country: 'UT', letters: 'AA' },
        publicKey,
        notBefore,
        notAfter,
        signatureAlgorithm,
        ...more,
      }),
    ),
  )
  return {
    cscaKey,
    csca,
    documentSignerKey,
    documentSigner,
    listSignerKey,
    listSigner,
    sealSignerKey,
    sealSigner,
  }
}

/** A master list signed by the specimen list signer. */
export function specimenMasterList(
  pki: ReturnType<typeof specimenPki>,
  certificates: readonly Uint8Array[],
): Uint8Array {
  const { algorithm, sign } = pki.listSignerKey
  const contentDigest = createHash(algorithm.hash).update(encodeMasterListContent(certificates)).digest()
  const drafted = draftMasterList({
    certificates,
    contentDigest: new Uint8Array(contentDigest),
    hash: algorithm.hash,
    signatureAlgorithm: algorithm,
    signer: pki.listSigner,
    signerIssuer: pki.csca,
    signingTime: date('2026-03-01'),
  })
  return sealMasterList(drafted, sign(drafted.toBeSigned))
}
