import { isText } from './text.ts'

const LABEL = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g

/** Octets of one text: more than twice the largest real list of certificates in this form. */
const MOST_OCTETS = 4 * 1024 * 1024
/** Far more than all states' keys in use. */
const MOST_BLOCKS = 4096

/**
 * The DER of each block of a PEM text, in order; `undefined` where `bytes` is no PEM text, or a longer one than
 * any list of certificates. Text around the blocks is passed over; a block that cannot be read is not, because
 * whoever asks would not hear of it. [RFC7468 §2]
 */
export function pemBlocks(bytes: Uint8Array): readonly { label: string; bytes: Uint8Array }[] | undefined {
  if (bytes.length > MOST_OCTETS || !startsLikePem(bytes)) return undefined
  const text = new TextDecoder('latin1').decode(bytes)
  const blocks: { label: string; bytes: Uint8Array }[] = []
  for (const [, label, body] of text.matchAll(LABEL)) {
    if (blocks.length === MOST_BLOCKS) return undefined
    try {
      blocks.push({ label: label!, bytes: decodeBase64(body!) })
    } catch {
      return undefined
    }
  }
  return blocks.length === text.split(BEGIN).length - 1 ? blocks : undefined
}

const BEGIN = '-----BEGIN '

/**
 * Looks for a block's first line near the start, so that large binary input costs nothing. Before it stands text: a
 * certificate in DER that holds another in this form is itself, not that other one.
 */
function startsLikePem(bytes: Uint8Array): boolean {
  const at = new TextDecoder('latin1').decode(bytes.subarray(0, 16_384)).indexOf(BEGIN)
  return at !== -1 && isText(bytes.subarray(0, at))
}

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text.replace(/\s+/g, ''))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
