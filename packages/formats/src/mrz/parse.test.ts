import { describe, expect, test } from 'vitest'
import { haveReferenceData, referenceJson, withReferenceData } from '../../../../test/reference-data.ts'
import { FormatError } from '../format-error.ts'
import { checkDigit } from './check-digit.ts'
import type { Mrz } from './mrz.ts'
import { parseMrz } from './parse.ts'

// [9303-4 figure B-1], in amendment 2 of 2026-02-20.
const FIGURE_B1 = [
  'PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F3404159ZE184226B<<<<<16',
]

test('the reference passport of the standard is read field by field', () => {
  const mrz = parseMrz(FIGURE_B1.join('\n'))
  expect(values(mrz)).toEqual({
    format: 'TD3',
    documentCode: 'PP',
    issuer: 'UTO',
    name: { primary: 'ERIKSSON', secondary: 'ANNA MARIA', possiblyTruncated: false },
    number: 'L898902C3',
    nationality: 'UTO',
    birth: { year: 74, month: 8, day: 12 },
    sex: 'F',
    expiry: { year: 34, month: 4, day: 15 },
    optional: 'ZE184226B',
    optional2: undefined,
  })
  expect(mrz.lines).toEqual(FIGURE_B1)
  expect(mrz.findings).toEqual([])
  expect(Object.values(mrz.checkDigits).every((check) => check?.ok)).toBe(true)
})

