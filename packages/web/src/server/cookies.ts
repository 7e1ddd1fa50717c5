/** Cookies of this site: ids by chance, and the language, which names nobody. */
export const COOKIE = {
  /** Of a browser that has seen a form and is not signed in: what the form's token is bound to. */
  visit: 'visit',
  /** An applicant's session. */
  applicant: 'seat',
  /** An officer's session. */
  officer: 'desk',
  language: 'language',
} as const

/** What a session's or a visit's cookie may look like: octets by chance, base64url. */
const SECRET = /^[\w-]{20,200}$/

/** The first cookie of each name. */
export function parseCookies(header: string | null): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const [name = '', value = ''] = part.trim().split(/=(.*)/su, 2)
    if (!cookies.has(name)) cookies.set(name, value)
  }
  return cookies
}

/** A secret that a cookie holds; `undefined` where it is none, or not of ours. */
export function secretIn(cookies: ReadonlyMap<string, string>, name: string): string | undefined {
  const value = cookies.get(name)
  return value !== undefined && SECRET.test(value) ? value : undefined
}

/**
 * `Set-Cookie` for as long as the browser is open. Unreadable for scripts, and sent along by our own pages alone; over
 * https never sent in the clear. An onion address needs no https, so there the attribute would only lose the cookie.
 */
export const setCookie = (name: string, value: string, https: boolean): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${https ? '; Secure' : ''}`

export const dropCookie = (name: string, https: boolean): string => `${setCookie(name, '', https)}; Max-Age=0`
