/**
 * The pages of an office, by audience: for anybody, for applicants and holders, for officers. Server-rendered; every
 * action a form; applicants and the public need no script. Nothing of who asked is kept: no address, no browser, no
 * page that led here (P10). Reads and writes through `authority` alone.
 */

export { type Listen, type Serving, serveWeb } from './serve.ts'
export { openWeb, type Web } from './server/app.ts'
export type { DrawPage, SpecimenOfficer, SpecimenOfficers, WebOptions } from './server/options.ts'
export type { Audience, Route } from './server/route.ts'
