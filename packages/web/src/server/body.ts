import type { FormValues, Upload } from './context.ts'
import { parseMultipart } from './multipart.ts'

/** Octets of a form without a file. */
export const FORM_LIMIT = 64 * 1024
/** Octets of a file. */
export const FILE_LIMIT = 10 * 1024 * 1024
/** What is read and thrown away beyond the limit, so that a browser that is still sending gets to read our answer. */
const PATIENCE = 32 * 1024 * 1024
export const FIELD_LIMIT = 40

export interface Body {
  readonly form: FormValues
  readonly file: Upload
}

export type BodyProblem = 'too-large' | 'unreadable' | 'unsupported'

/** Reads what was posted, never more than the limits. @returns a problem instead of throwing one */
export async function readBody(request: Request, upload: boolean): Promise<Body | BodyProblem> {
  const type = request.headers.get('content-type') ?? ''
  const multipart = /^multipart\/form-data;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*$/iu.exec(type)
  if (multipart !== null) {
    const read = await readAtMost(request, upload ? FILE_LIMIT + FORM_LIMIT : FORM_LIMIT)
    if (read === 'broken') return 'unreadable'
    if (!upload && !read.complete) return 'too-large'
    const parts = parseMultipart(read.bytes, multipart[1] ?? multipart[2]!, FIELD_LIMIT, read.complete)
    if (parts === undefined || (!upload && parts.file !== undefined)) return 'unreadable'
    const file: Upload =
      !read.complete || (parts.file?.length ?? 0) > FILE_LIMIT
        ? { kind: 'too-large' }
        : parts.file === undefined || parts.file.length === 0
          ? { kind: 'none' }
          : { kind: 'file', bytes: parts.file }
    return { form: formValues(parts.fields), file }
  }
  if (!/^application\/x-www-form-urlencoded(;|$)/iu.test(type)) return 'unsupported'
  const read = await readAtMost(request, FORM_LIMIT)
  if (read === 'broken') return 'unreadable'
  if (!read.complete) return 'too-large'
  const fields = [...new URLSearchParams(new TextDecoder().decode(read.bytes))]
  if (fields.length > FIELD_LIMIT) return 'too-large'
  return { form: formValues(fields), file: { kind: 'none' } }
}

interface ReadBytes {
  readonly bytes: Uint8Array
  readonly complete: boolean
}

/** The first octets of a request's body; a connection that was cut leaves nothing half. P26 */
async function readAtMost(request: Request, limit: number): Promise<ReadBytes | 'broken'> {
  if (request.body === null) return { bytes: new Uint8Array(), complete: true }
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  let complete = true
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const room = Math.max(0, limit - size)
      if (room > 0) chunks.push(value.length > room ? value.subarray(0, room) : value)
      size += value.length
      if (size > limit) complete = false
      if (size > limit + PATIENCE) {
        await reader.cancel()
        break
      }
    }
  } catch {
    return 'broken'
  }
  return { bytes: Buffer.concat(chunks), complete }
}

/** Fields by name, trimmed and composed when asked for. */
export function formValues(fields: readonly (readonly [string, string])[]): FormValues {
  const raw = (name: string) => fields.find(([other]) => other === name)?.[1] ?? ''
  return {
    raw,
    get: (name) => tidy(raw(name)),
    all: (name) => fields.filter(([other]) => other === name).map(([, value]) => tidy(value)),
    has: (name) => fields.some(([other]) => other === name),
    entries: () => fields,
  }
}

/** One way to write a line feed, no other control characters, NFC, no space around it. */
const tidy = (value: string): string =>
  value
    .replaceAll('\r\n', '\n')
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/gu, '')
    .normalize('NFC')
    .trim()
