/*
 * Octets: length of the head (4, big-endian), the head as JSON with the names and lengths of the files, the files one
 * after another.
 */

/** A value with files beside it. */
export interface HeadedFiles {
  readonly head: Readonly<Record<string, unknown>>
  readonly files: ReadonlyMap<string, Uint8Array>
}

export function packFiles({ head, files }: HeadedFiles): Uint8Array {
  const text = Buffer.from(
    JSON.stringify({ ...head, files: [...files].map(([name, bytes]) => [name, bytes.length]) }),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text, ...files.values()])
}

/** Files are views on `bytes`. @throws RangeError, SyntaxError, TypeError for what was not packed by {@link packFiles} */
export function unpackFiles(bytes: Uint8Array): HeadedFiles {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = 4 + buffer.readUInt32BE(0)
  const { files: lengths, ...head } = JSON.parse(buffer.subarray(4, end).toString('utf8')) as Record<
    string,
    unknown
  >
  const files = new Map<string, Uint8Array>()
  let at = end
  for (const [name, length] of lengths as [string, number][]) {
    files.set(name, bytes.subarray(at, at + length))
    at += length
  }
  if (at !== bytes.length) throw new RangeError('length')
  return { head, files }
}