// [9303-5 figure B-1], [9303-6 figure B-1], [9303-7 appendix B]
test.each([
  [
    'TD1',
    ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
  ],
  ['TD2', ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6']],
  ['MRV-A', ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<']],
  ['MRV-B', ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4XXX4009078F9612109<<<<<<<<']],
])('the reference %s is read without findings', (format, lines) => {
  const mrz = parseMrz(lines.join('\n'))
  expect(mrz.format).toBe(format)
  expect(mrz.name.value).toEqual({ primary: 'ERIKSSON', secondary: 'ANNA MARIA', possiblyTruncated: false })
  expect(mrz.findings).toEqual([])
})

describe('lines', () => {
  const [upper, lower] = FIGURE_B1 as [string, string]
  test.each([
    ['a line feed between them', `${upper}\n${lower}`],
    ['a line feed after the last', `${upper}\n${lower}\n`],
    ['carriage returns', `${upper}\r\n${lower}\r\n`],
    ['nothing between them', upper + lower],
    ['nothing between them and a line feed at the end', `${upper + lower}\n`],
  ])('with %s are read, as text and as bytes', (_, text) => {
    const expected = parseMrz(FIGURE_B1.join('\n'))
    expect(parseMrz(text)).toEqual(expected)
    expect(parseMrz(new TextEncoder().encode(text))).toEqual(expected)
  })

  test('a run of 72 or 88 characters is a visa if it begins with V', () => {
    expect(parseMrz(`V${upper.slice(1)}${lower}`).format).toBe('MRV-A')
    const card = 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6'
    expect(parseMrz(card).format).toBe('TD2')
    expect(parseMrz(`V${card.slice(1)}`).format).toBe('MRV-B')
  })

  test.each([
    ['nothing', '', 'mrz.line-length', 0],
    ['a line feed only', '\n', 'mrz.line-length', 0],
    ['one line', upper, 'mrz.line-length', 0],
    ['a line too short', `${upper.slice(1)}\n${lower}`, 'mrz.line-length', 44],
    ['a line too long', `${upper}\n${lower}<`, 'mrz.line-length', 45],
    ['two lines of 43', `${upper.slice(1)}\n${lower.slice(1)}`, 'mrz.line-length', 0],
    ['an empty line', `${upper}\n\n${lower}`, 'mrz.line-length', 45],
    ['two line feeds at the end', `${upper}\n${lower}\n\n`, 'mrz.line-length', 90],
    ['a third line', `${upper}\n${lower}\nP<XXX`, 'mrz.line-length', 90],
    ['three lines of 31', `${`${'A'.repeat(31)}\n`.repeat(3)}`, 'mrz.line-length', 0],
    ['two lines of 30', `${upper.slice(0, 30)}\n${lower.slice(0, 30)}`, 'mrz.line-count', 61],
    ['lower case', `${upper.toLowerCase()}\n${lower}`, 'mrz.character', 0],
    ['a NUL', `${upper.slice(0, 20)}\0${upper.slice(21)}\n${lower}`, 'mrz.character', 20],
    ['a space', `${upper.slice(0, 20)} ${upper.slice(21)}\n${lower}`, 'mrz.character', 20],
    ['a Cyrillic letter', `${upper.slice(0, 8)}К${upper.slice(9)}\n${lower}`, 'mrz.character', 8],
    ['a full-width letter', `${upper}\nＬ${lower.slice(1)}`, 'mrz.character', 45],
    ['a carriage return alone', `${upper}\r${lower}`, 'mrz.character', 44],
    ['more text than any zone', 'A'.repeat(97), 'mrz.too-long', 96],
  ])('%s is refused', (_, text, code, at) => {
    expect(refusal(text)).toMatchObject({ code, at })
  })
})

describe('a bad field', () => {
  const zone = 'P<UT0ERIK55ON<<ANNA<MAR1A<<<<<<<<<<<<<<<<<<<\nL898902C36UTO740BIZZF12041S9ZE184226B<<<<<1O'

  test('does not keep the others from being read', () => {
    const mrz = parseMrz(zone)
    expect(statuses(mrz)).toEqual({
      documentCode: 'ok',
      issuer: 'character',
      name: 'character',
      number: 'ok',
      nationality: 'ok',
      birth: 'character',
      sex: 'ok',
      expiry: 'character',
      optional: 'ok',
    })
    expect(mrz.issuer.raw).toBe('UT0')
    expect(mrz.name.value).toEqual({ primary: 'ERIK55ON', secondary: 'ANNA MAR1A', possiblyTruncated: false })
    expect(mrz.birth).toMatchObject({ raw: '740BIZ', value: undefined })
    expect(mrz.number.value).toBe('L898902C3')
  })

  test('is found at its line and position, as the standard counts them', () => {
    const places = parseMrz(zone).findings.map(({ code, field, line, position }) => [
      code,
      field,
      line,
      position,
    ])
    expect(places).toEqual([
      ['mrz.field-character', 'issuer', 1, 3],
      ['mrz.field-character', 'name', 1, 10],
      ['mrz.field-character', 'birth', 2, 17],
      ['mrz.check-digit', 'birth', 2, 20],
      ['mrz.field-character', 'expiry', 2, 27],
      ['mrz.check-digit', 'expiry', 2, 28],
      ['mrz.check-digit', 'composite', 2, 44],
    ])
  })
})

describe('dates', () => {
  test.each([
    ['unknown', '<<<<<<', 'ok', undefined],
    ['known by its year', '74<<<<', 'ok', undefined],
    ['impossible', '740231', 'date', 'mrz.date'],
    ['half a number', '7<0812', 'date', 'mrz.date'],
  ])('a birth that is %s', (_, raw, status, code) => {
    const mrz = parseMrz(passport(14, raw + checkDigit(raw)))
    expect(mrz.birth).toMatchObject({ raw, status })
    expect(mrz.checkDigits.birth.ok).toBe(true)
    expect(mrz.findings.find((finding) => finding.field === 'birth')?.code).toBe(code)
  })

  test('an unknown expiry is noted', () => {
    const mrz = parseMrz(passport(22, '<<<<<<0'))
    expect(mrz.expiry.status).toBe('date')
    expect(codes(mrz, 'expiry')).toEqual(['mrz.date-unknown'])
  })
})

describe('the optional field of a passport', () => {
  test.each([
    ['<', true],
    ['0', true],
    ['1', false],
    ['A', false],
  ])('that is empty may have %s as check digit: %s', (digit, ok) => {
    const mrz = parseMrz(passport(29, `<<<<<<<<<<<<<<${digit}`))
    expect(mrz.checkDigits.optional?.ok).toBe(ok)
    expect(mrz.optional).toEqual({ raw: '<'.repeat(14), value: '', status: ok ? 'ok' : 'check-digit' })
  })

  test('that holds something may not have a filler as check digit', () => {
    const mrz = parseMrz(passport(29, 'ZE184226B<<<<<<'))
    expect(codes(mrz, 'optional')).toEqual(['mrz.check-digit'])
  })
})

describe('sex', () => {
  test.each([
    ['M', 'M', 'ok'],
    ['F', 'F', 'ok'],
    ['<', 'X', 'ok'],
    ['X', 'X', 'tolerated'],
    ['H', undefined, 'character'],
    ['1', undefined, 'character'],
  ])('%s is %s, %s', (raw, value, status) => {
    expect(parseMrz(passport(21, raw)).sex).toEqual({ raw, value, status })
  })
})

describe('codes of states', () => {
  test.each([
    ['D<<', 'D', 'ok', undefined],
    ['XXB', 'XXB', 'ok', undefined],
    ['XXK', 'XXK', 'tolerated', 'mrz.code-field'],
    ['DEU', 'DEU', 'tolerated', 'mrz.code-field'],
    ['ANT', 'ANT', 'tolerated', 'mrz.code-deprecated'],
    ['ZZZ', 'ZZZ', 'unlisted', 'mrz.code-unlisted'],
    ['<<<', '', 'unlisted', 'mrz.code-unlisted'],
    ['IAO', 'IAO', 'unlisted', 'mrz.code-use'],
    ['<UT', '<UT', 'character', 'mrz.field-character'],
  ])('nationality %s', (raw, value, status, code) => {
    const mrz = parseMrz(passport(11, raw))
    expect(mrz.nationality).toEqual({ raw, value, status })
    expect(codes(mrz, 'nationality')).toEqual(code === undefined ? [] : [code])
  })

  test('no state issues under the code for refugees', () => {
    const mrz = parseMrz(FIGURE_B1.join('\n').replace('PPUTO', 'PPXXB'))
    expect(codes(mrz, 'issuer')).toEqual(['mrz.code-use'])
  })
})

describe('document codes', () => {
  test.each([
    ['P<', 'P', 'ok', undefined],
    ['IP', 'IP', 'unlisted', 'mrz.document-code'],
    ['P7', 'P7', 'character', 'mrz.field-character'],
    ['<<', '', 'character', 'mrz.field-character'],
  ])('%s in a passport', (raw, value, status, code) => {
    const mrz = parseMrz(FIGURE_B1.join('\n').replace('PP', raw))
    expect(mrz.documentCode).toEqual({ raw, value, status })
    expect(codes(mrz, 'documentCode')).toEqual(code === undefined ? [] : [code])
  })

  test('the German attestation of arrival is tolerated', () => {
    const mrz = parseMrz('MED<<ERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907SYR7408122F1204159<<<<<<<6')
    expect(mrz.findings).toMatchObject([{ code: 'mrz.document-code-field', status: 'tolerated' }])
  })
})

describe('a number of more than nine characters', () => {
  const zone = (upper: string, composite: string) =>
    `${upper.padEnd(30, '<')}7408122F1204159UTO<<<<<<<<<<<${composite}ERIKSSON<<ANNA<MARIA<<<<<<<<<<`

  test.each([
    ['by the rule', 'IDBEL000590696<1015', '000590696101', 'rule', []],
    [
      'with position 15 counted',
      'IDBEL000590240<6013',
      '000590240601',
      'position-counted',
      ['mrz.number-position-counted'],
    ],
    ['either way', 'I<UTOD23145890<7349', 'D23145890734', 'either', []],
    ['neither way', 'I<UTOD23145890<7348', 'D23145890734', 'neither', ['mrz.check-digit']],
  ])('is read with its check digit %s', (_, upper, value, long, expected) => {
    const mrz = parseMrz(zone(upper, '0'))
    expect(mrz.number).toMatchObject({ value, long, raw: value.slice(0, 9) })
    expect(codes(mrz, 'number')).toEqual(expected)
    expect(mrz.checkDigits.number.ok).toBe(long !== 'neither')
    expect(mrz.optional.value).toBe('')
  })

  test('leaves the rest of the optional field to what follows its filler', () => {
    const mrz = parseMrz(zone('I<NLD123456789<010<OHDA1', '0'))
    expect(mrz.number.value).toBe('12345678901')
    expect(mrz.optional).toEqual({ raw: '010<OHDA1<<<<<<', value: 'OHDA1', status: 'ok' })
  })

  test.each([
    ['fills the field to its end', 'I<UTOD23145890<123456789012341', 'D2314589012345678901234'],
    ['has nothing but its check digit there', 'I<UTOD23145890<7', 'D23145890'],
  ])('that %s is noted', (_, upper, value) => {
    const mrz = parseMrz(zone(upper, '0'))
    expect(mrz.number.value).toBe(value)
    expect(mrz.optional.value).toBe('')
    expect(codes(mrz, 'number')).toContain('mrz.number-form')
  })

  test('is not looked for behind a number that ends before its ninth place', () => {
    const mrz = parseMrz(zone('I<UTOD2314589<<7349', '0'))
    expect(mrz.number).toMatchObject({ value: 'D2314589', long: undefined, status: 'check-digit' })
    expect(mrz.optional.value).toBe('7349')
  })
})

describe('names', () => {
  test.each([
    ['NOBODY', { primary: 'NOBODY', secondary: '', possiblyTruncated: false }, []],
    [
      'VAN<DER<MUELLEN<<MARTIN',
      { primary: 'VAN DER MUELLEN', secondary: 'MARTIN', possiblyTruncated: false },
      [],
    ],
    ['<<FIRST<NAME', { primary: '', secondary: 'FIRST NAME', possiblyTruncated: false }, ['mrz.name-form']],
    [
      'STEVENSON<<PETER<<JOHN',
      { primary: 'STEVENSON', secondary: 'PETER JOHN', possiblyTruncated: false },
      ['mrz.name-form'],
    ],
    [
      'ERIKSSON<<<ANNA',
      { primary: 'ERIKSSON', secondary: 'ANNA', possiblyTruncated: false },
      ['mrz.name-form'],
    ],
    [
      '<ERIKSSON<<ANNA',
      { primary: 'ERIKSSON', secondary: 'ANNA', possiblyTruncated: false },
      ['mrz.name-form'],
    ],
    ['', { primary: '', secondary: '', possiblyTruncated: false }, ['mrz.name-missing']],
    [
      'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K',
      { primary: 'NILAVADHANANANDA', secondary: 'CHAYAPA DEJTHAMRONG K', possiblyTruncated: true },
      [],
    ],
    [
      'PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR',
      { primary: 'PAPANDROPOULOUS', secondary: 'JONATHON WARREN TREVOR', possiblyTruncated: true },
      [],
    ],
  ])('%s', (raw, value, expected) => {
    const mrz = parseMrz(`PPUTO${raw.padEnd(39, '<')}\n${FIGURE_B1[1]}`)
    expect(mrz.name.value).toEqual(value)
    expect(codes(mrz, 'name')).toEqual(expected)
  })
})

interface Sample {
  lines: string[]
  checks: {
    format: string
    long_number?: string
    number_ok: boolean
    number_rule?: string
    birth_ok: boolean
    expiry_ok: boolean
    optional_ok?: boolean
    composite_ok?: boolean
  }
}

describe.skipIf(!haveReferenceData)(`the collected samples ${withReferenceData}`, () => {
  const samples = haveReferenceData ? referenceJson<Sample[]>('emrtd', 'mrz', 'samples.json') : []

  test('are 45', () => {
    expect(samples).toHaveLength(45)
  })

  test.each(samples.map(({ lines, checks }) => [lines.join('/'), lines, checks] as const))(
    '%s comes out as computed',
    (_, lines, checks) => {
      const mrz = parseMrz(lines.join('\n'))
      expect(mrz.format).toBe(checks.format)
      expect(mrz.checkDigits.number.ok).toBe(checks.number_ok)
      expect(mrz.checkDigits.birth.ok).toBe(checks.birth_ok)
      expect(mrz.checkDigits.expiry.ok).toBe(checks.expiry_ok)
      expect(mrz.checkDigits.composite?.ok).toBe(checks.composite_ok)
      if (checks.optional_ok !== undefined) expect(mrz.checkDigits.optional?.ok).toBe(checks.optional_ok)
      expect(mrz.number.long !== undefined).toBe(checks.long_number !== undefined)
      if (checks.long_number !== undefined) expect(mrz.number.value).toBe(checks.long_number)
      if (checks.number_rule !== undefined) expect(mrz.number.long).toBe(fit(checks.number_rule))
      expect(parseMrz(lines.join(''))).toEqual(mrz)
    },
  )

  function fit(rule: string): string {
    if (rule.includes('9303-5')) return rule.includes('older') ? 'either' : 'rule'
    return rule.includes('older') ? 'position-counted' : 'neither'
  }
})

interface HostileCase {
  id: string
  kind: string
  b64: string
}

describe.skipIf(!haveReferenceData)(`hostile inputs ${withReferenceData}`, () => {
  const { cases } = haveReferenceData
    ? referenceJson<{ cases: HostileCase[] }>('security', 'hostile-input', 'cases.json')
    : { cases: [] }
  const hostile = cases.filter((one) => one.kind === 'mrz').map((one) => [one.id, one.b64] as const)

  test.each(hostile)('%s is not taken for a valid zone, and quickly so', (id, b64) => {
    const bytes = new Uint8Array(Buffer.from(b64, 'base64'))
    const started = performance.now()
    if (id === 'mrz/check-digit') {
      const mrz = parseMrz(bytes)
      expect(mrz.number.status).toBe('check-digit')
      expect(mrz.checkDigits.number.ok).toBe(false)
      expect(mrz.checkDigits.composite?.ok).toBe(false)
    } else {
      expect(() => parseMrz(bytes)).toThrow(FormatError)
      expect(() => parseMrz(new TextDecoder().decode(bytes))).toThrow(FormatError)
    }
    expect(performance.now() - started).toBeLessThan(50)
  })
})

/** The reference passport with other characters from a position of its lower line on. */
function passport(first: number, characters: string): string {
  const lower = FIGURE_B1[1]!
  return `${FIGURE_B1[0]}\n${lower.slice(0, first - 1)}${characters}${lower.slice(first - 1 + characters.length)}`
}

function values({ format, lines, checkDigits, findings, ...fields }: Mrz): Record<string, unknown> {
  const read = Object.entries(fields).map(([name, field]) => [name, field?.value])
  return { format, ...Object.fromEntries(read) }
}

function statuses({
  format,
  lines,
  checkDigits,
  findings,
  optional2,
  ...fields
}: Mrz): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.status]))
}

function codes(mrz: Mrz, field: string): string[] {
  return mrz.findings.filter((finding) => finding.field === field).map((finding) => finding.code)
}

function refusal(text: string): unknown {
  try {
    return parseMrz(text)
  } catch (error) {
    return error
  }
}
