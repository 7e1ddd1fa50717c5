/** Octets as the text that stands in JSON. */
export const toBase64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/**
 * Octets of a length from their one text. @returns undefined for another length, or another way to write them
 */
export function fromBase64url(text: unknown, octets: number): Uint8Array | undefined {
  if (typeof text !== 'string' || text.length !== Math.ceil((octets * 4) / 3)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === octets && bytes.toString('base64url') === text ? new Uint8Array(bytes) : undefined
}

/** 16 octets from 32 digits. @returns undefined for anything else */
export function idOf(text: string): Uint8Array | undefined {
  return /^[0-9a-f]{32}$/.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : undefined
}

/** JSON in UTF-8, filled up with spaces to whole blocks: a length tells little of what somebody wrote. */
export function encodeJson(value: object, block = 1): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8')
  const padded = new Uint8Array(Math.ceil(bytes.length / block) * block).fill(0x20)
  padded.set(bytes)
  return padded
}

export const parseJson = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'))
