import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { PortraitError } from '../pictures/index.ts'
import { silhouette } from '../specimen/silhouette.ts'
import { peopleFileSentence, rowSentence } from '../text/people-en.ts'
import { COLUMNS, PeopleFileError, type PersonRow, type RowProblem, readPeople } from './index.ts'

const AT = new Date('2026-06-15T00:00:00Z')
const HEADER = COLUMNS.join(',')
const ANNA = 'anna,Щербакова,Анна Юрьевна,ru,RUS,1987-04-12,F,PT,'
const GIORGI = 'giorgi,ქავთარაძე,გიორგი,ka,XXB,1991-XX-XX,M,PR,'

const folder = mkdtempSync(join(tmpdir(), 'people-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

/** The rows of a file with this content; pictures are taken as they are, so that the test needs no decoder. */
async function read(content: string | Uint8Array, at = folder): Promise<readonly PersonRow[]> {
  files++
  const path = join(at, `people-${files}.csv`)
  writeFileSync(path, content)
  return drain(path)
}

async function drain(path: string): Promise<readonly PersonRow[]> {
  const rows: PersonRow[] = []
  const portrait = async (picture: Uint8Array) => {
    if (picture.length === 0) throw new PortraitError('portrait.not-an-image')
    return picture
  }
  for await (const row of readPeople(path, { state: 'UTO', profile: 'booklet-1', at: AT, portrait }))
    rows.push(row)
  return rows
}

const table = (...rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`
const references = (rows: readonly PersonRow[]) =>
  rows.flatMap((row) => ('order' in row ? [row.order.reference] : []))
const problemsOf = (rows: readonly PersonRow[]): readonly RowProblem[] =>
  rows.flatMap((row) => ('problems' in row ? row.problems : []))
const codesOf = async (content: string | Uint8Array) =>
  problemsOf(await read(content)).map(({ line, field, code }) => [line, field, code])

describe('a good list', () => {
  test('becomes orders, in its order, with the lines they came from', async () => {
    const rows = await read(table(ANNA, GIORGI))
    expect(rows.map(({ line }) => line)).toEqual([2, 3])
    expect(rows[0]).toEqual({
      line: 2,
      portrait: silhouette(),
      order: {
        kind: 'specimen',
        state: 'UTO',
        profile: 'booklet-1',
        reference: 'anna',
        familyName: 'Щербакова',
        givenNames: 'Анна Юрьевна',
        language: 'ru',
        nationality: 'RUS',
        birthDate: '1987-04-12',
        sex: 'F',
        documentCode: 'PT',
        portrait: createHash('sha256').update(silhouette()).digest('hex'),
      },
    })
  })

  test.each<[string, string]>([
    ['a mark of UTF-8', `\ufeff${table(ANNA, GIORGI)}`],
    ['line ends of Windows', table(ANNA, GIORGI).replaceAll('\n', '\r\n')],
    ['line ends of old Macs', table(ANNA, GIORGI).replaceAll('\n', '\r')],
    ['mixed line ends', `${HEADER}\r\n${ANNA}\r${GIORGI}\n`],
    ['no line end at the end', table(ANNA, GIORGI).slice(0, -1)],
    ['empty lines', `\n\n${HEADER}\n\n${ANNA}\r\n\r\n\n${GIORGI}\n\n`],
    ['quotation marks', table(ANNA.replaceAll(/[^,]+/g, '"$&"'), GIORGI)],
    ['spaces around fields', table(ANNA.replaceAll(',', ' , '), GIORGI)],
    ['letters in parts', table(ANNA, GIORGI).normalize('NFD')],
  ])('is read the same with %s', async (_, content) => {
    const rows = await read(content)
    expect(problemsOf(rows)).toEqual([])
    const orders = (of: readonly PersonRow[]) => of.map((row) => 'order' in row && row.order)
    expect(orders(rows)).toEqual(orders(await read(table(ANNA, GIORGI))))
  })

  test('has the same line numbers whatever ends its lines', async () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect((await read(table(ANNA, '', GIORGI).replaceAll('\n', end))).map(({ line }) => line)).toEqual([
        2, 4,
      ])
  })

  test('may have its columns in another order', async () => {
    const turned = [HEADER, ANNA].map((line) => line.split(',').reverse().join(',')).join('\n')
    expect(references(await read(turned))).toEqual(['anna'])
  })

  test('with nobody in it gives nobody', async () => {
    expect(await read(`${HEADER}\n`)).toEqual([])
    expect(await read(HEADER)).toEqual([])
  })

  test('what looks like a formula is text', async () => {
    const rows = await read(
      table(
        ANNA.replace('anna', `"=cmd|' /C calc'!A0"`),
        ANNA.replace('anna', '@SUM(1)'),
        ANNA.replace('anna', '-1+1'),
      ),
    )
    expect(references(rows)).toEqual(["=cmd|' /C calc'!A0", '@SUM(1)', '-1+1'])
  })

  test('ten thousand rows are read while little is kept', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ANNA.replace('anna', `person-${i}`))
    expect(references(await read(table(...rows)))).toHaveLength(10_000)
  })
})

describe('a bad row is told by line, field and code, and the rest goes on', () => {
  test.each<[name: string, row: string | Uint8Array, field: string | undefined, code: string]>([
    ['a field too few', ANNA.slice(0, -1), undefined, 'row.field-count'],
    ['a field too many', `${ANNA},`, undefined, 'row.field-count'],
    ['an open quotation mark', ANNA.replace('Щер', '"Щер'), undefined, 'row.quotes'],
    ['an open one at the end', `${ANNA}"`, undefined, 'row.quotes'],
    ['a quotation mark inside', ANNA.replace('бак', 'б"ак'), undefined, 'row.quotes'],
    ['something after a closed one', ANNA.replace('anna', '"anna"x'), undefined, 'row.quotes'],
    ['no UTF-8', Uint8Array.of(0xc3, 0x28, 0x2c), undefined, 'row.not-utf8'],
    ['an overlong form', Uint8Array.of(0xc0, 0xaf), undefined, 'row.not-utf8'],
    ['a surrogate', Uint8Array.of(0xed, 0xa0, 0x80), undefined, 'row.not-utf8'],
    ['more than 4,096 octets', ANNA.padEnd(4097, ' '), undefined, 'row.too-long'],
    ['ten million octets', 'x'.repeat(10_000_000), undefined, 'row.too-long'],
    ['a zero octet in a name', ANNA.replace('бак', 'б\0ак'), 'family_name', 'order.name-character'],
    ['a zero octet in the id', ANNA.replace('anna', 'an\0na'), 'id', 'order.reference'],
    ['a zero octet in the portrait', `${ANNA}a\0.jpg`, 'portrait', 'portrait.path'],
    ['no id', ANNA.replace('anna', ''), 'id', 'order.reference'],
    ['no family name', ANNA.replace('Щербакова', ''), 'family_name', 'order.name-missing'],
    ['a digit in a name', ANNA.replace('Юрьевна', '2'), 'given_names', 'order.name-character'],
    ['an unknown language', ANNA.replace(',ru,', ',russian,'), 'language', 'order.language-unknown'],
    ['an unknown nationality', ANNA.replace('RUS', 'SUN'), 'nationality', 'order.nationality-unknown'],
    ['an impossible date', ANNA.replace('04-12', '04-31'), 'birth_date', 'order.birth-date'],
    ['a date to come', ANNA.replace('1987', '2027'), 'birth_date', 'order.birth-date-future'],
    ['another sex', ANNA.replace(',F,', ',W,'), 'sex', 'order.sex'],
    ['an ordinary passport', ANNA.replace('PT', 'PP'), 'document_code', 'order.document-code'],
    [
      'a paper for the stateless',
      ANNA.replace('PT', 'PS'),
      'document_code',
      'order.document-code-nationality',
    ],
  ])('%s', async (_, row, field, code) => {
    const octets = [`${HEADER}\n`, row, `\n${GIORGI}\n`].map((part) => Buffer.from(part))
    const rows = await read(Buffer.concat(octets))
    expect(problemsOf(rows)).toEqual([{ line: 2, ...(field && { field }), code }])
    expect(references(rows)).toEqual(['giorgi'])
  })

  test('all that is wrong with a row is told at once', async () => {
    expect(await codesOf(table(ANNA.replace('PT', 'PX').replace(',F,', ',,')))).toEqual([
      [2, 'sex', 'order.sex'],
      [2, 'document_code', 'order.document-code'],
    ])
  })

  test('an id that an earlier row has, with both lines', async () => {
    const rows = await read(table(ANNA, GIORGI, ANNA, `${ANNA.replace('anna', ' anna ')}`))
    expect(references(rows)).toEqual(['anna', 'giorgi'])
    expect(problemsOf(rows)).toEqual([
      { line: 4, field: 'id', code: 'row.id-twice', firstLine: 2 },
      { line: 5, field: 'id', code: 'row.id-twice', firstLine: 2 },
    ])
  })

  test('a row that was wrong keeps its id, so that it is not given to somebody else meanwhile', async () => {
    const rows = await read(table(ANNA.replace(',F,', ',,'), ANNA))
    expect(references(rows)).toEqual([])
    expect(problemsOf(rows).map(({ code }) => code)).toEqual(['order.sex', 'row.id-twice'])
  })

  test('no problem and no sentence tells a value', async () => {
    const rows = await read(
      table('Secretive-7,Щ3,Ю4,Sprache,Nation,Geburt,Geschlecht,Code,../Bild', '"Secretive'),
    )
    const said = `${JSON.stringify(problemsOf(rows))}${problemsOf(rows).map(rowSentence).join()}`
    expect(problemsOf(rows).length).toBeGreaterThan(6)
    expect(said).not.toMatch(/Secretive|Щ3|Ю4|Sprache|Nation\b|Geburt|Geschlecht|Bild/)
    expect(said).toContain('line 2, birth_date: ')
  })
})

