import type { CmsErrorCode } from './cms/errors.ts'
import type { DerErrorCode } from './der/errors.ts'
import type { LdsErrorCode } from './lds/errors.ts'
import type { SodErrorCode } from './lds/sod-errors.ts'
import type { MrzErrorCode } from './mrz/errors.ts'
import type { TransliterationErrorCode } from './mrz/transliteration/errors.ts'
import type { PkiErrorCode } from './pki/errors.ts'
import type { TlvErrorCode } from './tlv/errors.ts'

/** Every way in which bytes can fail to be what they should be; each room names its own. */
export type FormatErrorCode =
  | TlvErrorCode
  | DerErrorCode
  | CmsErrorCode
  | PkiErrorCode
  | LdsErrorCode
  | SodErrorCode
  | MrzErrorCode
  | TransliterationErrorCode

/**
 * Bytes or text that are not what a standard says. It names the place and the rule, never the value:
 * a message may reach a log, and the value may be a person's name.
 */
export class FormatError extends Error {
  override readonly name = 'FormatError'
  readonly code: FormatErrorCode
  /** Offset in bytes (or characters, for text) from the start of the input that was handed in. */
  readonly at: number
  /** The rule broken, as a tag of docs/standards.md with its section: `9303-3 §4.9`. */
  readonly cites: string

  constructor(code: FormatErrorCode, at: number, cites: string) {
    super(`${code} at ${at} [${cites}]`)
    this.code = code
    this.at = at
    this.cites = cites
  }
}
