export type DeviceFaultCode =
  /** The optional package pkcs11js is not installed. */
  | 'device.no-package'
  /** The PKCS #11 module cannot be loaded. */
  | 'device.no-module'
  /** No token of that label, or several. */
  | 'device.no-token'
  /** A token without what this project lays on it, opened without `create`. */
  | 'device.empty'
  /** A key on the token may leave it, or came from outside. P5, P6 */
  | 'device.key-extractable'
  | 'device.key-imported'
  /** What a key may do was changed behind the device's back, or its file belongs to another key. P5 */
  | 'device.limits-altered'
  | 'device.key-exists'
  | 'device.key-missing'
  | 'device.algorithm-unsupported'

/** The place of the keys is not as it must be. The message is a sentence for whoever runs it; it holds no secret. */
export class DeviceFault extends Error {
  override readonly name = 'DeviceFault'
  readonly code: DeviceFaultCode
  constructor(code: DeviceFaultCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.code = code
  }
}
