import { type CaseFile, openCase } from '@nansen/authority'
import type { OfficerContext, Page } from '../../server/context.ts'
import { IdentityBar } from '../case/identity-bar.tsx'
import { officePage } from './office-page.tsx'

/** Of the page of a case. */
export const caseHref = (caseId: string, page = ''): string => `/office/case/${caseId}${page && `/${page}`}`

/** Opens the case of the path, through the key service, which counts it. @throws CaseRefusal as `openCase` */
export const openThis = ({ office, desk, param }: OfficerContext): Promise<CaseFile> =>
  openCase(office, desk, param('id'))

/** A page about one case: whose it is stands on top of each. */
export const casePage = (context: OfficerContext, file: CaseFile, page: Page): Promise<Response> =>
  officePage(context, {
    back: { href: caseHref(file.row.caseId), text: context.text.office.toCase },
    ...page,
    main: (
      <>
        <IdentityBar context={context} file={file} />
        {page.main}
      </>
    ),
  })
