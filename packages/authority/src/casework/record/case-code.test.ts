import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { caseCode, parseCaseCode } from './case-code.ts'

test('a code is read as it was written, however it was copied', () => {
  for (const caseId of [
    '0'.repeat(32),
    'f'.repeat(32),
    ...Array.from({ length: 50 }, () => randomBytes(16).toString('hex')),
  ]) {
    const code = caseCode(caseId)
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]$/)
    const copies = [
      code,
      code.toLowerCase(),
      ` ${code.replaceAll('-', ' ')} `,
      code.replaceAll('-', ''),
      code.replaceAll('-', '–'),
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
    ]
    for (const copy of copies) expect(parseCaseCode(copy)).toBe(caseId)
  }
})

test('what is no code is none', () => {
  const code = caseCode('f'.repeat(32))
  for (const text of [
    '',
    'x',
    code.slice(1),
    `${code}0`,
    code.replace('7', 'Z'),
    'U'.repeat(26),
    '0'.repeat(200),
  ])
    expect(parseCaseCode(text)).toBeUndefined()
  expect(() => caseCode('1234')).toThrow(RangeError)
})
