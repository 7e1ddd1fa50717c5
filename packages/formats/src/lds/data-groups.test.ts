import { describe, expect, test } from 'vitest'
import { FormatError } from '../format-error.ts'
import { concat, encodeElement, hex } from '../tlv/index.ts'
import { ALL_FILES, DATA_GROUPS, dataGroupByNumber, dataGroupByTag, recogniseFile } from './index.ts'

describe('the table of files', () => {
  test('tags are those of the standard, in the order of the groups', () => {
    expect(hex(Uint8Array.from(DATA_GROUPS, ({ tag }) => tag))).toBe('617563766566676869' + '6a6b6c6d6e6f70')
    expect(DATA_GROUPS.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
  })

  test('every tag, file identifier and short identifier is used once', () => {
    for (const key of ['name', 'tag', 'fileId', 'shortFileId'] as const)
      expect(new Set(ALL_FILES.map((file) => file[key])).size).toBe(18)
    expect(dataGroupByNumber(16)?.fileId).toBe(0x0110)
    expect(dataGroupByTag(0x77)).toMatchObject({ name: 'SOD', fileId: 0x011d })
    expect(dataGroupByTag(0x60)).toMatchObject({ name: 'COM', fileId: 0x011e })
  })

  test('DG1, DG2, COM and SOD are mandatory; DG3 and DG4 need a right', () => {
    const names = (wanted: (file: (typeof ALL_FILES)[number]) => boolean) =>
      ALL_FILES.filter(wanted).map(({ name }) => name)
    expect(names(({ mandatory }) => mandatory)).toEqual(['COM', 'DG1', 'DG2', 'SOD'])
    expect(names(({ access }) => access === 'extended')).toEqual(['DG3', 'DG4'])
  })

  test('there is no group 0, 17 or tag 62', () => {
    expect(dataGroupByNumber(0)).toBeUndefined()
    expect(dataGroupByNumber(17)).toBeUndefined()
    expect(dataGroupByTag(0x62)).toBeUndefined()
  })
})

describe('recognising a file', () => {
  const dg13 = encodeElement(0x6d, Uint8Array.of(1, 2, 3))
  const codes = (bytes: Uint8Array) => recogniseFile(bytes)?.deviations.map(({ code }) => code)

  test('bytes behind the element are cut off and counted', () => {
    const found = recogniseFile(concat(dg13, new Uint8Array(7)))
    expect(found).toMatchObject({ file: { name: 'DG13' }, trailing: 7 })
    expect(found?.bytes).toEqual(dg13)
  })

  test('zeros and ones behind it are padding, anything else is said to be something else', () => {
    expect(codes(dg13)).toEqual([])
    expect(codes(concat(dg13, Uint8Array.of(0, 0)))).toEqual(['lds.padding-after-file'])
    expect(codes(concat(dg13, Uint8Array.of(0xff, 0xff)))).toEqual(['lds.padding-after-file'])
    expect(codes(concat(dg13, Uint8Array.of(0, 1)))).toEqual(['lds.bytes-after-file'])
    expect(codes(concat(dg13, Uint8Array.of(0x90, 0x90)))).toEqual(['lds.bytes-after-file'])
  })

  test('bytes that begin as no file are not recognised', () => {
    expect(recogniseFile(new Uint8Array(0))).toBeUndefined()
    expect(recogniseFile(Uint8Array.of(0x30, 0))).toBeUndefined()
    expect(recogniseFile(new TextEncoder().encode('P<UTO'))).toBeUndefined()
  })

  test('a file that claims more than it has is an error with its place', () => {
    expect(() => recogniseFile(Uint8Array.of(0x61, 0x82, 0xff, 0xff, 0))).toThrow(
      new FormatError('tlv.length-past-end', 0, 'X.690 §8.1.3'),
    )
  })

  test('only a security object may have the indefinite form', () => {
    const indefinite = (tag: number) => Uint8Array.of(tag, 0x80, 0x30, 0, 0, 0, 0xff)
    expect(recogniseFile(indefinite(0x77))).toMatchObject({ file: { name: 'SOD' }, trailing: 1 })
    expect(() => recogniseFile(indefinite(0x6e))).toThrow('tlv.length-indefinite')
  })

  test('a file over 256 KiB is refused', () => {
    expect(() => recogniseFile(encodeElement(0x75, new Uint8Array(262_144)))).toThrow('tlv.too-large')
  })
})
