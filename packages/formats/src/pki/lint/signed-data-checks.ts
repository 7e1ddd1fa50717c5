import type { SignedData } from '../../cms/signed-data.ts'
import type { SignerInfo } from '../../cms/signer-info.ts'
import { tags } from '../../der/index.ts'
import { readable } from '../../readable.ts'
import { sameBytes } from '../../tlv/index.ts'
import {
  type AlgorithmIdentifier,
  type HashName,
  hashOf,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
} from '../algorithm.ts'
import { type Certificate, parseCertificate } from '../certificate.ts'
import { subjectKeyIdentifier } from '../extensions.ts'
import { sameName } from '../name.ts'
import { unless } from './rule.ts'

type Fault = number | undefined

/** What the rules for master lists and for security objects ask of a signed message alike. */
export interface Signed {
  readonly signedData: SignedData
}

const firstSigner = (it: Signed): SignerInfo | undefined => it.signedData.signers[0]

/** Judges the first signer; that there is one is another rule. */
export function signer(
  it: Signed,
  holds: (signer: SignerInfo) => boolean,
  at: (signer: SignerInfo) => number = ({ digestAlgorithm }) => digestAlgorithm.at,
): Fault {
  const first = firstSigner(it)
  return first && unless(holds(first), at(first))
}

/** Digest algorithms are written without parameters. [RFC5754 §2] */
export const digestParameters = (it: Signed): Fault =>
  [...it.signedData.digestAlgorithms, ...it.signedData.signers.map((one) => one.digestAlgorithm)].find(
    ({ parameters }) => parameters !== undefined,
  )?.at

/** NULL where the algorithm has no parameters of its own; also in `rsaEncryption`. [RFC5754 §3.2] */
export const signatureParameters = (it: Signed): Fault =>
  it.signedData.signers
    .map(({ signatureAlgorithm }) => signatureAlgorithm)
    .find((algorithm) => !hasNullIfRsa(algorithm))?.at

function hasNullIfRsa(algorithm: AlgorithmIdentifier): boolean {
  const scheme = readable(() => signatureAlgorithmOf(algorithm, 'sha256'))?.scheme
  return scheme !== 'rsa-pkcs1' || algorithm.parameters?.tag === tags.NULL
}

export const digestListed = (it: Signed): Fault =>
  signer(it, ({ digestAlgorithm }) =>
    it.signedData.digestAlgorithms.some(({ oid }) => oid === digestAlgorithm.oid),
  )

export const noSha1 = (it: Signed): Fault =>
  signer(it, ({ digestAlgorithm, signatureAlgorithm }) => {
    const digest: HashName | undefined = readable(() => hashOf(digestAlgorithm))
    const signature: SignatureAlgorithm | undefined = readable(() =>
      signatureAlgorithmOf(signatureAlgorithm, digest),
    )
    return digest !== 'sha1' && signature?.hash !== 'sha1'
  })

/** The certificate inside that the first signer is named by. */
export function signerCertificate({ signedData }: Signed): Certificate | undefined {
  const sid = signedData.signers[0]?.sid
  return readAll(signedData.certificates).find((certificate) => {
    if (sid?.by === 'issuer-and-serial')
      return sameBytes(certificate.serial, sid.serial) && sameName(certificate.issuer, sid.issuer)
    const keyIdentifier = readable(() => subjectKeyIdentifier(certificate))
    return sid !== undefined && keyIdentifier !== undefined && sameBytes(keyIdentifier, sid.keyIdentifier)
  })
}

/** Those that can be read. */
export const readAll = (certificates: readonly Uint8Array[]): readonly Certificate[] =>
  certificates.flatMap((encoded) => readable(() => parseCertificate(encoded)) ?? [])
