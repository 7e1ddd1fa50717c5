import { hash } from 'node:crypto'
import type { Drafted, SignedDataDraft } from '@nansen/formats/cms'
import {
  dataGroupByNumber,
  draftSod,
  encodeEfCom,
  encodeLdsSecurityObject,
  type SodContent,
} from '@nansen/formats/lds'
import type { DocumentSigner } from '../ceremony/index.ts'
import type { BookletProfile } from './profile.ts'
import { hashFor } from './profile.ts'

const RSA_PSS = { scheme: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 } as const

/**
 * What a security object over these groups says: all but signer and signature. [9303-10 §4.6.2]
 * @param signedAt whole seconds; recorded with the paper, so that a draft made again has the same bytes
 */
export function securityObjectContent(
  groups: ReadonlyMap<number, Uint8Array>,
  profile: BookletProfile,
  signer: DocumentSigner,
  signedAt: Date,
): SodContent {
  const { algorithm } = signer.key
  const hashAlgorithm = hashFor(algorithm)
  const content = encodeLdsSecurityObject({
    hashAlgorithm,
    hashes: [...groups].map(([number, bytes]) => ({ number, hash: digest(hashAlgorithm, bytes) })),
    versionInfo: { lds: profile.ldsVersion, unicode: profile.unicodeVersion },
  })
  return {
    content,
    contentDigest: digest(hashAlgorithm, content),
    hash: hashAlgorithm,
    signatureAlgorithm:
      algorithm === 'RSA-PSS-3072' ? RSA_PSS : { scheme: 'ecdsa', hash: hashAlgorithm, encoding: 'der' },
    documentSigner: signer.certificate,
    signingTime: signedAt,
  }
}

export const draftSecurityObject = (content: SodContent): Drafted<SignedDataDraft> => draftSod(content)

/** The chip's table of contents. [9303-10 §4.6.1] */
export const contentsFile = (groups: ReadonlyMap<number, Uint8Array>, profile: BookletProfile): Uint8Array =>
  encodeEfCom({
    ldsVersion: profile.ldsVersion,
    unicodeVersion: profile.unicodeVersion,
    tags: [...groups.keys()].map((number) => dataGroupByNumber(number)!.tag),
  })

const digest = (algorithm: string, bytes: Uint8Array): Uint8Array => hash(algorithm, bytes, 'buffer')
