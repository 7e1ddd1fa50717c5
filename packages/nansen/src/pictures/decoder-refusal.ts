/**
 * Why a picture was not opened. `unreadable`: it is neither a whole JPEG nor a whole PNG. `too-many-pixels`: more
 * than 24 million. `died`: the process that opens pictures ended, or took longer than it may. `missing`: `sharp`,
 * an optional part, is not installed.
 */
export type DecoderRefusalCode = 'unreadable' | 'too-many-pixels' | 'died' | 'missing'

/** Of the process; whoever asked it turns it into the code of what the picture was for. */
export class DecoderRefusal extends Error {
  override readonly name = 'DecoderRefusal'
  readonly code: DecoderRefusalCode

  constructor(code: DecoderRefusalCode) {
    super(code)
    this.code = code
  }
}
