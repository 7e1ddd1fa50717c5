/** More files than an eMRTD has, with room for what lies beside them. */
export const MOST_FILES = 64
/** Octets after unpacking, of one archive: more than twice the memory of any chip. */
const MOST_OCTETS = 1024 * 1024

/** Thrown for an archive that cannot be opened or holds more than the limits; it says nothing of its content. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
}

/** In pieces so small that none unfolds to more than all may, whatever the archive says of itself. */
const PIECE = 1024
/** How much more may go in than comes out: names, the directory of a ZIP, padding. Packing makes nothing longer. */
const MOST_BESIDE = 32_768

/** What opening one archive may cost. */
export class Budget {
  #entries = 0
  #in = 0
  #out = 0

  /** Counts files, folders, and the members of a gzip file. */
  entry(): void {
    if (++this.#entries > MOST_FILES) throw new ArchiveError('archive over the limits')
  }

  goesIn(part: Uint8Array): void {
    this.#in += part.length
    if (this.#in > this.#out + MOST_BESIDE) throw new ArchiveError('archive over the limits')
  }

  comesOut(part: Uint8Array): void {
    this.#out += part.length
    if (this.#out > MOST_OCTETS) throw new ArchiveError('archive over the limits')
  }
}

/** Hands over `bytes` piece by piece. @throws ArchiveError */
export function feed(
  bytes: Uint8Array,
  budget: Budget,
  push: (part: Uint8Array, final: boolean) => void,
): void {
  if (bytes.length > MOST_OCTETS + MOST_BESIDE) throw new ArchiveError('archive over the limits')
  try {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const part = bytes.subarray(at, at + PIECE)
      budget.goesIn(part)
      push(part, at + PIECE >= bytes.length)
    }
  } catch {
    throw new ArchiveError('archive over the limits or damaged')
  }
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
