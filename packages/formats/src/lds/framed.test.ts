import { describe, expect, test } from 'vitest'
import { encodeElement } from '../tlv/index.ts'
import { parseBiometricGroup, parseFramed } from './index.ts'

describe('groups of which only the frame is read', () => {
  test('DG6, DG8, DG9 and DG10 are left as they are', () => {
    const content = Uint8Array.of(1, 2, 3)
    for (const [tag, number] of [
      [0x66, 6],
      [0x68, 8],
      [0x69, 9],
      [0x6a, 10],
    ] as const)
      expect(parseFramed(encodeElement(tag, content))).toEqual({ number, content, deviations: [] })
  })

  test('no others are', () => {
    for (const bytes of [encodeElement(0x61), encodeElement(0x77), new Uint8Array(0)])
      expect(() => parseFramed(bytes)).toThrow('tlv.unexpected-tag')
  })
})

describe('a group of fingers without any', () => {
  const none = encodeElement(0x7f61, encodeElement(0x02, Uint8Array.of(0)))
  test('is read with and without the random number that hides it', () => {
    const random = encodeElement(0x53, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))
    for (const bytes of [encodeElement(0x63, none), encodeElement(0x63, none, random)])
      expect(parseBiometricGroup(bytes)).toMatchObject({ number: 3, templates: [], deviations: [] })
  })

  test('is not DG2', () => {
    expect(() => parseBiometricGroup(encodeElement(0x75, none))).toThrow('tlv.unexpected-tag')
    expect(() => parseBiometricGroup(new Uint8Array(0))).toThrow('tlv.end-of-input')
  })
})
