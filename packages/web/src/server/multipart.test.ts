import { describe, expect, test } from 'vitest'
import { readBody } from './body.ts'
import { parseMultipart } from './multipart.ts'

const B = '----b'
const part = (head: string, content: string) =>
  `--${B}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
const END = `--${B}--\r\n`
const parse = (text: string, complete = true, limit = 40) =>
  parseMultipart(Buffer.from(text, 'latin1'), B, limit, complete)

describe('a form with a file', () => {
  test('is read as browsers send it', () => {
    const parts = parse(
      part('name="a"', '1') + part('name="f"; filename="C:\\x.jpg"', 'bin\r\n--not\0') + END,
    )
    expect(parts?.fields).toEqual([['a', '1']])
    expect(Buffer.from(parts!.file!).toString('latin1')).toBe('bin\r\n--not\0')
  })

  test('may have empty fields and an empty file', () => {
    const parts = parse(part('name="a"', '') + part('name="f"; filename=""', '') + END)
    expect([parts?.fields, parts?.file?.length]).toEqual([[['a', '']], 0])
  })

  test.each([
    ['nothing', ''],
    ['another boundary', '--c\r\n'],
    ['no end', part('name="a"', '1')],
    ['no name', part('x="a"', '1') + END],
    ['two files', part('name="f"; filename="a"', '1') + part('name="g"; filename="b"', '2') + END],
    ['a head without end', `--${B}\r\n${'x'.repeat(5000)}`],
    ['a head that is long', `--${B}\r\n${'x'.repeat(5000)}\r\n\r\n1\r\n${END}`],
    ['fields without end', part('name="a"', '1').repeat(41) + END],
    ['rubbish after a boundary', `--${B}xx`],
  ])('with %s is refused', (_, text) => {
    expect(parse(text)).toBeUndefined()
  })

  test('cut off at the limit still gives what came before the file', () => {
    const text = part('name="token"', 't') + part('name="f"; filename="a"', 'x'.repeat(100))
    expect(parse(text.slice(0, -40), false)).toEqual({ fields: [['token', 't']], file: undefined })
  })

  test('is never more than what was sent, wherever it is cut', () => {
    const text = part('name="a"', '1') + part('name="f"; filename="a"', 'abc') + END
    for (let at = 0; at < text.length - 4; at++) expect(parse(text.slice(0, at))).toBeUndefined()
  })
})

describe('a body', () => {
  const endless = (chunk: Uint8Array, seen: { octets: number }) =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        seen.octets += chunk.length
        controller.enqueue(chunk)
      },
    })

  test('without end is given up, and not kept', async () => {
    const seen = { octets: 0 }
    const request = new Request('http://x/', {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${B}` },
      body: endless(new Uint8Array(1024 * 1024), seen),
      duplex: 'half',
    } as RequestInit)
    expect(await readBody(request, true)).toBe('unreadable')
    expect(seen.octets).toBeLessThan(50 * 1024 * 1024)
  })

  test('that breaks off is said to be unreadable', async () => {
    const request = new Request('http://x/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('a=1'))
          controller.error(new Error('cut'))
        },
      }),
      duplex: 'half',
    } as RequestInit)
    expect(await readBody(request, false)).toBe('unreadable')
  })

  test('of the limit and one octet is too large', async () => {
    const send = (octets: number) => {
      const data = new FormData()
      data.append('token', 't')
      data.append('f', new Blob([new Uint8Array(octets)]), 'a')
      return readBody(new Request('http://x/', { method: 'POST', body: data }), true)
    }
    const limit = 10 * 1024 * 1024
    expect(await send(limit)).toMatchObject({ file: { kind: 'file' } })
    expect(await send(limit + 1)).toMatchObject({ file: { kind: 'too-large' } })
    const over = await send(limit + 1024 * 1024)
    expect(over).toMatchObject({ file: { kind: 'too-large' } })
    expect(typeof over === 'object' && over.form.get('token')).toBe('t')
  })

  test('is tidied when it is read: composed, one line feed, no control characters', async () => {
    const body = new URLSearchParams({ a: ' и\u0306\r\nb\u0007 ' })
    const read = await readBody(new Request('http://x/', { method: 'POST', body }), false)
    expect(typeof read === 'object' && read.form.get('a')).toBe('й\nb')
  })
})
