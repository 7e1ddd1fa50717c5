import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FormatError } from '../format-error.ts'
import { VALUES } from './check-digit.ts'
import { generateMrz, type MrzDocument } from './generate.ts'
import { LAYOUTS, type MrzCheckName, type MrzFieldName, type MrzFormat, type Span } from './layout.ts'
import type { Mrz } from './mrz.ts'
import { parseMrz } from './parse.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<'
const sign = fc.constantFrom(...ALPHABET)
const formats = fc.constantFrom<MrzFormat>('TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B')

describe('any input is read or refused with its place', () => {
  const nearly = fc
    .tuple(fc.constantFrom(30, 36, 44), fc.constantFrom(1, 2, 3), fc.constantFrom('', '\n', '\r\n', '\r'))
    .chain(([width, lines, end]) =>
      fc
        .array(fc.string({ unit: sign, minLength: width, maxLength: width }), {
          minLength: lines,
          maxLength: lines,
        })
        .map((texts) => texts.join(end)),
    )
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), nearly)

  test('text', () => {
    fc.assert(
      fc.property(text, (input) => {
        const mrz = parsed(input)
        if (mrz === undefined) return
        expect(mrz.lines.join('')).toBe(input.replaceAll(/[\r\n]/g, ''))
        expect(rebuilt(mrz)).toEqual(mrz.lines)
      }),
      { numRuns: 5_000 },
    )
  })

  test('bytes, which say the same as the text', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 120 }),
      nearly.map((zone) => new TextEncoder().encode(zone)),
    )
    fc.assert(
      fc.property(bytes, (input) => {
        const mrz = parsed(input)
        if (mrz !== undefined) expect(parseMrz(new TextDecoder().decode(input))).toEqual(mrz)
      }),
      { numRuns: 5_000 },
    )
  })

  function parsed(input: string | Uint8Array): Mrz | undefined {
    try {
      return parseMrz(input)
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      expect(error.code).toMatch(/^mrz\./)
      expect(error.at).toBeGreaterThanOrEqual(0)
      expect(error.at).toBeLessThanOrEqual(input.length)
      return undefined
    }
  }
})

/**
 * What the check digits cannot see, by [9303-3 §4.9]: a character for another of the same value modulo 10,
 * and whatever stands in a place that no check digit covers.
 */
const BLIND = ['0<AKU', '1BLV', '2CMW', '3DNX', '4EOY', '5FPZ', '6GQ', '7HR', '8IS', '9JT']

