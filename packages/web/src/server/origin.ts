/** The name under which the site was asked for, without port, lower case; '' where there is none. */
export const hostOf = (request: Request): string => nameIn(request.headers.get('host') ?? hostIn(request))

/** Whether the site was asked for at an onion address. */
export const isOnion = (request: Request): boolean => hostOf(request).endsWith('.onion')

/** Whether the site was asked for under a name of its own, by the head and by the line above it. */
export const isAskedForAs = (request: Request, hosts: readonly string[]): boolean =>
  hosts.includes(hostOf(request)) && hosts.includes(nameIn(hostIn(request)))

const hostIn = (request: Request): string => new URL(request.url).host

const nameIn = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d{1,5}$/u, '')
    .replace(/^\[(.*)\]$/u, '$1')

/**
 * Whether the browser itself says that a page of this site sent it, which no page of another can make it say. Browsers that
 * say nothing are many, so it is no condition for a post.
 */
export const isFromThisSite = (request: Request): boolean =>
  request.headers.get('sec-fetch-site') === 'same-origin'

/**
 * Whether a post may come from where it says it does. Second defence only: Chromium says `null` of our own forms, as no
 * page of ours tells where it leads from (`Referrer-Policy: no-referrer`), so the token in the form is the first.
 */
export function comesFromUs(request: Request, hosts: readonly string[]): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = request.headers.get('origin')
  if (origin === null || origin === 'null') return true
  try {
    const { hostname } = new URL(origin)
    return hosts.includes(hostname.toLowerCase()) && hostname.toLowerCase() === hostOf(request)
  } catch {
    return false
  }
}
