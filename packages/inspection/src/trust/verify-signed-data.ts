import { FormatError, type FormatErrorCode } from '@nansen/formats'
import type { SignedData, SignerInfo } from '@nansen/formats/cms'
import {
  type Certificate,
  hashOf,
  nameKey,
  parseCertificate,
  signatureAlgorithmOf,
} from '@nansen/formats/pki'
import { sameBytes } from '@nansen/formats/tlv'
import type { Crypto } from '../crypto/crypto.ts'
import type { Finding, FindingCode } from '../finding.ts'
import { hasKey } from './certify.ts'

/** Whether a signed message is what its signer signed; who the signer is to be trusted as is another question. */
export type Signed =
  | { readonly signed: 'valid'; readonly signer: Certificate; readonly notes: readonly Finding[] }
  | { readonly signed: 'invalid'; readonly signer: Certificate | undefined; readonly finding: Finding }
  | { readonly signed: 'unsupported'; readonly signer: Certificate | undefined; readonly finding: Finding }

/** Reads a certificate; a caller may hand in one that remembers those it has read. */
export type ReadCertificate = (bytes: Uint8Array) => Certificate

/**
 * The signature of one signer: the signed attributes name the content's type and digest, the content has that
 * digest, and the signature over the attributes verifies under the signer's own certificate inside. Six values
 * say how: the hash and scheme are read from where each stands, never assumed from another. [RFC5652 §5.6]
 */
export async function verifySignedData(
  signedData: SignedData,
  signer: SignerInfo,
  crypto: Crypto,
  where: string,
  readCertificate: ReadCertificate = parseCertificate,
): Promise<Signed> {
  const found = (code: FindingCode, cites: string): Finding => ({ code, where, cites })
  const { certificates, unreadable } = readCertificates(signedData.certificates, readCertificate)
  const named = findSigner(signer, certificates)
  if (named === undefined) return { signer: undefined, ...withoutSigner(unreadable, found) }
  const { certificate, exact } = named
  const invalid = (code: FindingCode, cites: string): Signed => ({
    signed: 'invalid',
    signer: certificate,
    finding: found(code, cites),
  })
  const attributes = signer.signedAttributes
  if (attributes === undefined) return invalid('sod.no-signed-attributes', 'RFC5652 §5.3')
  if (attributes.contentType !== signedData.contentType)
    return invalid('signature.content-type', 'RFC5652 §11.1')

  const unsupported: Signed = {
    signed: 'unsupported',
    signer: certificate,
    finding: found('signature.unsupported', '9303-12 §4.4'),
  }
  const hash = hashOf(signer.digestAlgorithm)
  const algorithm = hash && signatureAlgorithmOf(signer.signatureAlgorithm, hash)
  if (hash === undefined || algorithm === undefined) return unsupported
  if (!sameBytes(await crypto.digest(hash, signedData.content), attributes.messageDigest))
    return invalid('signature.content-changed', 'RFC5652 §11.2')
  const answer = await crypto.verify(
    algorithm,
    certificate.publicKey,
    attributes.toBeSigned,
    signer.signature,
  )
  if (answer === 'unsupported') return unsupported
  if (answer === 'invalid') return invalid('signature.wrong', 'RFC5652 §5.6')
  const notes: Finding[] = []
  if (!exact) notes.push(found('signature.signer-name-differs', 'RFC5652 §5.3'))
  if (algorithm.hash === 'sha1' || hash === 'sha1') notes.push(found('signature.sha1', '9303-12 §4.4'))
  return { signed: 'valid', signer: certificate, notes }
}

/** The certificates inside that can be read, and why the others cannot. */
function readCertificates(
  inside: readonly Uint8Array[],
  read: ReadCertificate,
): { certificates: readonly Certificate[]; unreadable: readonly FormatErrorCode[] } {
  const certificates: Certificate[] = []
  const unreadable: FormatErrorCode[] = []
  for (const bytes of inside) {
    try {
      certificates.push(read(bytes))
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      unreadable.push(error.code)
    }
  }
  return { certificates, unreadable }
}

/**
 * Nobody can say whose signature it is. Where a certificate inside has a key of a kind that is not known here, such
 * as one on another curve, that is no forgery: it is not checked. [9303-12 §4.4]
 */
function withoutSigner(
  unreadable: readonly FormatErrorCode[],
  found: (code: FindingCode, cites: string) => Finding,
): Pick<Signed & { readonly signed: 'invalid' | 'unsupported' }, 'signed' | 'finding'> {
  if (unreadable.some((code) => code === 'pki.key-curve' || code === 'pki.key-point'))
    return { signed: 'unsupported', finding: found('signature.unsupported', '9303-12 §4.4') }
  if (unreadable.length > 0) return { signed: 'invalid', finding: found('chain.certificate', 'RFC5280 §4.1') }
  return { signed: 'invalid', finding: found('signature.signer-not-inside', 'RFC5652 §5.3') }
}

/**
 * The certificate that the signer identifier names. Some issuers spell the name differently there (another
 * string type, order or case); the serial number then decides among the certificates inside, and the
 * signature still has to verify under the one found. [RFC5652 §5.3]
 */
function findSigner(
  signer: SignerInfo,
  certificates: readonly Certificate[],
): { certificate: Certificate; exact: boolean } | undefined {
  const { sid } = signer
  if (sid.by === 'key-identifier') {
    const certificate = certificates.find((candidate) => hasKey(candidate, sid.keyIdentifier))
    return certificate && { certificate, exact: true }
  }
  const bySerial = certificates.filter((candidate) => sameBytes(candidate.serial, sid.serial))
  const exact = bySerial.find((candidate) => sameBytes(candidate.issuer.encoded, sid.issuer.encoded))
  if (exact !== undefined) return { certificate: exact, exact: true }
  const alike = bySerial.find((candidate) => nameKey(candidate.issuer) === nameKey(sid.issuer)) ?? bySerial[0]
  return alike && { certificate: alike, exact: false }
}
