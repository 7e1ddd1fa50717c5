/**
 * As much of pkcs11js as is used here, declared by us: the package is optional, and whoever builds without it needs
 * no types of it.
 */
export type Handle = Buffer
export interface Attribute {
  readonly type: number
  readonly value?: number | boolean | string | Buffer
}
export interface Mechanism {
  readonly mechanism: number
  readonly parameter?: Buffer | number | { readonly type: number; readonly [name: string]: number | Buffer }
}
export interface Pkcs11Module {
  load(path: string): void
  close(): void
  C_Initialize(): void
  C_Finalize(): void
  C_GetSlotList(tokenPresent: boolean): Handle[]
  C_GetTokenInfo(slot: Handle): { readonly label: string }
  C_OpenSession(slot: Handle, flags: number): Handle
  C_CloseSession(session: Handle): void
  C_Login(session: Handle, userType: number, pin: string): void
  C_FindObjectsInit(session: Handle, template: readonly Attribute[]): void
  C_FindObjects(session: Handle, most: number): Handle[]
  C_FindObjectsFinal(session: Handle): void
  C_GetAttributeValue(
    session: Handle,
    object: Handle,
    wanted: readonly Attribute[],
  ): { readonly value: Buffer }[]
  C_SetAttributeValue(session: Handle, object: Handle, values: readonly Attribute[]): void
  C_DestroyObject(session: Handle, object: Handle): void
  C_GenerateKey(session: Handle, mechanism: Mechanism, template: readonly Attribute[]): Handle
  C_GenerateKeyPair(
    session: Handle,
    mechanism: Mechanism,
    publicTemplate: readonly Attribute[],
    privateTemplate: readonly Attribute[],
  ): { readonly publicKey: Handle; readonly privateKey: Handle }
  C_DeriveKey(session: Handle, mechanism: Mechanism, key: Handle, template: readonly Attribute[]): Handle
  C_SignInit(session: Handle, mechanism: Mechanism, key: Handle): void
  C_Sign(session: Handle, data: Buffer, signature: Buffer): Buffer
}
/** The package itself. */
export interface Pkcs11js {
  readonly PKCS11: new () => Pkcs11Module
  readonly CK_PARAMS_RSA_PSS: number
  readonly CK_PARAMS_EC_DH: number
}

/** An answer of the module other than CKR_OK; its `message` is the name, such as `CKR_PIN_INCORRECT`. */
export interface Pkcs11Error extends Error {
  readonly name: 'Pkcs11Error'
  readonly code: number
}
