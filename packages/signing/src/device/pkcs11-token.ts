/// <reference path="./pkcs11js.d.ts" />
import { SigningRefusal } from '../signing.ts'
import { DeviceFault } from './device-fault.ts'
import { CK, CKA, CKR } from './pkcs11-numbers.ts'
import type { Attribute, Handle, Mechanism, Pkcs11Error, Pkcs11js, Pkcs11Module } from './pkcs11js-types.ts'

/** One session on one token, with a user logged in. Everything is synchronous. */
export interface Token {
  readonly parameters: { readonly pss: number; readonly ecdh: number }
  find(template: readonly Attribute[]): readonly Handle[]
  /** `undefined` where the object has no such attribute, or does not give it out. */
  read(object: Handle, attribute: number): Uint8Array | undefined
  is(object: Handle, attribute: number): boolean
  set(object: Handle, values: readonly Attribute[]): void
  destroy(object: Handle): void
  generateSecret(mechanism: Mechanism, template: readonly Attribute[]): Handle
  generatePair(
    mechanism: Mechanism,
    publicTemplate: readonly Attribute[],
    privateTemplate: readonly Attribute[],
  ): { readonly publicKey: Handle; readonly privateKey: Handle }
  /** @param octets the most that the signature can have */
  sign(mechanism: Mechanism, key: Handle, data: Uint8Array, octets: number): Uint8Array
  derive(mechanism: Mechanism, key: Handle, template: readonly Attribute[]): Handle
  close(): void
}

/** The number of a PKCS #11 answer; `undefined` for any other error. */
export function answerOf(error: unknown): number | undefined {
  return error instanceof Error && error.name === 'Pkcs11Error' ? (error as Pkcs11Error).code : undefined
}

/**
 * Loads a PKCS #11 module and logs in on the one token of that label.
 * @throws DeviceFault device.no-package, device.no-module, device.no-token; SigningRefusal passphrase.wrong
 */
export async function openToken(modulePath: string, tokenLabel: string, pin: string): Promise<Token> {
  const package_ = await loadPackage()
  const module_ = new package_.PKCS11()
  const initialised = initialise(module_, modulePath)
  try {
    const session = logIn(module_, slotOf(module_, tokenLabel), pin)
    const parameters = { pss: package_.CK_PARAMS_RSA_PSS, ecdh: package_.CK_PARAMS_EC_DH }
    return tokenOver(module_, session, parameters, initialised)
  } catch (error) {
    if (initialised) module_.C_Finalize()
    throw error
  }
}

/** Loaded when it is wanted: it is compiled when it is installed, and many machines never need it. */
async function loadPackage(): Promise<Pkcs11js> {
  try {
    const loaded = (await import('pkcs11js')) as unknown as { readonly default: Pkcs11js }
    return loaded.default
  } catch (cause) {
    const sentence =
      'Keys on a token need the package pkcs11js, which is not installed or was not built here: ' +
      'npm install pkcs11js@2.1.7 on a machine with a C++ compiler.'
    throw new DeviceFault('device.no-package', sentence, { cause })
  }
}

/** @returns whether it was this call that initialised the module: two devices in one process share it */
function initialise(module_: Pkcs11Module, path: string): boolean {
  try {
    module_.load(path)
    module_.C_Initialize()
    return true
  } catch (cause) {
    if (answerOf(cause) === CKR.CRYPTOKI_ALREADY_INITIALIZED) return false
    const sentence =
      'The PKCS #11 module cannot be loaded: check the path of the module and its configuration.'
    throw new DeviceFault('device.no-module', sentence, { cause })
  }
}

function slotOf(module_: Pkcs11Module, label: string): Handle {
  const slots = module_
    .C_GetSlotList(true)
    .filter((slot) => module_.C_GetTokenInfo(slot).label.replace(/[ \0]+$/, '') === label)
  if (slots.length !== 1)
    throw new DeviceFault(
      'device.no-token',
      slots.length === 0
        ? 'There is no token of this label: check its label, and that it is connected.'
        : 'Several tokens have this label: which one is meant cannot be known.',
    )
  return slots[0]!
}

function logIn(module_: Pkcs11Module, slot: Handle, pin: string): Handle {
  const session = module_.C_OpenSession(slot, CK.RW_SESSION | CK.SERIAL_SESSION)
  try {
    module_.C_Login(session, CK.USER, pin)
    return session
  } catch (error) {
    module_.C_CloseSession(session)
    const answer = answerOf(error)
    if (answer === CKR.PIN_INCORRECT || answer === CKR.PIN_INVALID || answer === CKR.PIN_LEN_RANGE)
      throw new SigningRefusal('passphrase.wrong')
    throw error
  }
}

function tokenOver(
  module_: Pkcs11Module,
  session: Handle,
  parameters: Token['parameters'],
  initialised: boolean,
): Token {
  const read = (object: Handle, attribute: number): Uint8Array | undefined => {
    try {
      const [found] = module_.C_GetAttributeValue(session, object, [{ type: attribute }])
      return found && new Uint8Array(found.value)
    } catch (error) {
      if (answerOf(error) !== undefined) return undefined
      throw error
    }
  }
  return {
    parameters,
    read,
    is: (object, attribute) => read(object, attribute)?.[0] === 1,
    find(template) {
      module_.C_FindObjectsInit(session, template)
      try {
        const found: Handle[] = []
        for (
          let some = module_.C_FindObjects(session, 64);
          some.length > 0;
          some = module_.C_FindObjects(session, 64)
        )
          found.push(...some)
        return found
      } finally {
        module_.C_FindObjectsFinal(session)
      }
    },
    set: (object, values) => module_.C_SetAttributeValue(session, object, values),
    destroy: (object) => module_.C_DestroyObject(session, object),
    generateSecret: (mechanism, template) => module_.C_GenerateKey(session, mechanism, template),
    generatePair: (mechanism, publicTemplate, privateTemplate) =>
      module_.C_GenerateKeyPair(session, mechanism, publicTemplate, privateTemplate),
    sign(mechanism, key, data, octets) {
      module_.C_SignInit(session, mechanism, key)
      return new Uint8Array(module_.C_Sign(session, Buffer.from(data), Buffer.alloc(octets)))
    },
    derive: (mechanism, key, template) => module_.C_DeriveKey(session, mechanism, key, template),
    close() {
      // Session objects and the login end with the session.
      module_.C_CloseSession(session)
      if (initialised) module_.C_Finalize()
    },
  }
}

/** A label, or an id in octets, as attributes. */
export const labelled = (label: string): Attribute => ({ type: CKA.LABEL, value: label })
export const identified = (id: string): Attribute => ({ type: CKA.ID, value: Buffer.from(id) })
