/**
 * Why a picture is no portrait. `portrait.unreadable`: no such file, or it cannot be read.
 * `portrait.not-an-image`: neither a whole JPEG nor a whole PNG. `portrait.too-large`: more than ten MiB or 24
 * million pixels. `portrait.too-small`: fewer than 300 × 386 pixels once it is cropped to 7 by 9.
 * `portrait.decoder-died`: the process that opens pictures ended, or took longer than it may.
 * `portrait.decoder-missing`: `sharp`, an optional part, is not installed.
 */
export type PortraitErrorCode =
  | 'portrait.unreadable'
  | 'portrait.not-an-image'
  | 'portrait.too-large'
  | 'portrait.too-small'
  | 'portrait.decoder-died'
  | 'portrait.decoder-missing'

/** It names neither the file nor what is in it: a path may be a person's name. */
export class PortraitError extends Error {
  override readonly name = 'PortraitError'
  readonly code: PortraitErrorCode

  constructor(code: PortraitErrorCode) {
    super(code)
    this.code = code
  }
}
