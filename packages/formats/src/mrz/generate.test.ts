import { parse as judge } from 'mrz'
import { describe, expect, test } from 'vitest'
import { codeOf, KNOWN_CODES } from './codes.ts'
import { generateMrz, type MrzDocument } from './generate.ts'
import type { MrzFormat } from './layout.ts'
import { parseMrz } from './parse.ts'

const ERIKSSON: MrzDocument = {
  documentCode: 'PP',
  issuer: 'UTO',
  name: { primary: 'ERIKSSON', secondary: 'ANNA MARIA' },
  number: 'L898902C3',
  nationality: 'UTO',
  birth: { year: 1974, month: 8, day: 12 },
  sex: 'F',
  expiry: { year: 2034, month: 4, day: 15 },
  optional: 'ZE184226B',
}
const card: MrzDocument = { ...ERIKSSON, documentCode: 'I', number: 'D23145890', optional: '' }
const oldCard: MrzDocument = { ...card, expiry: { year: 2012, month: 4, day: 15 } }

describe('the reference zones of the standard are written character by character', () => {
  // [9303-4 figure B-1], [9303-5 figure B-1], [9303-6 figure B-1], [9303-7 appendix B]
  test.each([
    [
      'TD3',
      ERIKSSON,
      ['PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F3404159ZE184226B<<<<<16'],
    ],
    [
      'TD1',
      oldCard,
      ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
    ],
    ['TD2', oldCard, ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6']],
    [
      'MRV-A',
      visa('L8988901C', '6ZE184226B'),
      ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<'],
    ],
    [
      'MRV-B',
      visa('L8988901C', ''),
      ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4XXX4009078F9612109<<<<<<<<'],
    ],
  ] as const)('%s', (format, document, lines) => {
    expect(generateMrz(document, format)).toEqual(lines)
  })
})

test('a travel document for a refugee', () => {
  const document = {
    ...ERIKSSON,
    documentCode: 'PR',
    issuer: 'D',
    nationality: 'XXB',
    sex: 'X' as const,
    birth: { year: 1974, month: undefined, day: undefined },
    optional: '',
  }
  expect(generateMrz(document, 'TD3')).toEqual([
    'PRD<<ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
    'L898902C36XXB74<<<<1<3404159<<<<<<<<<<<<<<<2',
  ])
})

describe('a number of more than nine characters', () => {
  test('is written by the rule, with a filler after its check digit', () => {
    const document = { ...card, issuer: 'BEL', nationality: 'BEL', number: '000590696101', optional: 'X1' }
    const [upper] = generateMrz(document, 'TD1')
    expect(upper).toBe('I<BEL000590696<1015<X1<<<<<<<<')
    expect(parseMrz(generateMrz(document, 'TD1').join('\n')).number.long).toBe('rule')
  })

  test.each([
    ['TD1', 22, true],
    ['TD1', 23, false],
    ['TD2', 14, true],
    ['TD2', 15, false],
    ['TD3', 10, false],
    ['MRV-A', 10, false],
  ] as const)('in a %s has room for %i characters: %s', (format, length, fits) => {
    const documentCode = format === 'TD3' ? 'PP' : format === 'MRV-A' ? 'V' : 'I'
    const document = { ...card, documentCode, number: '1234567890123456789012345'.slice(0, length) }
    const write = () => generateMrz(document, format)
    if (fits) expect(parseMrz(write().join('\n')).number.value).toBe(document.number)
    else expect(write).toThrow('mrz.field-too-long')
  })
})

test('signs and spaces inside a number become fillers', () => {
  expect(generateMrz({ ...ERIKSSON, number: 'AB 12-3' }, 'TD3')[1]).toMatch(/^AB<12<3<</)
})

test('names are transliterated by the function that is passed in', () => {
  const document = { ...ERIKSSON, name: { primary: 'ÅSA', secondary: '' } }
  const [upper] = generateMrz(document, 'TD3', { transliterate: (name) => name.replace('Å', 'AA') })
  expect(upper).toMatch(/^PPUTOAASA<<<</)
})

describe('what the rules do not allow is not written', () => {
  test.each<[string, Partial<MrzDocument>, MrzFormat, string]>([
    ['a card code in a passport', { documentCode: 'I' }, 'TD3', 'mrz.document-code'],
    ['a code with a filler', { documentCode: 'P<' }, 'TD3', 'mrz.document-code'],
    ['a code that is only tolerated', { documentCode: 'ME' }, 'TD2', 'mrz.document-code'],
    ['the ISO code of Germany', { issuer: 'DEU' }, 'TD3', 'mrz.code'],
    ['a deprecated issuer', { issuer: 'ANT' }, 'TD3', 'mrz.code'],
    ['a nationality as issuer', { issuer: 'XXB' }, 'TD3', 'mrz.code'],
    ['the code for signing lists', { nationality: 'IAO' }, 'TD3', 'mrz.code'],
    ['a nationality that is not listed', { nationality: 'XXK' }, 'TD3', 'mrz.code'],
    ['an unknown nationality', { nationality: 'ZZZ' }, 'TD3', 'mrz.code'],
    ['an empty name', { name: { primary: '', secondary: '' } }, 'TD3', 'mrz.name-empty'],
    [
      'a name in another script',
      { name: { primary: 'Эрикссон', secondary: '' } },
      'TD3',
      'mrz.name-character',
    ],
    ['no number', { number: '' }, 'TD3', 'mrz.field-character'],
    ['a number in small letters', { number: 'l898902c3' }, 'TD3', 'mrz.field-character'],
    ['a number with a letter of another script', { number: 'Л898902C3' }, 'TD3', 'mrz.field-character'],
    [
      'a long number with a sign',
      { documentCode: 'I', number: '1234567890-1' },
      'TD1',
      'mrz.field-character',
    ],
    ['an optional field too long', { optional: '123456789012345' }, 'TD3', 'mrz.field-too-long'],
    ['a second optional field in a passport', { optional2: 'X' }, 'TD3', 'mrz.field-too-long'],
    ['an impossible birth', { birth: { year: 1974, month: 2, day: 30 } }, 'TD3', 'mrz.date'],
    ['an expiry in part', { expiry: { year: 2034, month: 4, day: undefined } }, 'TD3', 'mrz.date'],
  ])('%s', (_, change, format, code) => {
    expect(() => generateMrz({ ...ERIKSSON, ...change }, format)).toThrow(code)
  })
})

describe('npm mrz as judge', () => {
  test('knows every code that we write, but for specimens and one organisation', () => {
    const current = KNOWN_CODES.filter((code) => codeOf(code)?.standing === 'current')
    const nationality = (code: string) =>
      judge(parseLines({ ...ERIKSSON, nationality: code })).fields.nationality
    const lacking = current.filter((code) => code !== 'IAO' && nationality(code) !== code)
    expect(lacking).toEqual(['XMP', 'UTO', 'QRR', 'QZZ'])
  })

  function parseLines(document: MrzDocument): string[] {
    return generateMrz(document, 'TD3')
  }
})

function visa(number: string, optional: string): MrzDocument {
  return {
    ...ERIKSSON,
    documentCode: 'V',
    nationality: 'XXX',
    number,
    birth: { year: 1940, month: 9, day: 7 },
    expiry: { year: 1996, month: 12, day: 10 },
    optional,
  }
}
