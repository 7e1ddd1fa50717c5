import { readFile } from '@nansen/authority'
import type { ApplicantContext } from '../server/context.ts'
import { isId } from './ids.ts'

/** A file of the draft, to look at: as it was drawn anew. */
export async function file(context: ApplicantContext): Promise<Response> {
  const id = context.param('file')
  const bytes = isId(id) ? await readFile(context.office, context.door, id) : undefined
  if (bytes === undefined) return context.notFound()
  return bytes[0] === 0xff
    ? context.bytes('image/jpeg', bytes)
    : context.bytes('application/zip', bytes, 'chip.zip')
}
