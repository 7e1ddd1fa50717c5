import { concat, utf8 } from './octets.ts'

/** A time before its signature. C2SP tlog-cosignature. */
export interface Cosignature {
  /** To the second. */
  readonly at: Date
  /** 64 octets over {@link cosignedMessage}. */
  readonly signature: Uint8Array
}

/** The last second that a `Date` can hold. */
const MAX_SECOND = 8_640_000_000_000n

/** What a witness signs: that at this time it has seen the log grow to this checkpoint, and nothing else. */
export function cosignedMessage(text: Uint8Array, at: Date): Uint8Array {
  return concat(utf8(`cosignature/v1\ntime ${seconds(at)}\n`), text)
}

/** `undefined` for another length, and for a time that cannot be. */
export function parseCosignature(value: Uint8Array): Cosignature | undefined {
  if (value.length !== 72) return undefined
  const second = new DataView(value.buffer, value.byteOffset).getBigUint64(0)
  if (second > MAX_SECOND) return undefined
  return { at: new Date(Number(second) * 1000), signature: value.subarray(8) }
}

export function encodeCosignature({ at, signature }: Cosignature): Uint8Array {
  const value = new Uint8Array(8 + signature.length)
  new DataView(value.buffer).setBigUint64(0, BigInt(seconds(at)))
  value.set(signature, 8)
  return value
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
