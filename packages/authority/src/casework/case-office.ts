import type { Trust } from '@nansen/inspection'
import type { Office } from '../office.ts'

/** What work on applications needs besides. */
export interface CaseOffice extends Office {
  readonly pictures: Pictures
  /** The master lists of the world's passports: what an old one's chip is checked against. Nobody is asked. P14 */
  readonly passports: Trust
}

/** Pictures are decoded in a process of their own, without keys. P23 */
export interface Pictures {
  /**
   * A photograph for the chip: JPEG of 413 × 531 pixels without metadata, and what speaks against it, as advice.
   * @throws PictureRefusal
   */
  portrait(bytes: Uint8Array): Promise<{ readonly jpeg: Uint8Array; readonly advice: readonly PhotoAdvice[] }>
  /** A picture of something: JPEG without metadata, its long side at most 1600 pixels. @throws PictureRefusal */
  picture(bytes: Uint8Array): Promise<Uint8Array>
}

export type PhotoAdvice =
  | 'too-dark'
  | 'too-bright'
  | 'blurred'
  | 'low-contrast'
  | 'background-uneven'
  | 'small'

export type PictureRefusalCode =
  | 'picture.empty'
  | 'picture.too-large'
  | 'picture.not-an-image'
  | 'picture.too-many-pixels'
  | 'picture.unreadable'
  | 'picture.decoder-died'
  | 'picture.decoder-missing'

/** What was sent is no picture that we take. */
export class PictureRefusal extends Error {
  override readonly name = 'PictureRefusal'
  readonly code: PictureRefusalCode
  constructor(code: PictureRefusalCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}
