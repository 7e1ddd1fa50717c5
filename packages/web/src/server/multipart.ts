/** What a form with a file brought. */
export interface Parts {
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** What was in the file; its name and its type, which the sender chose, are not even read. */
  readonly file: Uint8Array | undefined
}

const HEAD_LIMIT = 1024

/**
 * multipart/form-data as browsers send it: fields, and one file at most. [RFC7578 §4]
 * @param complete whether `bytes` is all of it; if not, what is there in full is given
 * @returns undefined for anything that no browser sends
 */
export function parseMultipart(
  bytes: Uint8Array,
  boundary: string,
  fieldLimit: number,
  complete: boolean,
): Parts | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const fields: [string, string][] = []
  let file: Uint8Array | undefined
  let at = all.indexOf(`--${boundary}`)
  if (at !== 0) return undefined
  at += boundary.length + 2
  for (;;) {
    if (all.toString('latin1', at, at + 2) === '--') return { fields, file }
    if (all.toString('latin1', at, at + 2) !== '\r\n') return complete ? undefined : { fields, file }
    const headEnd = all.indexOf('\r\n\r\n', at)
    if (headEnd === -1) return complete ? undefined : { fields, file }
    if (headEnd - at > HEAD_LIMIT) return undefined
    const head = partHead(all.toString('utf8', at + 2, headEnd))
    if (head === undefined) return undefined
    const end = all.indexOf(`\r\n--${boundary}`, headEnd + 4)
    if (end === -1) return complete ? undefined : { fields, file }
    const content = all.subarray(headEnd + 4, end)
    if (head.isFile) {
      if (file !== undefined) return undefined
      file = content
    } else fields.push([head.name, content.toString('utf8')])
    if (fields.length > fieldLimit) return undefined
    at = end + boundary.length + 4
  }
}

function partHead(text: string): { readonly name: string; readonly isFile: boolean } | undefined {
  const disposition = text.split('\r\n').find((line) => /^content-disposition:/iu.test(line))
  const name = /[;\s]name="([^"]{1,100})"/u.exec(disposition ?? '')?.[1]
  return name === undefined ? undefined : { name, isFile: /;\s*filename\*?=/iu.test(disposition!) }
}
