import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateMrz } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import type { DataPageFacts } from '@nansen/formats/page'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { silhouette } from '../specimen/silhouette.ts'
import { renderDataPage } from './typst.ts'

const folder = mkdtempSync(join(tmpdir(), 'nansen-page-'))
const fonts = fileURLToPath(new URL('../../fonts/', import.meta.url))
afterAll(() => rmSync(folder, { recursive: true }))

const runs = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined
const poppler = ['pdftotext', 'pdffonts', 'pdfinfo', 'pdfimages'].every(runs)
const qpdf = runs('qpdf')

/** A person as `people.csv` has one. */
interface Person {
  readonly primary: string
  readonly secondary: string
  readonly language: string
}

const PETR: Person = { primary: 'Андреев', secondary: 'Пётр Сергеевич', language: 'ru' }

function factsOf(person: Person, changes: Partial<DataPageFacts> = {}): DataPageFacts {
  const { primary, secondary, language } = person
  const latin = (name: string) => transliterate(name, { language })
  const facts = {
    state: { name: 'Utopia', secondName: 'Утопия', code: 'UTO' },
    documentCode: 'PR',
    number: 'K7R2M9X4P',
    name: { primary, secondary },
    latinName: { primary: latin(primary), secondary: latin(secondary) },
    nationality: { code: 'XXB' },
    birth: { year: 1987, month: 3, day: 7 },
    sex: 'M' as const,
    authority: 'Office of International Passports',
    placeOfIssue: 'Port Utopia',
    issued: { year: 2026, month: 11, day: 4 },
    expires: { year: 2028, month: 11, day: 3 },
    returnRight: { kind: 'while-valid' as const },
    portrait: silhouette(),
    specimen: true as const,
    ...changes,
  }
  const { year, month, day } = facts.birth
  const zone = generateMrz(
    {
      documentCode: facts.documentCode,
      issuer: facts.state.code,
      name: facts.latinName,
      number: facts.number,
      nationality: facts.nationality.code,
      birth: { year, month, day },
      sex: facts.sex,
      expiry: facts.expires,
    },
    'TD3',
  )
  return { zone, ...facts }
}

const first = renderDataPage(factsOf(PETR))
const installed = first !== undefined
const digest = (pdf: Uint8Array | undefined): string => createHash('sha256').update(pdf!).digest('hex')
const judged = installed && poppler

/** Writes the page, and says where. */
function written(facts: DataPageFacts): string {
  const path = join(folder, 'datapage.pdf')
  writeFileSync(path, renderDataPage(facts)!)
  return path
}

const tool = (name: string, ...parameters: string[]): string =>
  execFileSync(name, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const textOf = (facts: DataPageFacts): string => tool('pdftotext', '-layout', written(facts), '-')

describe.skipIf(!installed)('a page (skipped where the typesetter is not installed)', () => {
  test('of the same facts has the same bytes, whatever was set in between', () => {
    renderDataPage(factsOf({ primary: 'Գրիգորյան', secondary: 'Անի', language: 'hy' }))
    expect(digest(renderDataPage(factsOf(PETR)))).toBe(digest(first))
  })

  test('is dated by the day of issue and says that it is tagged PDF/A-2a', () => {
    const text = Buffer.from(first!).toString('latin1')
    expect(text).toContain('20261104000000')
    expect(text).toMatch(/pdfaid:part>2<.*pdfaid:conformance>A</s)
    expect(text).toContain('/MarkInfo')
  })

  test('with a portrait that cannot be decoded is refused', () => {
    const portrait = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9)
    expect(() => renderDataPage(factsOf(PETR, { portrait }))).toThrow(/^page\.value in portrait at 0$/)
    expect(digest(renderDataPage(factsOf(PETR)))).toBe(digest(first))
  })

  test('with a letter that no font has is refused, and the error does not show it', () => {
    const latinName = { primary: 'ANDREEV', secondary: 'PETR' }
    const facts = factsOf(PETR, { name: { primary: '\u{1e030}', secondary: 'Пётр' }, latinName })
    expect(() => renderDataPage(facts)).toThrow(/^page\.character in name at 0$/)
  })

  test('is the same on a machine that has another font of the same name', async () => {
    // The Armenian font under the name of the Georgian one: equally long, so the file stays whole.
    const name = (text: string) => Buffer.from(text, 'utf16le').swap16()
    const impostor = readFileSync(join(fonts, 'NotoSansArmenian-Bold.ttf'))
    for (let at = impostor.indexOf(name('Armenian')); at !== -1; at = impostor.indexOf(name('Armenian'), at))
      name('Georgian').copy(impostor, at)
    mkdirSync(join(folder, '.fonts'))
    writeFileSync(join(folder, '.fonts', 'impostor.ttf'), impostor)
    const nino = factsOf({ primary: 'გიორგაძე', secondary: 'ნინო', language: 'ka' })
    const before = digest(renderDataPage(nino))
    const home = process.env.HOME
    process.env.HOME = folder
    try {
      vi.resetModules()
      const again = await import('./typst.ts')
      expect(digest(again.renderDataPage(nino))).toBe(before)
    } finally {
      process.env.HOME = home
    }
  })
})

