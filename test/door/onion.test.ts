import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, visitor } from '../web-visitor.ts'
import { type ServingOffice, serveOffice } from './serving.ts'
import { freePorts } from './tor/free-ports.ts'
import { startTorNetwork, type TorNetwork } from './tor/network.ts'
import { missingForTor, throughTor } from './tor/programs.ts'
import { tracesOf } from './tor/traces.ts'
import { overTor, straightTo } from './tor/ways.ts'

/*
 * The office at an onion address: `nansen serve` as people start it, behind a Tor network within this machine, with
 * relays, a host and a client that are Tor itself. Whoever comes that way must never be led to, or told of, another
 * address of the same office, nor the other way round (P10).
 */

/** Milliseconds from the first try until the onion address has answered. */
const PATIENCE = 150_000
/** Of another service that does not exist. */
const ANOTHER = `${'nansen'.padEnd(55, 'a')}d.onion`
const FORGET = 'New Identity'

let tor: TorNetwork
let serving: Promise<ServingOffice> | undefined
let office: ServingOffice
let port: number
beforeAll(async () => {
  if (missingForTor.length > 0) return
  port = (await freePorts(1))[0]!
  tor = await startTorNetwork(port)
  serving = serveOffice({ arguments: ['--port', String(port), '--also', tor.onion] })
  ;[office] = await Promise.all([serving, tor.join()])
  await answers()
}, 300_000)
afterAll(async () => {
  await Promise.all([tor?.remove(), serving?.then((each) => each.remove())])
})

