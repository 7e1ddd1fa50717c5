import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type HashName, type PublicKey, parsePublicKey, type SignatureAlgorithm } from '@nansen/formats/pki'
import { haveReferenceData, referenceFolder, referenceJson } from './reference-data.ts'

// Vectors of Wycheproof: signatures that libraries were once led to accept, or to refuse, wrongly.

interface VectorFile {
  readonly testGroups: readonly Group[]
}
interface Group {
  readonly type: string
  readonly sha: string
  readonly mgfSha?: string
  readonly sLen?: number
  readonly publicKeyDer: string
  readonly tests: readonly Vector[]
}
interface Vector {
  readonly tcId: number
  readonly msg: string
  readonly sig: string
  readonly result: 'valid' | 'invalid' | 'acceptable'
}

/** One signature, and what is known of it. */
export interface WycheproofCase {
  readonly id: number
  readonly algorithm: SignatureAlgorithm
  readonly key: PublicKey
  readonly message: Uint8Array
  readonly signature: Uint8Array
  /** `acceptable` may be answered either way, but the same way everywhere. */
  readonly expected: Vector['result']
}

const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const hashName = (sha: string): HashName => sha.toLowerCase().replace('-', '') as HashName

function algorithmOf({ type, sha, mgfSha, sLen }: Group): SignatureAlgorithm {
  const hash = hashName(sha)
  switch (type) {
    case 'EcdsaVerify':
      return { scheme: 'ecdsa', hash, encoding: 'der' }
    case 'EcdsaP1363Verify':
      return { scheme: 'ecdsa', hash, encoding: 'plain' }
    case 'RsassaPkcs1Verify':
      return { scheme: 'rsa-pkcs1', hash }
    case 'RsassaPssVerify':
    case 'RsassaPssWithParametersVerify':
      return { scheme: 'rsa-pss', hash, mgfHash: hashName(mgfSha!), saltLength: sLen! }
    default:
      throw new Error(`a kind of group that is not known here: ${type}`)
  }
}

function casesOf(...path: readonly string[]): readonly WycheproofCase[] {
  return referenceJson<VectorFile>(...path).testGroups.flatMap((group) => {
    const algorithm = algorithmOf(group)
    const key = parsePublicKey(unhex(group.publicKeyDer))
    return group.tests.map(({ tcId, msg, sig, result }) => ({
      id: tcId,
      algorithm,
      key,
      message: unhex(msg),
      signature: unhex(sig),
      expected: result,
    }))
  })
}

/** Every file of signatures in the reference data. */
export const wycheproofFiles = haveReferenceData
  ? ['security', 'emrtd'].flatMap((folder) =>
      readdirSync(join(referenceFolder, folder, 'wycheproof'))
        .filter((name) => /^(ecdsa|rsa_signature|rsa_pss|dsa)_.*\.json$/.test(name))
        .map((name) => ({ name: `${folder}/${name}`, cases: casesOf(folder, 'wycheproof', name) })),
    )
  : []