describe('a file that is no list of people', () => {
  const errorOf = async (content: string | Uint8Array): Promise<PeopleFileError> => {
    const error = await read(content).catch((raised: unknown) => raised)
    expect(error).toBeInstanceOf(PeopleFileError)
    return error as PeopleFileError
  }

  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'people.empty'],
    ['line ends alone', '\r\n\n\r', 'people.empty'],
    ['a row without header', ANNA, 'people.columns'],
    ['semicolons', HEADER.replaceAll(',', ';'), 'people.columns'],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}`, 'utf16le'), 'people.not-utf8'],
    ['a picture', silhouette(), 'people.not-utf8'],
    ['a header of ten million octets', 'id,'.repeat(3_500_000), 'people.columns'],
    ['an open quotation mark in the header', `"${table(ANNA)}`, 'people.columns'],
  ])('%s', async (_, content, code) => {
    expect((await errorOf(content)).code).toBe(code)
  })

  test('columns that are missing, twice or unknown are one error, which names the known and counts the others', async () => {
    const error = await errorOf(
      `${HEADER.replace('sex,', 'sex,sex,').replace('portrait', 'Photo of Anna')}\n${ANNA}`,
    )
    expect(error).toMatchObject({ code: 'people.columns', missing: ['portrait'], twice: ['sex'], unknown: 1 })
    const sentence = peopleFileSentence(error)
    expect(sentence).toContain('missing: portrait; twice: sex; unknown: 1')
    expect(sentence).not.toContain('Anna')
  })

  test('a folder, a file that is not there', async () => {
    for (const path of [folder, join(folder, 'nowhere.csv')])
      await expect(drain(path)).rejects.toMatchObject({ code: 'people.unreadable' })
  })

  test('more than 100 MB', async () => {
    const path = join(folder, 'large.csv')
    writeFileSync(path, `${HEADER}\n${'x'.repeat(100_000_001)}`)
    await expect(drain(path)).rejects.toMatchObject({ code: 'people.too-large' })
    rmSync(path)
  })
})

