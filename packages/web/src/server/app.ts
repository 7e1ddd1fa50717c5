import { Hono } from 'hono'
import { applicantRoutes } from '../applicant/routes.ts'
import { sendAgainPage } from '../applicant/send-again.tsx'
import { answerSignedOut } from '../applicant/signed-out.tsx'
import { officeRoutes } from '../office/routes.ts'
import { publicRoutes } from '../public/routes.ts'
import { answer, type Site } from './answer.ts'
import { loadAssets, serveAsset } from './assets.ts'
import { compressed } from './compress.ts'
import { parseCookies } from './cookies.ts'
import { protect } from './headers.ts'
import { languageOf } from './language.ts'
import type { WebOptions } from './options.ts'
import { isAskedForAs, isOnion } from './origin.ts'
import { refusalPage } from './refusal-page.tsx'
import type { Audience, Route } from './route.ts'

export interface Web {
  /** Answers a request; never throws. */
  fetch(request: Request): Promise<Response>
  /** Every route there is, for whoever wants to go through them. */
  readonly routes: readonly Route[]
}

/** All pages of an office, as a function from requests to answers. */
export function openWeb(options: WebOptions): Web {
  const routes: readonly Route[] = [...publicRoutes, ...applicantRoutes, ...officeRoutes]
  const assets = loadAssets()
  const hono = new Hono<{ Bindings: { replayed?: true } }>()
  const site: Site = {
    options,
    assets,
    hasGet: (path) => routes.some((route) => route.method === 'GET' && route.path === path),
    signedOut: answerSignedOut,
    sendAgain: sendAgainPage,
    replay: async (request) => hono.fetch(request, { replayed: true }),
  }
  for (const route of routes)
    hono.on(route.method, route.path, (c) =>
      answer(site, route, c.req.raw, c.req.param() as Record<string, string>, c.env?.replayed === true),
    )
  const refuse = (request: Request, kind: Parameters<typeof refusalPage>[2]) =>
    refusalPage(site, languageOf(parseCookies(request.headers.get('cookie')), request), kind, {
      officer: audienceOf(request) === 'officer',
      onion: isOnion(request),
    })
  hono.notFound((c) => refuse(c.req.raw, 'notFound'))
  hono.onError((_, c) => {
    options.report('web.failed')
    return refuse(c.req.raw, 'failed')
  })

  async function respond(request: Request): Promise<Response> {
    if (!isAskedForAs(request, options.hosts)) return refuse(request, 'wrongHost')
    const path = new URL(request.url).pathname
    const asset = assets.find(path)
    if (asset !== undefined && (request.method === 'GET' || request.method === 'HEAD'))
      return serveAsset(asset, request)
    return compressed(request, await hono.fetch(request, {}))
  }

  return {
    routes,
    fetch: async (request) => {
      const response = await respond(request)
      protect(response.headers, audienceOf(request))
      return response
    },
  }
}

const audienceOf = (request: Request): Audience =>
  /^\/office(\/|$)/u.test(new URL(request.url).pathname) ? 'officer' : 'public'
