import { applicantRoutes } from '../../packages/web/src/applicant/routes.ts'
import { officeRoutes } from '../../packages/web/src/office/routes.ts'
import { publicRoutes } from '../../packages/web/src/public/routes.ts'
import type { Route } from '../../packages/web/src/server/route.ts'
import { LANGUAGES, type Looked } from './looking.ts'

const ROUTES: readonly Route[] = [...publicRoutes, ...applicantRoutes, ...officeRoutes]

/** Addresses that give no page, and why. */
const NO_PAGE: Readonly<Record<string, string>> = {
  '/exit': 'leads away at once',
  '/my/file/:file': 'a picture',
  '/office/enter': 'leads to the sign-in',
  '/office/case/:id/picture/:part': 'a picture',
  '/office/case/:id/paper.zip': 'a download',
  '/office/case/:id/datapage.pdf': 'a download',
}

/** Forms in which nothing can be wrong, and what they do. */
const NEVER_WRONG: Readonly<Record<string, string>> = {
  '/exit': 'leads away at once',
  '/my/person/:person/spelling': 'confirms what is shown; where the name became another, it is shown again',
  '/my/person/:person/evidence': 'takes something back; once more, it is gone already',
  '/my/family/:person/remove': 'takes somebody back; once more, they are gone already',
  '/my/fee': 'chooses among what is offered; anything else counts as nothing',
  '/my/case/:case/stop-words': 'stops it; once more, it is stopped already',
  '/my/helpers/words': 'says that they are written down',
  '/my/helpers/:helper/revoke': 'ends it; once more, it is ended already',
  '/office/sign-in/passkey': 'gives the page that asks for the passkey',
  '/office/sign-out': 'leads to the sign-in',
  '/office/officers/pending/:pending/throw-away': 'throws it away; once more, there is no such record',
}

/** Pages that only a form leads to, with nothing wrong. */
const PAGES_OF_FORMS: readonly string[] = [
  '/office/sign-in/passkey',
  '/office/find',
  '/office/case/:id/decide',
]

/** What nobody looked at: `GET /my/stay in ru`. An exception that no route needs any more is named as well. */
export function notLookedAt(looked: readonly Looked[]): readonly string[] {
  const seen = new Set(looked.map((one) => `${one.method} ${patternOf(one)} ${one.status} ${one.language}`))
  const missing = (method: 'GET' | 'POST', status: number, paths: readonly string[]) =>
    paths.flatMap((path) =>
      LANGUAGES.filter((language) => !seen.has(`${method} ${path} ${status} ${language}`)).map(
        (language) => `${method} ${path} in ${language}${status === 422 ? ', with what is wrong' : ''}`,
      ),
    )
  return [
    ...missing('GET', 200, pathsOf('GET', NO_PAGE)),
    ...missing('POST', 200, PAGES_OF_FORMS),
    ...missing('POST', 422, pathsOf('POST', NEVER_WRONG)),
    ...[
      ['GET', NO_PAGE],
      ['POST', NEVER_WRONG],
    ].flatMap(([method, exceptions]) =>
      Object.keys(exceptions as object)
        .filter((path) => !ROUTES.some((route) => route.method === method && route.path === path))
        .map((path) => `${method} ${path}: an exception that is not there`),
    ),
  ]
}

const pathsOf = (method: Route['method'], exceptions: Readonly<Record<string, string>>): readonly string[] =>
  ROUTES.filter((route) => route.method === method && exceptions[route.path] === undefined).map(
    ({ path }) => path,
  )

/** Of which route a page was: '' of none. */
const patternOf = ({ method, path }: Looked): string =>
  ROUTES.find((route) => route.method === method && expressionOf(route).test(path))?.path ?? ''

const expressionOf = ({ path }: Route): RegExp => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`)
