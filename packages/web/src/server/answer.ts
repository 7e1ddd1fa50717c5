import { CaseRefusal, type Door, parseDoor, refusalOf } from '@nansen/authority'
import type { Language } from '../text/catalogue.ts'
import type { Assets } from './assets.ts'
import { type Body, type BodyProblem, formValues, readBody } from './body.ts'
import type { ApplicantContext, Context, OfficerContext, SessionContent } from './context.ts'
import { COOKIE, parseCookies, secretIn, setCookie } from './cookies.ts'
import { formToken, isFormToken } from './form-token.ts'
import { keptIn, replayOf } from './kept.ts'
import { languageNamed, languageOf } from './language.ts'
import { makeContext } from './make-context.tsx'
import type { WebOptions } from './options.ts'
import { comesFromUs, isFromThisSite, isOnion } from './origin.ts'
import { type RefusalKind, refusalPage } from './refusal-page.tsx'
import type { Route } from './route.ts'
import { openSessionBox } from './session-box.ts'

/** What all requests share. */
export interface Site {
  readonly options: WebOptions
  readonly assets: Assets
  /** Whether a path of the tables can be asked for with GET. */
  hasGet(path: string): boolean
  /** Answers a post that was sent when its session was over, and kept. */
  replay(request: Request): Promise<Response>
  /** Answers whoever has to say their words first. */
  signedOut(context: Context, wasSignedIn: boolean): Promise<Response>
  /** Answers what was posted from a page of an earlier visit of the same browser. */
  sendAgain(context: Context): Response
}

/**
 * One request of one route:
 * 1. another language, if only that is asked for;
 * 2. what was posted, within its limits, and from a page of ours;
 * 3. who is signed in;
 * 4. the page itself.
 */
export async function answer(
  site: Site,
  route: Route,
  request: Request,
  params: Readonly<Record<string, string>>,
  replayed: boolean,
): Promise<Response> {
  const { options } = site
  const url = new URL(request.url)
  const https = url.protocol === 'https:'
  const cookies = parseCookies(request.headers.get('cookie'))
  const language = languageOf(cookies, request)
  const officer = route.audience === 'officer'
  const refuse = (kind: RefusalKind) => {
    options.report(`web.${kind}`)
    return refusalPage(site, language, kind, { officer, onion: isOnion(request) })
  }

  const chosen = route.method === 'GET' ? languageNamed(url.searchParams.get('language')) : undefined
  if (chosen !== undefined) return otherLanguage(url, chosen, https)

  const name = officer ? COOKIE.officer : COOKIE.applicant
  const held = secretIn(cookies, name)
  const visit = secretIn(cookies, COOKIE.visit)
  /** Whether what was posted comes from a page of this session. */
  let fresh = true
  let body: Body = { form: formValues([]), file: { kind: 'none' } }
  if (route.method === 'POST') {
    if (!comesFromUs(request, options.hosts)) return refuse('form')
    const read: Body | BodyProblem = await readBody(request, route.upload)
    if (read === 'too-large') return refuse('tooLarge')
    if (read === 'unreadable' || read === 'unsupported') return refuse('unreadable')
    const secret = held ?? visit
    fresh = replayed || (secret !== undefined && isFormToken(read.form.raw('token'), secret))
    if (!fresh && !(route.needs === 'door' && isFromThisSite(request))) return refuse('form')
    body = read
  }

  const session = await openSessionBox(options.office, name, held, https)
  const minted: string[] = []
  let own = visit
  const context = makeContext({
    site,
    language,
    request,
    url,
    params,
    route,
    body,
    session,
    token: () => {
      let secret = session.token ?? own
      if (secret === undefined) {
        secret = Buffer.from(options.office.random(24)).toString('base64url')
        own = secret
        minted.push(setCookie(COOKIE.visit, secret, https))
      }
      return formToken(secret, options.office.random(16))
    },
  })
  const response = await pageOf(site, route, context, request, { had: held !== undefined, fresh }).catch(
    (error: unknown) => refused(error, context, refuse),
  )
  for (const cookie of [...session.cookies, ...minted]) response.headers.append('Set-Cookie', cookie)
  return response
}

/** What a page does not answer itself. @throws what is neither a refusal nor an outage: a bug, which must be seen */
async function refused(
  error: unknown,
  context: Context,
  refuse: (kind: RefusalKind) => Response,
): Promise<Response> {
  if (error instanceof CaseRefusal) {
    switch (error.code) {
      // A helper who was shown out is out at once, whatever the session remembers.
      case 'door.closed':
        await context.session.end()
        return context.redirect('/enter')
      case 'door.scope':
        return refuse('scope')
      case 'case.unknown':
      case 'helper.unknown':
        return context.notFound()
      default:
        context.options.report(error.code)
        return refuse('failed')
    }
  }
  const { code } = refusalOf(error)
  context.options.report(code)
  return refuse('busy')
}

async function pageOf(
  site: Site,
  route: Route,
  context: Context,
  request: Request,
  { had, fresh }: { readonly had: boolean; readonly fresh: boolean },
): Promise<Response> {
  const { session } = context
  if (route.needs === 'nobody') return route.handler(context)
  if (route.needs === 'desk') {
    const token = session.content?.officer
    const open = token === undefined ? undefined : await site.options.office.signing.officers.session(token)
    if (open === undefined) return context.redirect(had ? '/office/enter?over=1' : '/office/enter')
    const desk = { officer: open.officer, token: open.token }
    return route.handler({ ...context, desk } satisfies OfficerContext)
  }
  const door = doorIn(session.content)
  if (door === undefined) return site.signedOut(context, had || !fresh)
  if (!fresh) return site.sendAgain(context)
  const kept = keptIn(session.content)
  if (kept !== undefined && context.method === 'GET') {
    const { kept: _, ...content } = session.content!
    await session.write(content)
    return site.replay(replayOf(request, kept))
  }
  return route.handler({ ...context, door } satisfies ApplicantContext)
}

function doorIn(content: SessionContent | undefined): Door | undefined {
  return content?.door === undefined ? undefined : parseDoor(content.door)
}

/** The same page in another language: the choice is kept in a cookie that says nothing else. */
function otherLanguage(url: URL, language: Language, https: boolean): Response {
  url.searchParams.delete('language')
  const rest = url.searchParams.toString()
  return new Response(null, {
    status: 303,
    headers: {
      Location: url.pathname + (rest === '' ? '' : `?${rest}`),
      'Set-Cookie': setCookie(COOKIE.language, language, https),
    },
  })
}
