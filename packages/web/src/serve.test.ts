import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../test/case-office.ts'
import { type Applicant, newApplicant, PICTURE } from '../../../test/web-applicant.ts'
import { errorsIn } from '../../../test/web-visitor.ts'
import { type Serving, serveWeb } from './index.ts'

let office: TestCaseOffice
let serving: Serving
let port: number
let anna: Applicant
let reported: string[] = []

beforeAll(async () => {
  office = await caseOffice()
  serving = await serveWeb(
    { office, hosts: ['127.0.0.1'], specimen: true, report: (code) => reported.push(code) },
    { port: 0, host: '127.0.0.1' },
  )
  port = Number(new URL(serving.url).port)
  anna = await newApplicant(overTheLine)
})
afterAll(async () => {
  await serving.close()
  await office.close()
})

/** The visitor's requests, over real HTTP. */
const overTheLine = {
  fetch: async (request: Request) => {
    const url = new URL(request.url)
    const headers = new Headers(request.headers)
    headers.delete('host')
    return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
      method: request.method,
      headers,
      redirect: 'manual',
      ...(request.body === null ? {} : { body: new Uint8Array(await request.arrayBuffer()) }),
    })
  },
}

/** Octets on the line, as they are written; what comes back until it is closed, or for a second. */
const raw = (text: string | Uint8Array): Promise<string> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    let seen = ''
    const end = () => {
      socket.destroy()
      done(seen)
    }
    const timer = setTimeout(end, 1000)
    socket.on('data', (data) => {
      seen += data.toString('latin1')
    })
    socket.on('close', () => {
      clearTimeout(timer)
      done(seen)
    })
    socket.on('error', end)
    socket.write(text)
  })

describe('over a line', () => {
  test('a file that is too large is answered in words, on the page where it was chosen', async () => {
    const path = `/my/person/${anna.person}/photo`
    await anna.browser.get(path)
    const answer = await anna.browser.post(
      path,
      {},
      { file: ['photo', new Uint8Array(13 * 1024 * 1024).fill(65)] },
    )
    expect(answer.status).toBe(413)
    expect(errorsIn(answer.text)).toEqual([
      'photo: The file is larger than 10 MB. Choose a smaller one, or photograph it again with a lower quality',
    ])
    const next = await anna.browser.send(path, {}, { file: ['photo', PICTURE] })
    expect(next.text).toContain('We have your photograph')
  })

  test('an upload that breaks off leaves nothing, and a living server', async () => {
    const cookie = [...anna.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const head = [
      `POST /my/person/${anna.person}/evidence/add HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      `Cookie: ${cookie}`,
      'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 5000000',
      '',
      '--b\r\nContent-Disposition: form-data; name="token"\r\n\r\nx\r\n--b\r\n',
    ].join('\r\n')
    await raw(head)
    expect((await anna.browser.get(`/my/person/${anna.person}/evidence`)).text).toContain(
      'You have added nothing yet',
    )
  })

  test.each([
    ['another host', 'GET / HTTP/1.1\r\nHost: example.org\r\n\r\n', /^HTTP\/1.1 421 /],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', /^HTTP\/1.1 400 /],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', /^HTTP\/1.1 400 /],
    ['a whole address', 'GET http://example.org/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', /^HTTP\/1.1 4/],
    [
      'a head without end',
      `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1.1 431 /,
    ],
    [
      'two lengths',
      'POST /enter HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      /^HTTP\/1.1 400 /,
    ],
    ['rubbish', '\x16\x03\x01\x02\x00', /^HTTP\/1.1 400 |^$/],
    [
      'a path with dots',
      'GET /assets/../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
      /^HTTP\/1.1 404 /,
    ],
    ['a path that is none', 'GET /%ff%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', /^HTTP\/1.1 4/],
  ])('%s is refused', async (_, text, answer) => {
    expect(await raw(text)).toMatch(answer)
    expect((await anna.browser.get('/')).status).toBe(200)
  })

  test('no answer says what serves it', async () => {
    const seen = await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
    expect(seen).toMatch(/^HTTP\/1.1 200 /)
    expect(seen).not.toMatch(/^(server|x-powered-by|via|etag):/im)
  })

  test('HEAD is GET without its page', async () => {
    const seen = await raw(`HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`)
    expect(seen).toMatch(/^HTTP\/1.1 200 [\s\S]*content-security-policy/i)
    expect(seen).not.toContain('<html')
  })

  test('the log has codes only', () => {
    for (const code of reported) expect(code).toMatch(/^[a-z]+(\.[a-zA-Z-]+)+$/)
    reported = []
  })
}, 60_000)
