/**
 * A checkpoint as its log signs it: origin, size, root, and further lines if any, each ended; no signatures.
 * C2SP tlog-checkpoint.
 */
export function isCheckpoint(bytes: Uint8Array): boolean {
  const lines = linesOf(bytes)
  return lines !== undefined && isBody(lines)
}

/**
 * What a witness signs: a line that says so, the time, and the checkpoint as it stands. C2SP tlog-cosignature.
 */
export function isCosignature(bytes: Uint8Array): boolean {
  const lines = linesOf(bytes)
  if (lines === undefined) return false
  const [header, time, ...body] = lines
  return (
    header === 'cosignature/v1' &&
    time !== undefined &&
    /^time (?:0|[1-9]\d{0,15})$/.test(time) &&
    isBody(body)
  )
}

/** Octets; a checkpoint has a few hundred. */
const MOST_OCTETS = 65_536

function linesOf(bytes: Uint8Array): readonly string[] | undefined {
  if (bytes.length > MOST_OCTETS) return undefined
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
  if (!text.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(text)) return undefined
  return text.slice(0, -1).split('\n')
}

function isBody([origin, size, root, ...more]: readonly string[]): boolean {
  if (origin === undefined || size === undefined || root === undefined) return false
  // An origin that reads as the header of a cosignature would let a log's key speak as a witness.
  if (!/^[^\s+]+$/u.test(origin) || origin.startsWith('cosignature/')) return false
  if (!/^(?:0|[1-9]\d{0,15})$/.test(size)) return false
  const digest = Buffer.from(root, 'base64')
  return digest.length === 32 && digest.toString('base64') === root && more.every((line) => line !== '')
}
