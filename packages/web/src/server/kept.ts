import type { Context, FormValues, SessionContent } from './context.ts'

/** A form that was sent when the session was over: kept until the person is in again, so that nothing is typed twice. */
export interface Kept {
  readonly path: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** With those of the page where the words are typed, no more than a form may have. */
const MOST_FIELDS = 36

const PREFIX = 'kept.'
const PATH = 'kept-path'

/** What to keep of a post; a file cannot be. */
export const keep = (context: Context): Kept => ({
  path: context.path,
  fields: context.form
    .entries()
    .filter(([name]) => name !== 'token')
    .slice(0, MOST_FIELDS),
})

/** As hidden fields of the page where the words are typed. */
export const hiddenOf = (kept: Kept): readonly (readonly [string, string])[] => [
  [PATH, kept.path],
  ...kept.fields.map(([name, value]) => [PREFIX + name, value] as const),
]

/** And back. Only of an applicant's own pages: the path is not believed. */
export function keptOf(form: FormValues): Kept | undefined {
  const path = form.raw(PATH)
  if (!/^\/my(\/[\w-]+){1,6}$/u.test(path)) return undefined
  const fields = form
    .entries()
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), value] as const)
  return { path, fields }
}

export const keptIn = (content: SessionContent | undefined): Kept | undefined =>
  content?.kept as Kept | undefined

/** The post once more, by the same browser. */
export function replayOf(request: Request, kept: Kept): Request {
  const headers = new Headers()
  for (const name of ['host', 'cookie', 'accept-language']) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  const body = new FormData()
  for (const [name, value] of kept.fields) body.append(name, value)
  return new Request(new URL(kept.path, request.url), { method: 'POST', headers, body })
}
