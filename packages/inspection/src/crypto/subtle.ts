import {
  encodeRsaPublicKey,
  type HashName,
  type PublicKey,
  type SignatureAlgorithm,
} from '@nansen/formats/pki'
import { wholePoint } from './browser-curves.ts'

const HASHES: Readonly<Record<HashName, string | undefined>> = {
  sha1: 'SHA-1',
  sha224: undefined,
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}
const CURVES: readonly string[] = ['P-256', 'P-384', 'P-521']

/** What WebCrypto answers; `undefined` where it has no such algorithm or will not take the key. */
export interface Platform {
  digest(hash: HashName, bytes: Uint8Array): Promise<Uint8Array> | undefined
  /** @param signature for ECDSA, r and s each as wide as the order */
  verify(
    algorithm: SignatureAlgorithm,
    key: PublicKey,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean | undefined>
}

/** How one algorithm and one kind of key are called in WebCrypto. */
interface Terms {
  readonly imported: RsaHashedImportParams | EcKeyImportParams
  readonly verified: AlgorithmIdentifier | RsaPssParams | EcdsaParams
  /** Keys imported under the same name may be used again. */
  readonly form: string
}

function termsOf(algorithm: SignatureAlgorithm, key: PublicKey): Terms | undefined {
  const hash = HASHES[algorithm.hash]
  if (hash === undefined) return undefined
  switch (algorithm.scheme) {
    case 'rsa-pkcs1': {
      const name = 'RSASSA-PKCS1-v1_5'
      return { imported: { name, hash }, verified: { name }, form: name + hash }
    }
    case 'rsa-pss': {
      if (algorithm.hash !== algorithm.mgfHash) return undefined
      const name = 'RSA-PSS'
      const { saltLength } = algorithm
      return { imported: { name, hash }, verified: { name, saltLength }, form: name + hash }
    }
    case 'ecdsa': {
      if (key.kind !== 'ec' || !CURVES.includes(key.curve.name)) return undefined
      const name = 'ECDSA'
      return { imported: { name, namedCurve: key.curve.name }, verified: { name, hash }, form: name }
    }
    case 'dsa':
      return undefined
  }
}

/** Imported keys are kept for as long as the {@link PublicKey} is. */
export function platformOf(subtle: SubtleCrypto): Platform {
  const keys = new WeakMap<PublicKey, Map<string, Promise<CryptoKey | undefined>>>()

  function keyFor(key: PublicKey, terms: Terms): Promise<CryptoKey | undefined> {
    let forms = keys.get(key)
    if (forms === undefined) {
      forms = new Map()
      keys.set(key, forms)
    }
    let imported = forms.get(terms.form)
    if (imported === undefined) {
      imported = importKey(key, terms)
      forms.set(terms.form, imported)
    }
    return imported
  }

  async function importKey(key: PublicKey, { imported }: Terms): Promise<CryptoKey | undefined> {
    try {
      if (key.kind === 'rsa') {
        const encoded = encodeRsaPublicKey(key.modulus, key.exponent)
        return await subtle.importKey('spki', own(encoded), imported, false, ['verify'])
      }
      // Browsers refuse compressed points.
      const point = key.kind === 'ec' ? wholePoint(key.curve, key.point) : undefined
      return point && (await subtle.importKey('raw', own(point), imported, false, ['verify']))
    } catch {
      return undefined
    }
  }

  return {
    digest(hash, bytes) {
      const name = HASHES[hash]
      return name === undefined
        ? undefined
        : subtle.digest(name, own(bytes)).then((octets) => new Uint8Array(octets))
    },
    async verify(algorithm, key, message, signature) {
      const terms = termsOf(algorithm, key)
      if (terms === undefined) return undefined
      const imported = await keyFor(key, terms)
      if (imported === undefined) return undefined
      try {
        return await subtle.verify(terms.verified, imported, own(signature), own(message))
      } catch {
        return undefined
      }
    },
  }
}

/** WebCrypto takes no bytes of memory that another thread may write to; those are copied. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}
