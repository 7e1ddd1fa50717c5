import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type HashName, type PublicKey, parsePublicKey, type SignatureAlgorithm } from '@nansen/formats/pki'
import { describe, expect, test } from 'vitest'
import { adapters } from '../../../../test/crypto-adapters.ts'
import {
  haveReferenceData,
  referenceFolder,
  referenceJson,
  withReferenceData,
} from '../../../../test/reference-data.ts'
import type { SignatureAnswer } from './crypto.ts'

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
interface Question {
  readonly id: number
  readonly algorithm: SignatureAlgorithm
  readonly key: PublicKey
  readonly message: Uint8Array
  readonly signature: Uint8Array
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
      throw new Error(`a kind of group that this suite does not know: ${type}`)
  }
}

function questionsOf(...path: readonly string[]): readonly Question[] {
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

const files = haveReferenceData
  ? [['security', 'wycheproof'] as const, ['emrtd', 'wycheproof'] as const].flatMap((folder) =>
      readdirSync(join(referenceFolder, ...folder))
        .filter((name) => /^(ecdsa|rsa_signature|rsa_pss|dsa)_.*\.json$/.test(name))
        .map((name) => ({ name: `${folder[0]}/${name}`, questions: questionsOf(...folder, name) })),
    )
  : []

describe.skipIf(!haveReferenceData)(`Wycheproof signatures ${withReferenceData}`, () => {
  test('there are 4,903 of them in 18 files', () => {
    expect(files.length).toBe(18)
    expect(files.reduce((sum, { questions }) => sum + questions.length, 0)).toBe(4903)
  })

  for (const { name, questions } of files) {
    test(`${name}: no wrong verdict on ${questions.length} signatures in any adapter`, async () => {
      const wrong: string[] = []
      for (const { id, algorithm, key, message, signature, expected } of questions) {
        const answers: SignatureAnswer[] = []
        for (const { crypto } of adapters)
          answers.push(await crypto.verify(algorithm, key, message, signature))
        // "Acceptable" may go either way, but the same way everywhere.
        const right = expected === 'acceptable' ? answers[0] : expected
        if (answers.some((answer) => answer !== right))
          wrong.push(`${id} is ${expected}: ${answers.join(', ')}`)
      }
      expect(wrong).toEqual([])
    })
  }
})
