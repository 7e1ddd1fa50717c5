import { caseCode, paperFiles } from '@nansen/authority'
import type { OfficerContext } from '../../server/context.ts'
import { codeOf } from '../frame/refusal.tsx'
import { zipOf } from './zip.ts'

const PAGE = 'datapage.pdf'

/** The files of a chip and the data page, for the printer. The name says which case, and nothing else. */
export async function paperZip(context: OfficerContext): Promise<Response> {
  const caseId = context.param('id')
  const files = await filesOf(context, caseId)
  return files === undefined
    ? context.notFound()
    : context.bytes('application/zip', zipOf(files), `${caseCode(caseId)}.zip`)
}

/** The data page. */
export async function dataPage(context: OfficerContext): Promise<Response> {
  const caseId = context.param('id')
  const page = (await filesOf(context, caseId))?.get(PAGE)
  return page === undefined
    ? context.notFound()
    : context.bytes('application/pdf', page, `${caseCode(caseId)}.pdf`)
}

/** Of a paper that is made; undefined where there is none yet. */
async function filesOf(
  { office, desk }: OfficerContext,
  caseId: string,
): Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  try {
    return await paperFiles(office, desk, caseId)
  } catch (error) {
    if (codeOf(error) === 'production.stage') return undefined
    throw error
  }
}
