/** What says by which name or port of this machine the office is also asked for. */
const ELSEWHERE = /https?:\/\/|utopia\.localhost|\blocalhost\b|127\.0\.0\.1|\[::1\]/giu
/** Where a page or a stylesheet may lead: places of the same host, said without its name. */
const LEADS =
  /\s(?:href|src|action|formaction|srcset|poster)="([^"]*)"|url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)/giu
/** Headers that name another address of a site, or what serves it. */
const NAMING = [
  'onion-location',
  'alt-svc',
  'link',
  'server',
  'via',
  'x-powered-by',
  'refresh',
  'content-location',
]

/**
 * Everything in an answer, its headers included, that names a host, this one or another.
 * @param names further texts that must not be there: a port, the onion address
 */
export function tracesOf(headers: Headers, text: string, names: readonly string[]): readonly string[] {
  const all = `${[...headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n${text}`
  return [
    ...(all.match(ELSEWHERE) ?? []),
    ...names.filter((name) => all.includes(name)),
    ...NAMING.filter((name) => headers.has(name)),
    ...[...text.matchAll(LEADS)].flatMap(([, ...places]) => {
      const place = places.find((each) => each !== undefined) ?? ''
      return /^(?:\/(?![/\\])|#|data:)/u.test(place) ? [] : [place]
    }),
  ]
}
