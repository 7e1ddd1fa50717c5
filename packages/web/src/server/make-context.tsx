import { renderPage } from '../html/layout.tsx'
import { CATALOGUES, type Language } from '../text/catalogue.ts'
import type { Site } from './answer.ts'
import type { Body } from './body.ts'
import type { Context, Page, SessionBox } from './context.ts'
import { isOnion } from './origin.ts'
import { refusalPage } from './refusal-page.tsx'
import type { Route } from './route.ts'

export interface ContextParts {
  readonly site: Site
  readonly language: Language
  readonly request: Request
  readonly url: URL
  readonly params: Readonly<Record<string, string>>
  readonly route: Route
  readonly body: Body
  readonly session: SessionBox
  token(): string
}

/** What a handler is given. */
export function makeContext(parts: ContextParts): Context {
  const { site, language, url, params, route, body, session } = parts
  const { options } = site
  const text = CATALOGUES[language]
  const officer = route.audience === 'officer'
  const onion = isOnion(parts.request)
  const here = route.method === 'GET' || site.hasGet(route.path) ? url.pathname : nearest(route)
  return {
    options,
    office: options.office,
    language,
    text,
    method: route.method,
    path: url.pathname,
    param: (name) => params[name] ?? '',
    query: (name) => url.searchParams.get(name)?.trim() ?? '',
    form: body.form,
    file: body.file,
    onion,
    https: url.protocol === 'https:',
    fromElsewhere: !['same-origin', 'none', null].includes(parts.request.headers.get('sec-fetch-site')),
    session,
    token: parts.token,
    page: (page: Page) =>
      new Response(
        renderPage({
          language,
          text,
          title: page.title,
          main: page.main,
          problems: page.problems,
          back: page.back,
          navigation: page.navigation,
          wide: page.wide,
          bare: page.bare,
          specimen: options.specimen ? options.office.state.code3 : undefined,
          exit: !officer,
          onion,
          here,
          stylesheets: ['nansen.css' as const, ...(page.style ? [page.style] : [])].map(site.assets.path),
          script: page.script === undefined ? undefined : site.assets.path(page.script),
        }),
        {
          status: page.status ?? (page.problems?.length ? 422 : 200),
          headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': language },
        },
      ),
    redirect: (path) => {
      if (!/^\/(?![/\\])/u.test(path)) throw new Error('a redirect leads to a path of ours')
      return new Response(null, { status: 303, headers: { Location: path } })
    },
    notFound: () => refusalPage(site, language, 'notFound', { officer, onion }),
    bytes: (type, bytes, name) =>
      new Response(new Uint8Array(bytes), {
        headers: {
          'Content-Type': type,
          'Content-Length': String(bytes.length),
          ...(name === undefined ? {} : { 'Content-Disposition': `attachment; filename="${name}"` }),
        },
      }),
  }
}

const nearest = ({ audience }: Route): string =>
  audience === 'officer' ? '/office' : audience === 'applicant' ? '/my' : '/'
