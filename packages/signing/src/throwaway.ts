import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { draftSod, type SodContent, sealSod } from '@nansen/formats/lds'
import {
  type Certificate,
  documentTypeList,
  draftCrl,
  draftCsca,
  draftDocumentSigner,
  type PublicKey,
  parseCertificate,
  parsePublicKey,
  privateKeyUsagePeriod,
  type SignerContent,
  sealCertificate,
  sealCrl,
} from '@nansen/formats/pki'
import { signatureAlgorithmFor, signWith } from './algorithms.ts'
import { keyIdentifier } from './key-identifier.ts'
import type { KeyAlgorithm } from './signing.ts'
import { demandSpecimenState, specimenCode } from './states.ts'

export interface ThrowawaySpec {
  /** The state's codes, in certificates and in the zone. */
  readonly state2: string
  readonly state3: string
  /** The real one, which is copied in all that inspection looks at. */
  readonly documentSigner: Certificate
  readonly at: Date
  /** For serial numbers. */
  readonly random: (octets: number) => Uint8Array
}

/** A document signer of a state that nobody trusts but the lint: to try a draft before the real key comes near it. P3 */
export interface Throwaway {
  /** For `openTrust`: its CSCA and a revocation list. */
  readonly trust: readonly { readonly label: string; readonly bytes: Uint8Array }[]
  readonly certificate: Certificate
  /**
   * The security object of a draft under this signer instead of its own. What is signed does not name the signer, so
   * `toBeSigned` must be that of the draft, to the octet.
   */
  sealSod(content: SodContent): { readonly bytes: Uint8Array; readonly toBeSigned: Uint8Array }
}

const NAME = 'Lint, signs nothing real'
const DAY = 86_400_000
const CSCA_ALGORITHM = 'P-256'

/**
 * Keys are made here, in memory, and are gone with the process: they are never written, and no trust list ever
 * has them.
 * @throws SigningRefusal key.real-state; RangeError for a signer whose key is of a kind that nobody issues with
 */
export function makeThrowaway({ state2, state3, documentSigner, at, random }: ThrowawaySpec): Throwaway {
  demandSpecimenState(state2)
  if (specimenCode(state2) !== state3) throw new RangeError('two codes of one state')
  const csca = makePair(CSCA_ALGORITHM)
  const signer = makePair(algorithmOf(documentSigner.publicKey))
  const { notBefore, notAfter } = documentSigner
  const period = privateKeyUsagePeriod(documentSigner)
  const content = (key: KeyPair, commonName: string): SignerContent => ({
    subject: { country: state2, organization: 'Specimen', commonName },
    serial: Uint8Array.of(1, ...random(15)),
    publicKey: key.publicKey,
    keyIdentifier: key.identifier,
    notBefore,
    notAfter,
    signingPeriod: { notBefore: period?.notBefore ?? notBefore, notAfter: period?.notAfter ?? notAfter },
    alternativeName: { state: state3, email: 'lint@invalid' },
    crlUris: ['https://lint.invalid/crl'],
    signatureAlgorithm: signatureAlgorithmFor(CSCA_ALGORITHM)!,
    ecParameters: parametersOf(documentSigner.publicKey),
  })
  const root = parseCertificate(
    sealed(
      csca,
      draftCsca({ ...content(csca, NAME), signingPeriod: { notBefore, notAfter } }),
      sealCertificate,
    ),
  )
  const certificate = parseCertificate(
    sealed(
      csca,
      draftDocumentSigner({
        ...content(signer, `${NAME}: documents`),
        issuer: root,
        documentTypes: documentTypeList(documentSigner) ?? [],
      }),
      sealCertificate,
    ),
  )
  const crl = draftCrl({
    issuer: root,
    signatureAlgorithm: signatureAlgorithmFor(CSCA_ALGORITHM)!,
    thisUpdate: new Date(at.getTime() - DAY),
    nextUpdate: new Date(at.getTime() + 30 * DAY),
    number: Uint8Array.of(1),
    revoked: [],
  })
  return {
    trust: [
      { label: NAME, bytes: root.encoded },
      { label: NAME, bytes: sealed(csca, crl, sealCrl) },
    ],
    certificate,
    sealSod(draftContent) {
      const drafted = draftSod({ ...draftContent, documentSigner: certificate })
      const signature = signWith(signer.privateKey, signer.algorithm, drafted.toBeSigned)
      return { bytes: sealSod(drafted, signature), toBeSigned: drafted.toBeSigned }
    },
  }
}

interface KeyPair {
  readonly algorithm: KeyAlgorithm
  readonly privateKey: KeyObject
  readonly publicKey: PublicKey
  readonly identifier: Uint8Array
}

function makePair(algorithm: KeyAlgorithm): KeyPair {
  const { privateKey, publicKey } =
    algorithm === 'RSA-PSS-3072'
      ? generateKeyPairSync('rsa', { modulusLength: 3072 })
      : generateKeyPairSync('ec', { namedCurve: algorithm })
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }))
  return { algorithm, privateKey, publicKey: parsePublicKey(spki), identifier: keyIdentifier(spki) }
}

function algorithmOf(key: PublicKey): KeyAlgorithm {
  if (key.kind === 'rsa') return 'RSA-PSS-3072'
  const name = key.kind === 'ec' ? key.curve.name : undefined
  if (name === 'P-256' || name === 'P-384' || name === 'brainpoolP256r1' || name === 'brainpoolP384r1')
    return name
  throw new RangeError('no algorithm for the key of a document signer')
}

const parametersOf = (key: PublicKey): 'explicit' | 'named' =>
  key.kind === 'ec' ? key.parameters : 'explicit'

function sealed(
  { algorithm, privateKey }: KeyPair,
  drafted: { readonly toBeSigned: Uint8Array },
  seal: typeof sealCertificate,
): Uint8Array {
  return seal(drafted, signWith(privateKey, algorithm, drafted.toBeSigned))
}
