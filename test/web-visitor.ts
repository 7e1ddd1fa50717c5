import type { Web } from '../packages/web/src/index.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Where it leads, of a 303. */
  readonly to: string | undefined
}

export type Fields = Readonly<Record<string, string | readonly string[]>>

/** Somebody with a browser: cookies, the form on the page before, and no script. */
export interface Visitor {
  readonly cookies: Map<string, string>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Sends the form that was on the page fetched last, with its token and hidden fields. */
  post(path: string, fields?: Fields, options?: PostOptions): Promise<Answer>
  /** A post and the page that it leads to. */
  send(path: string, fields?: Fields, options?: PostOptions): Promise<Answer>
}

export interface PostOptions {
  /** Instead of the one on the page; `null` for none. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** A file: name of its field and its octets. */
  readonly file?: readonly [name: string, bytes: Uint8Array]
}

export function visitor(web: Pick<Web, 'fetch'>, host = 'utopia.localhost'): Visitor {
  const cookies = new Map<string, string>()
  let page = ''

  async function ask(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie !== '' && !headers.has('cookie')) headers.set('cookie', cookie)
    const response = await web.fetch(
      new Request(`http://${host}${path}`, { ...init, headers, redirect: 'manual' }),
    )
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/max-age=0/i.test(line)) cookies.delete(name!)
      else cookies.set(name!, value!)
    }
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8')
    if (response.headers.get('content-type')?.startsWith('text/html')) page = text
    return {
      status: response.status,
      headers: response.headers,
      text,
      to: response.headers.get('location') ?? undefined,
    }
  }

  const get: Visitor['get'] = (path, headers = {}) => ask(path, { headers })

  const post: Visitor['post'] = (path, fields = {}, { token, headers = {}, file } = {}) => {
    const form = formTo(page, path)
    const all = new Map<string, readonly string[]>(hiddenIn(form))
    for (const [name, value] of Object.entries(fields))
      all.set(name, typeof value === 'string' ? [value] : value)
    if (token !== undefined) all.set('token', token === null ? [] : [token])
    const entries = [...all].flatMap(([name, values]) =>
      values.map((value): [string, string] => [name, value]),
    )
    if (file === undefined && !/enctype="multipart/.test(form))
      return ask(path, { method: 'POST', headers, body: new URLSearchParams(entries) })
    const body = new FormData()
    for (const [name, value] of entries) body.append(name, value)
    const field = file?.[0] ?? /<input type="file" id="([^"]*)"/.exec(form)?.[1]
    // A browser sends an empty file where none was chosen.
    if (field !== undefined) body.append(field, new Blob([new Uint8Array(file?.[1] ?? [])]), 'picture.jpg')
    return ask(path, { method: 'POST', headers, body })
  }

  return {
    cookies,
    get,
    post,
    async send(path, fields, options) {
      const answer = await post(path, fields, options)
      if (answer.status !== 303)
        throw new Error(`${path}: ${answer.status}, not 303: ${errorsIn(answer.text)}`)
      return get(answer.to!)
    },
  }
}

/** The form of a page that leads there, else the first. */
function formTo(page: string, path: string): string {
  const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? []
  return forms.find((form) => form.includes(`action="${path}"`)) ?? forms[0] ?? ''
}

const hiddenIn = (form: string): [string, string[]][] =>
  [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
    plainText(name!),
    [plainText(value!)],
  ])

const plainText = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** What the summary of errors says. */
export const errorsIn = (page: string): readonly string[] =>
  [...(/class="summary"[\s\S]*?<\/ul>/.exec(page)?.[0] ?? '').matchAll(/<a href="#([^"]*)">([^<]*)/g)].map(
    ([, field, text]) => `${field}: ${text}`,
  )

export const hiddenValue = (page: string, name: string): string | undefined =>
  new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(page)?.[1]
