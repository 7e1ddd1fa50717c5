import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { missingTools, run } from '../../../../../test/outside-tools.ts'
import { unzip } from '../../../../inspection/src/recognise-input/zip.ts'
import { zipOf } from './zip.ts'

const octets = (length: number, by: number) => Uint8Array.from({ length }, (_, i) => (i * by) & 0xff)
const FILES = new Map([
  ['EF_COM.bin', octets(27, 3)],
  ['EF_DG2.bin', octets(20_000, 7)],
  ['EMPTY.bin', new Uint8Array()],
])

describe('an archive of files', () => {
  test('is read by the reader that inspects what others send', () => {
    const read = new Map(unzip(zipOf(FILES)).map(({ name, bytes }) => [name, new Uint8Array(bytes)]))
    expect(read).toEqual(FILES)
  })

  test.skipIf(missingTools('unzip').length > 0)('is read by the tool that printers have', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nansen-zip-'))
    try {
      const path = join(folder, 'paper.zip')
      writeFileSync(path, zipOf(FILES))
      expect((await run('unzip', ['-tqq', path])).code).toBe(0)
      for (const [name, bytes] of FILES)
        expect([name, new Uint8Array((await run('unzip', ['-p', path, name])).out)]).toEqual([name, bytes])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('is the same for the same files, and tells no time', () => {
    expect(zipOf(FILES)).toEqual(zipOf(new Map(FILES)))
    // 1 January 1980, midnight.
    expect([...zipOf(FILES).subarray(10, 14)]).toEqual([0, 0, 0x21, 0])
  })

  test('is the same in every time zone', () => {
    const here = process.env.TZ
    try {
      const others = Intl.supportedValuesOf('timeZone').filter((zone) => {
        process.env.TZ = zone
        return !Buffer.from(zipOf(FILES).subarray(10, 14)).equals(Buffer.from([0, 0, 0x21, 0]))
      })
      expect(others).toEqual([])
    } finally {
      if (here === undefined) delete process.env.TZ
      else process.env.TZ = here
    }
  })

  test('stores its files as they are', () => {
    expect(Buffer.from(zipOf(FILES)).includes(Buffer.from(octets(20_000, 7)))).toBe(true)
  })

  test('of nothing is an archive of nothing', () => {
    expect(zipOf(new Map())).toHaveLength(22)
  })
})