/** Nobody has looked the service up before its host has said where it is, so the first tries may fail. */
async function answers(): Promise<void> {
  const late = performance.now() + PATIENCE
  for (let wait = 250; ; wait = Math.min(2 * wait, 4000)) {
    try {
      await atOnion().get('/')
      return
    } catch (error) {
      if (performance.now() > late)
        throw new Error(`The onion address does not answer.\n${tor.logs()}`, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

const atOnion = () => visitor(overTor(tor.socksPort), tor.onion)
const inTheClear = () => visitor(straightTo(port), `127.0.0.1:${port}`)

const traces = ({ headers, text }: Answer, ...names: readonly string[]) =>
  tracesOf(headers, text, [String(port), String(tor.socksPort), ...names])

describe.skipIf(missingForTor.length > 0)(`at an onion address ${throughTor}`, () => {
  test.each(['/', '/begin', '/enter', '/about', '/leaving', '/holidays'])(
    '%s is given, and names no host',
    async (path) => {
      const answer = await atOnion().get(path)
      expect(answer.status).toBe(200)
      expect(answer.text).toContain('</html>')
      expect(traces(answer, tor.onion)).toEqual([])
    },
  )

  test('so is the stylesheet, at the place where the page says it is', async () => {
    const visitor = atOnion()
    const { text } = await visitor.get('/')
    const [, place] = /<link rel="stylesheet" href="([^"]*)"/.exec(text)!
    const style = await visitor.get(place!)
    expect(style.status).toBe(200)
    expect(style.headers.get('content-type')).toMatch(/^text\/css/)
    expect(style.text).toContain('{')
    expect(traces(style, tor.onion)).toEqual([])
  })

  test('pages say how Tor Browser forgets a visit, but not the one that the way out leads to', async () => {
    for (const path of ['/', '/begin', '/leaving'])
      expect(/<footer>[\s\S]*<\/footer>/.exec((await atOnion().get(path)).text)?.[0]).toContain(FORGET)
    const visitor = atOnion()
    const exit = await visitor.get('/exit')
    expect([exit.status, exit.to]).toEqual([303, '/holidays'])
    expect(traces(exit, tor.onion)).toEqual([])
    expect((await visitor.get(exit.to!)).text).not.toMatch(/New Identity|onion/i)
  })

  test('somebody begins: token, cookie and where it leads hold without a name', async () => {
    const visitor = atOnion()
    await visitor.get('/begin')
    const begun = await visitor.post('/begin', { script: 'latin' }, { headers: { origin: 'null' } })
    expect([begun.status, begun.to]).toEqual([303, '/begin/words'])
    expect(traces(begun, tor.onion)).toEqual([])
    for (const cookie of begun.headers.getSetCookie()) {
      expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
      // There is no https to wait for, and no name for whom else it would be.
      expect(cookie).not.toMatch(/Secure|Domain/i)
    }
    const words = await visitor.get(begun.to!)
    expect(words.status).toBe(200)
    expect(/<ol class="words"[\s\S]*?<\/ol>/.exec(words.text)![0].match(/<li>/g)).toHaveLength(7)
    expect(traces(words, tor.onion)).toEqual([])
  })

  test('a form without the cookie, or from another address of the office, is refused', async () => {
    const visitor = atOnion()
    const send = (origin: string) => visitor.post('/begin', { script: 'latin' }, { headers: { origin } })
    for (const origin of [`http://127.0.0.1:${port}`, office.named, `http://${ANOTHER}`]) {
      await visitor.get('/begin')
      expect((await send(origin)).status).toBe(403)
    }
    await visitor.get('/begin')
    expect((await send(`http://${tor.onion}`)).status).toBe(303)
    visitor.cookies.clear()
    expect((await send('null')).status).toBe(403)
  })

  test.each([
    ['what is not there', '/nothing-here', 404],
    ['a page of somebody who is not signed in', '/my', 303],
    ['another language', '/about?language=ru', 303],
  ])('%s is answered without a name too', async (_, path, status) => {
    const answer = await atOnion().get(path)
    expect(answer.status).toBe(status)
    if (status === 303) expect(answer.to).toMatch(/^\/[a-z]/)
    expect(traces(answer, tor.onion)).toEqual([])
  })
})

test('a name that is planted is found', () => {
  const found = (text: string, headers = {}) => tracesOf(new Headers(headers), text, ['41234'])
  expect(found('<a href="/about">http, local, //, 127</a><main id="main">')).toEqual([])
  for (const text of [
    '<a href="http://utopia.localhost/">',
    '<a href="//somewhere.onion/">',
    '<form action="begin.example/x">',
    '<p>127.0.0.1</p>',
    ':41234',
    'a { background: url(//somewhere.onion/a.png) }',
    "@import 'https://somewhere/'",
  ])
    expect(found(text), text).not.toEqual([])
  expect(found('', { location: 'https://somewhere.onion/' })).not.toEqual([])
  expect(found('', { 'onion-location': 'somewhere' })).not.toEqual([])
})

describe.skipIf(missingForTor.length > 0)(`the same office in the clear ${throughTor}`, () => {
  test.each(['/', '/about', '/leaving', '/begin', '/exit', '/nothing-here'])(
    '%s does not tell of the onion address',
    async (path) => {
      const answer = await inTheClear().get(path)
      expect(answer.status).toBeLessThan(500)
      expect(answer.headers.has('onion-location')).toBe(false)
      expect(`${JSON.stringify([...answer.headers])}${answer.text}`).not.toMatch(/\.onion\b/)
    },
  )

  test('a footer does not speak of Tor Browser there', async () => {
    const { text } = await inTheClear().get('/')
    expect(/<footer>[\s\S]*<\/footer>/.exec(text)![0]).not.toContain(FORGET)
  })

  test('another onion address is refused, whatever is asked for, and is not told which it is', async () => {
    const other = visitor(straightTo(port), ANOTHER)
    for (const path of ['/', '/about', '/office', '/nothing-here']) {
      const answer = await other.get(path)
      expect(answer.status).toBe(421)
      expect(traces(answer, tor.onion, ANOTHER)).toEqual([])
    }
    const known = visitor(straightTo(port), tor.onion)
    expect((await known.get('/')).status).toBe(200)
  })
})
