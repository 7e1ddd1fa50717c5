const FORM = /^[A-Za-z0-9_-]*$/

export const toBase64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/**
 * The octets of a text without padding, in the one way in which they can be written: a text that says the same in
 * another way is none. @returns undefined for what is no such text, or has more octets than `most`
 */
export function fromBase64url(text: unknown, most: number): Uint8Array | undefined {
  if (typeof text !== 'string' || text.length > Math.ceil((most * 4) / 3) || !FORM.test(text))
    return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : undefined
}
