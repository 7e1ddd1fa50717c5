/**
 * The only room with keys. An office writes down what is to be signed, in its own transaction, and asks for that to be
 * finished by its id; there is no way to have bytes signed. Private keys stay in a device behind this door, and nothing
 * is signed for a state that exists. P2, P5
 */
export { type AccountKey, makeAccountKey, openAtAccount, sealToAccount } from './account-key.ts'
export { KEY_ALGORITHMS, signatureAlgorithmFor, verifySignature } from './algorithms.ts'
export { openPart, type SealedPart, sealParts } from './case-parts.ts'
export { DeviceFault, type DeviceFaultCode } from './device/device-fault.ts'
export type { FileDeviceOptions } from './device/file-device.ts'
export type { Pkcs11Settings } from './device/pkcs11-device.ts'
export { type HeadedFiles, packFiles, unpackFiles } from './headed-files.ts'
export { type HeldDevice, holdFileDevice, holdPkcs11Device } from './held-device.ts'
export * from './key-checks/index.ts'
export { keyIdentifier } from './key-identifier.ts'
export { type KeyJournalEntry, type KeyJournalLine, readKeyJournal } from './key-journal.ts'
export { recordedDigests } from './ledger.ts'
export { type LocalSigningParts, openKeyService, openLocalSigning } from './local-signing.ts'
export * from './officers/index.ts'
export * from './passphrase-shares.ts'
export * from './process/index.ts'
export {
  checkHolderKey,
  type HolderKey,
  registerCheckedKeys,
  registerKey,
  registerKeys,
} from './register-key.ts'
export { openUnder, type SealedPlace, sealUnder } from './sealed.ts'
export * from './signing.ts'
export { makeSpecimenChipKey, type SpecimenChipKey } from './specimen-chip-key.ts'
export { makeThrowaway, type Throwaway, type ThrowawaySpec } from './throwaway.ts'
