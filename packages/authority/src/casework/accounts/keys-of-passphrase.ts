import { hkdfSync, scrypt } from 'node:crypto'

/** What a passphrase opens. Nothing of it is stored. */
export interface PassphraseKeys {
  /** 32 octets: by a blind index of it the account is found. */
  readonly login: Uint8Array
  /** 32 octets: the account's secrets are sealed under it. */
  readonly sealing: Uint8Array
}

const SALT = Buffer.from('nansen passphrase 1', 'latin1')
/** 16 MiB. Seven words cannot be guessed anyway; more would let a stranger who signs in often keep the office busy. */
const COST = { N: 2 ** 14, r: 8, p: 1 } as const

/**
 * From a passphrase in its one way of writing. There is no salt for each account, as there is no name by which the salt
 * could be found: 80 bits by chance need none.
 */
export async function keysOfPassphrase(passphrase: string): Promise<PassphraseKeys> {
  const root = await new Promise<Buffer>((resolve, reject) => {
    scrypt(passphrase, SALT, 32, COST, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
  const keys = { login: expand(root, 'login'), sealing: expand(root, 'sealing') }
  root.fill(0)
  return keys
}

const expand = (root: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', root, SALT, `nansen passphrase ${use}`, 32))
