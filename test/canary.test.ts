import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Canaries } from './canary.ts'

const folder = mkdtempSync(join(tmpdir(), 'nansen-canary-'))
afterAll(() => rmSync(folder, { recursive: true }))

const NAME = 'Жемчужников'
const canaries = new Canaries()
canaries.add('name', NAME)
canaries.add('number', 'PFHPAXJX7')
canaries.addOctets('digest', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))

describe('a name is found', () => {
  const utf16be = Buffer.from(NAME, 'utf16le').swap16()
  test.each<[string, string | Buffer]>([
    ['in UTF-8', `xx${NAME}yy`],
    ['in capitals', NAME.toUpperCase()],
    ['in UTF-16, either way round', Buffer.from(NAME, 'utf16le')],
    ['in UTF-16, the other way round', utf16be],
    ['in hex', Buffer.from(NAME).toString('hex')],
    ['in hex with capitals', `\\x${Buffer.from(NAME).toString('hex').toUpperCase()}`],
    ['in hex of UTF-16', Buffer.from(NAME, 'utf16le').toString('hex')],
    ...[0, 1, 2].map((before): [string, string] => [
      `in base64 after ${before} octets`,
      Buffer.from(`${'x'.repeat(before)}${NAME}, and more`).toString('base64'),
    ]),
    ['in base64url', Buffer.from(`x${NAME}`, 'utf16le').toString('base64url')],
  ])('%s', (_, written) => {
    const bytes = Buffer.concat([Buffer.alloc(17, 0xd0), Buffer.from(written)])
    expect(canaries.find('here', bytes).map(({ what }) => what)).toContain('name')
  })

  test('as the name of a file or of a folder, and in a file below it', () => {
    mkdirSync(join(folder, 'a', NAME), { recursive: true })
    writeFileSync(join(folder, 'a', NAME, 'b'), 'number pfhpaxjx7.')
    const found = canaries.findBelow(folder)
    expect(found.map(({ what }) => what).sort()).toEqual(['name', 'number'])
  })
})

test('octets are found as they are, in hex and in base64', () => {
  const digest = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8])
  for (const bytes of [digest, Buffer.from(digest.toString('hex')), Buffer.from(digest.toString('base64'))])
    expect(canaries.find('here', bytes).map(({ what }) => what)).toEqual(['digest'])
})

test('nothing is found where nothing is, nor where only its beginning is', () => {
  for (const text of ['', 'Жемчуг', 'PFHPAXJX', Buffer.from(NAME).subarray(0, -1)])
    expect(canaries.find('here', Buffer.from(text))).toEqual([])
})

test('what is reported does not hold the name', () => {
  expect(JSON.stringify(canaries.find('here', Buffer.from(NAME)))).not.toContain(NAME)
})
