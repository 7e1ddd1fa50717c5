import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto'
import { freshOctets } from '../fresh-octets.ts'
import { SigningRefusal } from '../signing.ts'

/** How the folder's key comes from its passphrase; stands in `passphrase.json`. [RFC7914 §2] */
export interface PassphraseFile {
  readonly version: 1
  readonly kdf: 'scrypt'
  readonly n: number
  readonly r: number
  readonly p: number
  /** Base64, like `check`: nothing, sealed under the key, so that a wrong passphrase is told from a changed file. */
  readonly salt: string
  readonly check: string
}

/** 128 MB and a fraction of a second for each guess. */
export const SCRYPT_N = 2 ** 17
const R = 8
const P = 1
/** Octets of memory that a file may ask for at the most. */
const MOST_MEMORY = 2 ** 30

const NONCE = 12
const TAG = 16

/** What the files of a folder are sealed with. It holds the key and does not show it. */
export interface FolderKey {
  /** AES-256-GCM, a random nonce in front, the tag behind. */
  seal(associated: string, bytes: Uint8Array): Buffer
  /** @returns `undefined` where the octets or what is associated with them are not what was sealed */
  open(associated: string, sealed: Uint8Array): Buffer | undefined
}

/** A new folder's key, and what to write beside the files. */
export function newFolderKey(
  passphrase: string,
  n = SCRYPT_N,
): { readonly key: FolderKey; readonly file: PassphraseFile } {
  const salt = freshOctets(32)
  const key = derive(passphrase, salt, n)
  const cost = { version: 1, kdf: 'scrypt', n, r: R, p: P, salt: salt.toString('base64') } as const
  return { key, file: { ...cost, check: key.seal(aboutCost(cost), new Uint8Array(0)).toString('base64') } }
}

/**
 * @param leastN a file that asks for less work has been tampered with, or is a test's
 * @returns `undefined` for a file that nobody here has written
 * @throws SigningRefusal passphrase.wrong
 */
export function openFolderKey(
  passphrase: string,
  file: PassphraseFile,
  leastN = SCRYPT_N,
): FolderKey | undefined {
  const { version, kdf, n, r, p } = file
  if (version !== 1 || kdf !== 'scrypt' || r !== R || p !== P) return undefined
  if (!Number.isInteger(Math.log2(n)) || n < leastN || 128 * n * r > MOST_MEMORY) return undefined
  const key = derive(passphrase, Buffer.from(file.salt, 'base64'), n)
  if (key.open(aboutCost(file), Buffer.from(file.check, 'base64')) === undefined)
    throw new SigningRefusal('passphrase.wrong')
  return key
}

const aboutCost = ({ version, kdf, n, r, p, salt }: Omit<PassphraseFile, 'check'>): string =>
  JSON.stringify(['nansen passphrase', version, kdf, n, r, p, salt])

function derive(passphrase: string, salt: Uint8Array, n: number): FolderKey {
  // Keyboards differ in how they compose letters; people do not know that they do.
  const octets = Buffer.from(passphrase.normalize('NFKC'), 'utf8')
  const key = scryptSync(octets, salt, 32, { N: n, r: R, p: P, maxmem: 128 * n * R + 2 ** 20 })
  return {
    seal(associated, bytes) {
      const nonce = freshOctets(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(associated, 'utf8'))
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    },
    open(associated, sealed) {
      if (sealed.length < NONCE + TAG) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
      decipher.setAAD(Buffer.from(associated, 'utf8'))
      decipher.setAuthTag(sealed.subarray(-TAG))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}
