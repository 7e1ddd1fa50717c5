const LABEL = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g

/**
 * The DER of each block of a PEM text, in order; `undefined` where `bytes` is no PEM text. Text around the
 * blocks is passed over. [RFC7468 §2]
 */
export function pemBlocks(bytes: Uint8Array): readonly { label: string; bytes: Uint8Array }[] | undefined {
  if (!startsLikePem(bytes)) return undefined
  const text = new TextDecoder('latin1').decode(bytes)
  const blocks: { label: string; bytes: Uint8Array }[] = []
  for (const [, label, body] of text.matchAll(LABEL)) {
    try {
      blocks.push({ label: label!, bytes: decodeBase64(body!) })
    } catch {
      return undefined
    }
  }
  return blocks.length === 0 ? undefined : blocks
}

/** Looks for a block's first line near the start, so that large binary input costs nothing. */
function startsLikePem(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 16_384))
  return head.includes('-----BEGIN ')
}

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text.replace(/\s+/g, ''))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
