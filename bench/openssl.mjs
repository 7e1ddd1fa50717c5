import { spawnSync } from 'node:child_process'

/** What `openssl speed` calls each kind of key. */
const NAMES = { RSA: 'rsa2048', 'RSA-PSS': 'rsa2048', 'P-256': 'ecdsap256', brainpoolP384r1: 'ecdsabrp384r1' }

/**
 * Verifications a second of bare OpenSSL on one core, for one kind of key.
 * @param {keyof typeof NAMES} kind
 * @param {number} seconds
 * @returns {number | undefined} undefined where there is no openssl
 */
export function opensslVerifications(kind, seconds) {
  const { stdout, status } = spawnSync(
    'openssl',
    ['speed', '-mr', '-seconds', String(seconds), NAMES[kind]],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) return undefined
  // +F2:index:bits:signatures:verifications for RSA, +F4 for ECDSA, each a second
  const line = stdout.split('\n').find((text) => /^\+F[24]:/.test(text))
  const rate = Number(line?.split(':')[4])
  return rate > 0 ? rate : undefined
}
