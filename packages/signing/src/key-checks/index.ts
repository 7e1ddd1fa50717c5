/**
 * Whether a public key may be signed with, certified or written into a paper: checked wherever one comes in, since
 * faulty and shared keys have got out of other offices that did not look. P6
 */
export {
  type CheckOptions,
  checkPublicKey,
  failedKeyCheck,
  KEY_CHECKS,
  type KeyCheck,
} from './check-public-key.ts'
export { fingerprintOf } from './fingerprint-of.ts'
export { KNOWN_COMPROMISED } from './known-compromised.ts'