test('no font is without a licence, and all together are smaller than 3 MB', () => {
  const files = readdirSync(fonts)
  const notes = readFileSync(join(fonts, 'README.md'), 'utf8')
  const faces = files.filter((name) => /\.(otf|ttf)$/.test(name))
  for (const name of faces) expect(notes).toContain(name)
  expect(files).toEqual(expect.arrayContaining(['OFL.txt', 'OCRB-LICENCE.txt']))
  const octets = faces.reduce((sum, name) => sum + readFileSync(join(fonts, name)).length, 0)
  expect(octets).toBeLessThan(3_000_000)
})

test.skipIf(!installed || !qpdf)('qpdf finds no fault in a page (skipped where there is no qpdf)', () => {
  expect(tool('qpdf', '--check', written(factsOf(PETR)))).toContain('No syntax or stream encoding errors')
})

describe.skipIf(!judged)('what poppler reads from a page (skipped where there is no poppler)', () => {
  test('both lines of the zone stand in it, character for character', () => {
    for (const person of PEOPLE) {
      const facts = factsOf(person)
      const lines = textOf(facts)
        .split('\n')
        .map((line) => line.trim())
      for (const line of facts.zone) expect(lines).toContain(line)
    }
  })

  test('the zone is 44 characters of 2.54 mm, its lines 6.35 mm apart, within 23.2 mm of the lower edge', () => {
    const facts = factsOf(PETR)
    const boxes = tool('pdftotext', '-bbox', '-l', '1', written(facts), '-')
    const millimetres = (line: string) => {
      const escaped = line.replaceAll('<', '&lt;')
      const box = boxes.split('\n').find((word) => word.includes(`>${escaped}</word>`))!
      return [...box.matchAll(/"([\d.]+)"/g)].map(([, points]) => (Number(points) * 25.4) / 72)
    }
    const [upper, lower] = facts.zone.map(millimetres)
    for (const [left, top, right, bottom] of [upper!, lower!]) {
      expect(Math.abs(right! - left! - 111.76)).toBeLessThan(0.3)
      expect(Math.abs(left! - 6)).toBeLessThan(1)
      expect(top!).toBeGreaterThan(88 - 23.2)
      expect(bottom!).toBeLessThan(88)
    }
    expect(Math.abs(lower![1]! - upper![1]! - 6.35)).toBeLessThan(0.05)
  })

  test('it is two pages of 125 × 88 mm', () => {
    const about = tool('pdfinfo', written(factsOf(PETR)))
    expect(about).toMatch(/Pages:\s+2\n/)
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(about)!
    expect((Number(width) * 25.4) / 72).toBeCloseTo(125, 1)
    expect((Number(height) * 25.4) / 72).toBeCloseTo(88, 1)
  })

  test('every font is embedded and one of ours', () => {
    for (const person of PEOPLE) {
      const rows = tool('pdffonts', written(factsOf(person)))
        .trim()
        .split('\n')
        .slice(2)
      for (const row of rows) {
        const [name] = row.split(/\s+/)
        expect(name).toMatch(/^[A-Z]{6}\+(OCRB|NotoSans|NotoSerif)/)
        expect(row).toMatch(/ yes yes yes /)
      }
      expect(rows.some((row) => row.includes('OCRB'))).toBe(true)
    }
  })

  test('a name full of markup is a name full of markup', () => {
    const primary = '#panic("x") $x^2$ *b* \\ "q" @a'
    const secondary = "'s' `r` _i_ [c] {d} ~ --- ... //"
    const name = { primary, secondary }
    const text = textOf(
      factsOf(PETR, { name, authority: '#image("a") = b', placeOfIssue: '<label> \\u{41}' }),
    )
    for (const value of [primary, secondary, '#image("a") = b, <label> \\u{41}'])
      expect(text).toContain(value)
  })

  test('the picture is in it once and unchanged', () => {
    const rows = tool('pdfimages', '-list', written(factsOf(PETR)))
    expect(rows).toMatch(/ 413 {3}531 .* jpeg /)
  })

  test('what was printed is there in words: return, renewal, and that it is a specimen', () => {
    const text = textOf(factsOf(PETR)).replace(/\s+/g, ' ')
    for (const words of [
      'RETURN RIGHT: WHILE VALID',
      'The holder may return to the state that issued this document',
      'Le titulaire peut revenir',
      'Владелец вправе вернуться',
      'renewed at any consulate of a state that takes part',
      'SPECIMEN of a state that does not exist',
    ])
      expect(text).toContain(words)
    expect(tool('pdftotext', '-raw', written(factsOf(PETR)), '-')).not.toMatch(
      /crown|crest|emblem|coat of arms/i,
    )
  })
})