describe('a change of one character', () => {
  test('is hidden from a weighted sum only among these characters', () => {
    const residues = [...ALPHABET].map((character) => VALUES[character.charCodeAt(0)]! % 10)
    for (const [i, group] of BLIND.entries())
      expect([...ALPHABET].filter((_, at) => residues[at] === i).sort()).toEqual([...group].sort())
  })

  const short = fc.string({ unit: fc.constantFrom(...ALPHABET.slice(0, 36)), minLength: 1, maxLength: 9 })
  const place = fc.tuple(fc.nat(), sign)

  test('in a covered place is caught, unless it is among them', () => {
    fc.assert(
      fc.property(formats, short, short, place, (format, number, optional, [at, character]) => {
        const edit = edited(zone(format, number, optional.slice(0, 7)), at, character)
        const { before, place, after } = edit
        if (before === character || place === 0) return
        const covered = coveredPlaces(format).has(place)
        const checkPlace = checkPlaces(format).get(place)
        const caught = !allOk(parseMrz(after))
        if (!covered && checkPlace === undefined) expect(caught).toBe(false)
        else if (!sameResidue(before, character)) expect(caught).toBe(true)
        else if (checkPlace === undefined) expect(caught).toBe(false)
        // 0 and < are the same behind an empty optional field; behind nine characters < opens a long number.
        else if (checkPlace !== 'optional' && !(checkPlace === 'number' && character === '<'))
          expect(caught).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  const long = fc.string({ unit: fc.constantFrom(...ALPHABET.slice(0, 36)), minLength: 10, maxLength: 14 })

  test('in a long number is caught by the composite check digit, unless it is among them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<MrzFormat>('TD1', 'TD2'),
        long,
        place,
        (format, number, [at, character]) => {
          const { before, place, after } = edited(zone(format, number, ''), at, character)
          if (place === 0 || !coveredPlaces(format).has(place) || sameResidue(before, character)) return
          expect(parseMrz(after).checkDigits.composite?.ok).toBe(false)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

test('two neighbours that change places are hidden only where their values differ by a multiple of five', () => {
  const number = fc.string({ unit: fc.constantFrom(...ALPHABET.slice(0, 36)), minLength: 9, maxLength: 9 })
  fc.assert(
    fc.property(number, fc.nat(7), (text, i) => {
      const swapped = text.slice(0, i) + text[i + 1]! + text[i]! + text.slice(i + 2)
      const lines = zone('TD3', text, '').join('\n').replace(text, swapped)
      const difference = VALUES[text.charCodeAt(i)]! - VALUES[text.charCodeAt(i + 1)]!
      expect(parseMrz(lines).checkDigits.number.ok).toBe(difference % 5 === 0)
    }),
    { numRuns: 2_000 },
  )
})

function zone(format: MrzFormat, number: string, optional: string): string[] {
  const documentCode = format === 'TD3' ? 'PR' : format.startsWith('MRV') ? 'V' : 'I'
  const document: MrzDocument = {
    documentCode,
    issuer: 'UTO',
    name: { primary: 'ERIKSSON', secondary: 'ANNA MARIA' },
    number,
    nationality: 'XXB',
    birth: { year: 1974, month: 8, day: undefined },
    sex: 'F',
    expiry: { year: 2034, month: 4, day: 15 },
    optional,
  }
  return generateMrz(document, format)
}

function edited(lines: readonly string[], at: number, character: string) {
  const text = lines.join('')
  const place = at % text.length
  return { place, before: text[place]!, after: text.slice(0, place) + character + text.slice(place + 1) }
}

function coveredPlaces(format: MrzFormat): ReadonlySet<number> {
  const spans = Object.values(LAYOUTS[format].checks).flatMap((check) => check.over)
  return new Set(spans.flatMap((span) => placesOf(span, format)))
}

function checkPlaces(format: MrzFormat): ReadonlyMap<number, string> {
  const checks = Object.entries(LAYOUTS[format].checks)
  return new Map(checks.map(([name, check]) => [placesOf(check.at, format)[0]!, name]))
}

function placesOf(span: Span, format: MrzFormat): number[] {
  const first = span.line * LAYOUTS[format].width + span.start
  return Array.from({ length: span.end - span.start }, (_, i) => first + i)
}

function sameResidue(a: string, b: string): boolean {
  return BLIND.some((group) => group.includes(a) && group.includes(b))
}

function allOk(mrz: Mrz): boolean {
  return Object.values(mrz.checkDigits).every((check) => check?.ok !== false)
}

/** The lines again, from the characters of the fields and check digits alone. */
function rebuilt(mrz: Mrz): string[] {
  const { lines, width, fields, checks } = LAYOUTS[mrz.format]
  const out = Array.from({ length: lines }, () => new Array<string>(width).fill('?'))
  const write = (span: Span, raw: string) => out[span.line]!.splice(span.start, span.end - span.start, ...raw)
  for (const [name, span] of Object.entries(fields)) write(span, mrz[name as MrzFieldName]!.raw)
  for (const [name, check] of Object.entries(checks)) {
    // The check digit of a long number stands in the optional field; in its own place there is a filler.
    const moved = name === 'number' && mrz.number.long !== undefined
    write(check.at, moved ? '<' : mrz.checkDigits[name as MrzCheckName]!.raw)
  }
  return out.map((line) => line.join(''))
}
