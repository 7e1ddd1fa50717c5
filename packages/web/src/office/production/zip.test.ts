import { describe, expect, test } from 'vitest'
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

  test('is the same for the same files, and tells no time', () => {
    expect(zipOf(FILES)).toEqual(zipOf(new Map(FILES)))
    // 1 January 1980, midnight.
    expect([...zipOf(FILES).subarray(10, 14)]).toEqual([0, 0, 0x21, 0])
  })

  test('of nothing is an archive of nothing', () => {
    expect(zipOf(new Map())).toHaveLength(22)
  })
})