/** Scripts, lengths and gaps. */
const PEOPLE: readonly (Person & { readonly printed: readonly string[] })[] = [
  { ...PETR, printed: ['Андреев / ANDREEV', 'Пётр Сергеевич / PETR SERGEEVICH'] },
  { primary: 'Սարգսյան', secondary: 'Անահիտ', language: 'hy', printed: ['Սարգսյան', 'Անահիտ'] },
  { primary: 'გიორგაძე', secondary: 'ნინო', language: 'ka', printed: ['გიორგაძე', 'ნინო'] },
  { primary: 'الحسيني', secondary: 'محمد علي', language: 'ar', printed: [] },
  { primary: 'Παπαδόπουλος', secondary: 'Γεώργιος', language: 'el', printed: ['Παπαδόπουλος'] },
  { primary: 'Müller-Łukasiewicz', secondary: 'Zoë', language: 'de', printed: ['Müller-Łukasiewicz', 'Zoë'] },
  { primary: 'Ыклас', secondary: '', language: 'ru', printed: ['Ыклас / YKLAS', '—'] },
  {
    primary: 'Константинопольский-Преображенский',
    secondary: 'Святослав Александрович Максимилиан-Эммануил Иоганн Себастьян',
    language: 'ru',
    printed: ['Константинопольский-Преображенский', 'KONSTANTINOPOLSKII-PREOBRAZHENSKII'],
  },
  {
    primary: 'Ш'.repeat(100),
    secondary: 'Щ'.repeat(100),
    language: 'ru',
    printed: [],
  },
]

describe.skipIf(!judged)('names (skipped where there is no poppler)', () => {
  test.each(PEOPLE)('$primary, $secondary are printed in both scripts and stay in their fields', (person) => {
    const facts = factsOf(person)
    const text = textOf(facts)
    for (const name of person.printed) expect(text).toContain(name)
    // Words of the data page, without the great word across it.
    const boxes = tool('pdftotext', '-bbox', '-l', '1', written(facts), '-')
    const words = [
      ...boxes.matchAll(/xMin="([\d.]+)" yMin="([\d.-]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</g),
    ]
    expect(words.length).toBeGreaterThan(30)
    for (const [, left, , right] of words) {
      expect(Number(left)).toBeGreaterThan(0)
      expect((Number(right) * 25.4) / 72).toBeLessThan(120.1)
    }
  })
})
