import { once } from 'node:events'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { formOfPage, tokenOf } from './form-of-page.ts'

export interface Answer {
  readonly path: string
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  /** Of a page; '' of anything else. */
  readonly text: string
  /** Where it leads, of a 303. */
  readonly to: string | undefined
}

export type Fields = Readonly<Record<string, string | readonly string[]>>
export type File = readonly [field: string, bytes: Uint8Array]

/** A request before it is sent; sent again, it is the same. */
export interface Sending {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly type?: string
  readonly body?: Uint8Array
}

/**
 * When the line goes dead: with half of the request sent; with all of it sent, and the server at work or not; when the
 * first octets of the answer come, so that what was asked for is done.
 */
export type CutAt = 'halfway' | 'sent' | 'answered'

export interface HttpVisitorOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Of this machine: any address of 127.0.0.0/8. */
  readonly from?: string
}

const HOST = 'utopia.localhost'
/** Milliseconds: everybody on a busy machine is patient. */
const PATIENCE = 120_000

/** Somebody with a browser without a script, by HTTP over a line of its own for each request: cookies, and the page they see. */
export class HttpVisitor {
  readonly cookies = new Map<string, string>()
  /** `http://127.0.0.1:41234`; another once the server was started again. */
  origin: string
  /** What they look at. */
  page: Answer | undefined
  readonly #options: HttpVisitorOptions

  constructor(origin: string, options: HttpVisitorOptions = {}) {
    this.origin = origin
    this.#options = options
  }

  get(path: string): Promise<Answer> {
    return this.ask({ method: 'GET', path })
  }

  post(path: string, fields?: Fields, file?: File): Promise<Answer> {
    return this.ask(this.filled(path, fields, file))
  }

  /** A post and the page that it leads to. @throws where it leads nowhere */
  async send(path: string, fields?: Fields, file?: File): Promise<Answer> {
    return this.follow(await this.post(path, fields, file))
  }

  follow({ path, status, to, text }: Answer): Promise<Answer> {
    if (to === undefined) throw new Error(`${path}: ${status}, not 303: ${complaintsOf(text)}`)
    return this.get(to)
  }

  /** The form on the page they see that leads there, with these of its fields filled in. */
  filled(path: string, fields: Fields = {}, file?: File): Sending {
    const page = this.page?.text ?? ''
    const form = formOfPage(page, path)
    const all = new Map(form.fields)
    all.set('token', [tokenOf(page) ?? ''])
    for (const [name, value] of Object.entries(fields))
      all.set(name, typeof value === 'string' ? [value] : value)
    const entries = [...all].flatMap(([name, values]) => values.map((value) => [name, value] as const))
    if (form.multipart || file !== undefined) return multipart(path, entries, file)
    const body = Buffer.from(new URLSearchParams(entries.map(([name, value]) => [name, value])).toString())
    return { method: 'POST', path, type: 'application/x-www-form-urlencoded', body }
  }

  /** Sends it and reads the answer. @throws where nobody answers, or the line goes dead */
  async ask(sending: Sending): Promise<Answer> {
    const answer = await this.#exchange(sending)
    this.#keepCookies(answer.headers['set-cookie'] ?? [])
    if (answer.text !== '') this.page = answer
    return answer
  }

  /** Sends it over a line that goes dead; no answer is read. */
  async cut(sending: Sending, at: CutAt): Promise<void> {
    const socket = await this.#line()
    const bytes = this.#written(sending)
    try {
      await write(socket, at === 'halfway' ? bytes.subarray(0, halfOf(bytes, sending)) : bytes)
      if (at === 'answered') await once(socket, 'data')
    } finally {
      socket.destroy()
    }
  }

  /** The answer as it comes over the line, octet for octet. No cookie is kept. */
  async raw(sending: Sending): Promise<Buffer> {
    const socket = await this.#line()
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    const end = once(socket, 'close')
    await write(socket, this.#written(sending))
    await end
    return Buffer.concat(chunks)
  }

  #exchange({ method, path, body, ...sending }: Sending): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.origin}${path}`,
        {
          method,
          agent: false,
          headers: this.#headers({ method, path, ...sending, ...(body && { body }) }),
          ...(this.#options.from !== undefined && { localAddress: this.#options.from }),
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('error', reject)
          response.once('end', () => {
            const bytes = Buffer.concat(chunks)
            const { headers, statusCode: status = 0 } = response
            const text = headers['content-type']?.startsWith('text/html') ? bytes.toString('utf8') : ''
            resolve({ path, status, headers, bytes, text, to: headers.location })
          })
        },
      )
      asked.setTimeout(PATIENCE, () => asked.destroy(new Error(`${path}: no answer`)))
      asked.once('error', reject)
      asked.end(body)
    })
  }

  async #line(): Promise<Socket> {
    const { port, hostname } = new URL(this.origin)
    const { from } = this.#options
    const socket = connect({ port: Number(port), host: hostname, ...(from && { localAddress: from }) })
    await once(socket, 'connect')
    // Whatever becomes of it now is what this is about.
    socket.on('error', () => {})
    socket.setTimeout(PATIENCE, () => socket.destroy())
    return socket
  }

  #headers({ type, body, method }: Sending): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    return {
      Host: `${HOST}:${new URL(this.origin).port}`,
      ...this.#options.headers,
      ...(cookie !== '' && { Cookie: cookie }),
      ...(type !== undefined && { 'Content-Type': type }),
      ...(method === 'POST' && { 'Content-Length': String(body?.length ?? 0) }),
      Connection: 'close',
    }
  }

  #written(sending: Sending): Buffer {
    const lines = Object.entries(this.#headers(sending)).map(([name, value]) => `${name}: ${value}`)
    const head = [`${sending.method} ${sending.path} HTTP/1.1`, ...lines, '', ''].join('\r\n')
    return Buffer.concat([Buffer.from(head, 'latin1'), sending.body ?? new Uint8Array()])
  }

  #keepCookies(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/max-age=0/i.test(line)) this.cookies.delete(name!)
      else this.cookies.set(name!, value!)
    }
  }
}

/** Half of the body; of a request without one, half of its head. */
const halfOf = (bytes: Buffer, { body }: Sending): number =>
  bytes.length - Math.ceil((body?.length ?? bytes.length) / 2)

const write = (socket: Socket, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => socket.write(bytes, () => resolve()))

function multipart(path: string, fields: readonly (readonly [string, string])[], file?: File): Sending {
  const boundary = '----one-boundary-of-a-form'
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head =
    file === undefined
      ? ''
      : `--${boundary}\r\nContent-Disposition: form-data; name="${file[0]}"; filename="picture.jpg"\r\n` +
        'Content-Type: image/jpeg\r\n\r\n'
  const body = Buffer.concat([
    Buffer.from(parts.join('') + head, 'utf8'),
    file?.[1] ?? new Uint8Array(),
    Buffer.from(`${file === undefined ? '' : '\r\n'}--${boundary}--\r\n`),
  ])
  return { method: 'POST', path, type: `multipart/form-data; boundary=${boundary}`, body }
}

/** What a page says is wrong: its summary, else its heading. */
export const complaintsOf = (page: string): string =>
  (/class="summary"[\s\S]*?<\/ul>/.exec(page) ?? /<h1[\s\S]*?<\/h1>/.exec(page) ?? [''])[0]
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
