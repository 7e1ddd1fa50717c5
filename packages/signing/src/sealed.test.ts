import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openUnder, type SealedPlace, sealUnder } from './sealed.ts'
import type { CaseKey } from './signing.ts'

const aCase = (): CaseKey => ({ caseId: randomBytes(16), key: randomBytes(32) })
const place = (column: string, row: string): SealedPlace => ({ column, row: Buffer.from(row) })
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

describe('octets under the key of a case', () => {
  const caseKey = aCase()
  const here = place('paper.content', 'row 1')
  const sealed = sealUnder(caseKey, here, Buffer.from('Anna Maria'))

  test('open where they stand', () => {
    expect(text(openUnder(caseKey, here, sealed))).toBe('Anna Maria')
    expect(sealed.length).toBe(10 + 28)
  })

  test('look different each time, and say nothing', () => {
    const again = sealUnder(caseKey, here, Buffer.from('Anna Maria'))
    expect(Buffer.from(again).equals(Buffer.from(sealed))).toBe(false)
    expect(text(again)).not.toContain('Anna')
  })

  test('do not open in another row, another column, another case or under another key', () => {
    const refused: [CaseKey, SealedPlace][] = [
      [caseKey, place('paper.content', 'row 2')],
      [caseKey, place('paper.sod', 'row 1')],
      [caseKey, place('paper.contentr', 'ow 1')],
      [{ ...caseKey, caseId: randomBytes(16) }, here],
      [{ ...caseKey, key: randomBytes(32) }, here],
    ]
    for (const [key, there] of refused) expect(() => openUnder(key, there, sealed)).toThrow('sealed.altered')
  })

  test('do not open with any octet changed, or cut short', () => {
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice()
      changed[at]! ^= 0x80
      expect(() => openUnder(caseKey, here, changed)).toThrow('sealed.altered')
      expect(() => openUnder(caseKey, here, sealed.subarray(0, at))).toThrow('sealed.altered')
    }
  })
})
