import { beginSession, type CaseOffice, endSession, readSession, writeSession } from '@nansen/authority'
import type { SessionBox, SessionContent } from './context.ts'
import { dropCookie, setCookie } from './cookies.ts'

/** Minutes without a request after which a session is over; the full ten minutes after that are written down. */
export const IDLE_MINUTES = 30

export interface OpenBox extends SessionBox {
  /** What the browser's cookie holds after this request; the form's token is bound to it. */
  readonly token: string | undefined
  readonly cookies: readonly string[]
}

/** The session that a cookie names, and what becomes of it. */
export async function openSessionBox(
  office: CaseOffice,
  cookie: string,
  value: string | undefined,
  https: boolean,
): Promise<OpenBox> {
  let token = value
  let content =
    value === undefined ? undefined : ((await readSession(office, value)) as SessionContent | undefined)
  let line: string | undefined
  return {
    get content() {
      return content
    },
    get token() {
      return token
    },
    get cookies() {
      return line === undefined ? [] : [line]
    },
    async begin(next) {
      token = await beginSession(office, next, IDLE_MINUTES)
      content = next
      line = setCookie(cookie, token, https)
    },
    async write(next) {
      if (token === undefined || content === undefined) throw new Error('no session to write to')
      await writeSession(office, token, next)
      content = next
    },
    async end() {
      if (token !== undefined) await endSession(office, token)
      token = undefined
      content = undefined
      line = dropCookie(cookie, https)
    },
  }
}