describe('a portrait', () => {
  const list = join(folder, 'list')
  const beside = join(folder, 'beside')
  mkdirSync(join(list, 'pictures'), { recursive: true })
  mkdirSync(beside)
  writeFileSync(join(list, 'anna.jpg'), 'Anna')
  writeFileSync(join(list, 'pictures', 'giorgi 1.jpg'), 'Giorgi')
  writeFileSync(join(list, 'empty.jpg'), '')
  writeFileSync(join(beside, 'secret.jpg'), 'secret')
  symlinkSync('pictures/giorgi 1.jpg', join(list, 'inside.jpg'))
  symlinkSync(join(beside, 'secret.jpg'), join(list, 'out.jpg'))
  symlinkSync('../beside', join(list, 'way-out'))
  symlinkSync('nowhere.jpg', join(list, 'dangling.jpg'))
  symlinkSync('loop.jpg', join(list, 'loop.jpg'))
  // A folder whose name begins as the list's does is another folder.
  mkdirSync(join(folder, 'list-other'))
  writeFileSync(join(folder, 'list-other', 'secret.jpg'), 'secret')
  symlinkSync('../list-other/secret.jpg', join(list, 'neighbour.jpg'))

  const withPortrait = (path: string) => read(table(`${ANNA}${path}`), list)

  test.each([
    ['anna.jpg', 'Anna'],
    ['./anna.jpg', 'Anna'],
    ['pictures/giorgi 1.jpg', 'Giorgi'],
    ['inside.jpg', 'Giorgi'],
  ])('%s is read from beside the list', async (path, expected) => {
    const [row] = await withPortrait(path)
    if (!row || !('order' in row)) throw new Error('no order')
    expect(Buffer.from(row.portrait).toString()).toBe(expected)
    expect(row.order.portrait).toBe(createHash('sha256').update(expected).digest('hex'))
  })

  test.each([
    ['../beside/secret.jpg', 'portrait.path'],
    ['pictures/../../beside/secret.jpg', 'portrait.path'],
    ['pictures/../anna.jpg', 'portrait.path'],
    ['..\\beside\\secret.jpg', 'portrait.path'],
    [join(beside, 'secret.jpg'), 'portrait.path'],
    ['/etc/passwd', 'portrait.path'],
    ['\\\\server\\share\\a.jpg', 'portrait.path'],
    ['C:\\a.jpg', 'portrait.path'],
    ['C:a.jpg', 'portrait.path'],
    ['a'.repeat(1_001), 'portrait.path'],
    ['out.jpg', 'portrait.outside'],
    ['way-out/secret.jpg', 'portrait.outside'],
    ['neighbour.jpg', 'portrait.outside'],
    ['dangling.jpg', 'portrait.unreadable'],
    ['loop.jpg', 'portrait.unreadable'],
    ['pictures', 'portrait.unreadable'],
    ['.', 'portrait.outside'],
    ['nowhere.jpg', 'portrait.unreadable'],
    ['https://example.org/a.jpg', 'portrait.unreadable'],
    ['empty.jpg', 'portrait.not-an-image'],
  ])('%s is refused', async (path, code) => {
    expect(problemsOf(await withPortrait(path))).toEqual([{ line: 2, field: 'portrait', code }])
  })

  test('is not opened for a row that is wrong otherwise', async () => {
    const rows = await read(table(`${ANNA.replace(',F,', ',,')}out.jpg`), list)
    expect(problemsOf(rows).map(({ code }) => code)).toEqual(['order.sex'])
  })

  test('the folder of the list may itself be a link', async () => {
    const link = join(folder, 'link')
    if (!existsSync(link)) symlinkSync('list', link)
    expect(references(await read(table(`${ANNA}anna.jpg`), link))).toEqual(['anna'])
  })
})
