import type { ApplicantContext, Context, OfficerContext } from './context.ts'

/** Whom a page is for: it decides which session is read and which headers go with it. */
export type Audience = 'public' | 'applicant' | 'officer'

interface RouteOf<Needs extends string, C> {
  readonly method: 'GET' | 'POST'
  /** Fixed words and ids by chance, never a name: `/my/person/:person/photo`. */
  readonly path: string
  readonly audience: Audience
  /** Who must be signed in: an applicant's or helper's door, an officer's desk, or nobody. */
  readonly needs: Needs
  /** Whether the form's token is asked for: with every POST. */
  readonly csrf: boolean
  /** Whether one file may come along, as multipart/form-data of 10 MiB. */
  readonly upload: boolean
  readonly handler: (context: C) => Promise<Response> | Response
}

/** One line of an area's table: a test can go through all of them. */
export type Route =
  | RouteOf<'nobody', Context>
  | RouteOf<'door', ApplicantContext>
  | RouteOf<'desk', OfficerContext>

type Handler<C> = (context: C) => Promise<Response> | Response

const fixed = (method: 'GET' | 'POST', upload: boolean) => ({ method, csrf: method === 'POST', upload })

/** A page for anybody. */
export const publicGet = (path: string, handler: Handler<Context>): Route => ({
  ...fixed('GET', false),
  path,
  audience: 'public',
  needs: 'nobody',
  handler,
})
export const publicPost = (path: string, handler: Handler<Context>): Route => ({
  ...fixed('POST', false),
  path,
  audience: 'public',
  needs: 'nobody',
  handler,
})

/** A page of somebody with an account; whoever is not signed in is sent to `/enter`. */
export const applicantGet = (path: string, handler: Handler<ApplicantContext>): Route => ({
  ...fixed('GET', false),
  path,
  audience: 'applicant',
  needs: 'door',
  handler,
})
export const applicantPost = (path: string, handler: Handler<ApplicantContext>): Route => ({
  ...fixed('POST', false),
  path,
  audience: 'applicant',
  needs: 'door',
  handler,
})
/** With one file: `context.file`. */
export const applicantUpload = (path: string, handler: Handler<ApplicantContext>): Route => ({
  ...fixed('POST', true),
  path,
  audience: 'applicant',
  needs: 'door',
  handler,
})

/** A page of an officer who is signed in; whoever is not is sent to `/office/enter`. */
export const officerGet = (path: string, handler: Handler<OfficerContext>): Route => ({
  ...fixed('GET', false),
  path,
  audience: 'officer',
  needs: 'desk',
  handler,
})
export const officerPost = (path: string, handler: Handler<OfficerContext>): Route => ({
  ...fixed('POST', false),
  path,
  audience: 'officer',
  needs: 'desk',
  handler,
})
/** The office's way in, before anybody is signed in. */
export const officeDoorGet = (path: string, handler: Handler<Context>): Route => ({
  ...fixed('GET', false),
  path,
  audience: 'officer',
  needs: 'nobody',
  handler,
})
export const officeDoorPost = (path: string, handler: Handler<Context>): Route => ({
  ...fixed('POST', false),
  path,
  audience: 'officer',
  needs: 'nobody',
  handler,
})
