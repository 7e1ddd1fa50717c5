import { describe, expect, test } from 'vitest'
import { generateMrz } from '../mrz/generate.ts'
import { sameBytes } from '../tlv/index.ts'
import { type DataPageFacts, drawDataPage } from './data-page.ts'
import type { PageError } from './page-error.ts'

const PORTRAIT = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9)

const FACTS: Omit<DataPageFacts, 'zone'> = {
  state: { name: 'Utopia', secondName: 'Утопия', code: 'UTO' },
  documentCode: 'PR',
  number: 'K7R2M9X4P',
  name: { primary: 'Андреев', secondary: 'Пётр' },
  latinName: { primary: 'ANDREEV', secondary: 'PETR' },
  nationality: { code: 'XXB' },
  birth: { year: 1987, month: 3, day: 7 },
  sex: 'M',
  authority: 'Office of Utopia',
  issued: { year: 2026, month: 11, day: 4 },
  expires: { year: 2028, month: 11, day: 3 },
  returnRight: { kind: 'while-valid' },
  portrait: PORTRAIT,
  specimen: true,
}

/** The zone that goes with the facts. */
function zoneOf(facts: Omit<DataPageFacts, 'zone'>): readonly string[] {
  const { year, month, day } = facts.birth
  return generateMrz(
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
}

function page(changes: Partial<DataPageFacts> = {}) {
  const facts = { ...FACTS, ...changes }
  return drawDataPage({ zone: zoneOf(facts), ...facts })
}

function refusal(changes: Partial<DataPageFacts>): Pick<PageError, 'code' | 'field' | 'at'> | undefined {
  try {
    // The zone of the unchanged facts, so that what is refused is refused for itself.
    drawDataPage({ ...FACTS, zone: zoneOf(FACTS), ...changes })
    return undefined
  } catch (error) {
    const { code, field, at } = error as PageError
    return { code, field, at }
  }
}

const named = (primary: string): Partial<DataPageFacts> => ({ name: { primary, secondary: 'Пётр' } })

describe('values', () => {
  test('never become part of the program', () => {
    const hostile = page({ ...named('#read("/etc/passwd") $x$ *b* \\ `r`'), authority: '#panic()' })
    expect(hostile.source).toBe(page().source)
    expect(hostile.inputs.primary).toBe('#read("/etc/passwd") $x$ *b* \\ `r`')
    expect(hostile.inputs.authority).toBe('#panic()')
  })

  test('of the same facts are the same', () => {
    const [one, other] = [page(), page()]
    expect(one.inputs).toEqual(other.inputs)
    for (const [name, bytes] of Object.entries(one.files))
      expect(sameBytes(bytes, other.files[name]!)).toBe(true)
  })

  test('are printed as the visual zone has them', () => {
    const { inputs, created } = page()
    expect(inputs).toMatchObject({
      state: 'Utopia',
      stateSecond: 'Утопия',
      titleEn: 'TRAVEL DOCUMENT',
      convention: 'Convention of 28 July 1951',
      primary: 'Андреев',
      primaryLatin: 'ANDREEV',
      nationality: 'XXB  Refugee',
      birth: '07 MAR 1987',
      sex: 'M',
      issued: '04 NOV 2026',
      expires: '03 NOV 2028',
      returnRight: 'RETURN RIGHT: WHILE VALID',
    })
    expect(created).toBe(Date.UTC(2026, 10, 4) / 1000)
  })

  test('that are not known are letters X', () => {
    expect(page({ birth: { year: 1987 } }).inputs.birth).toBe('XX XX 1987')
    expect(page({ birth: {} }).inputs.birth).toBe('XX XX XXXX')
    expect(page({ birth: { month: 2, day: 29 } }).inputs.birth).toBe('29 FEB XXXX')
    expect(page({ sex: 'X' }).inputs.sex).toBe('X')
  })

  test('of a person with one name only leave the other field to a dash', () => {
    const one = { name: { primary: 'Ыклас', secondary: '' }, latinName: { primary: 'YKLAS', secondary: '' } }
    expect(page(one).inputs).toMatchObject({ primary: 'Ыклас', primaryLatin: 'YKLAS', secondary: '—' })
  })

  test('in Latin letters already are printed once, and with their accents where they have any', () => {
    const latin = { latinName: { primary: 'MUELLER', secondary: 'ANNA' } }
    const { inputs } = page({ ...latin, name: { primary: 'Müller', secondary: 'Anna' } })
    expect(inputs).toMatchObject({ primary: 'Müller', primaryLatin: 'MUELLER' })
    expect(inputs).toMatchObject({ secondary: 'ANNA', secondaryLatin: '' })
  })

  test.each([
    ['PR', 'TRAVEL DOCUMENT', 'Convention of 28 July 1951'],
    ['PS', 'TRAVEL DOCUMENT', 'Convention of 28 September 1954'],
    ['PT', 'PASSPORT', ''],
  ])('give a document of the code %s the title %s', (documentCode, titleEn, convention) => {
    expect(page({ documentCode }).inputs).toMatchObject({ titleEn, convention })
  })

  test.each([
    [{ code: 'XXA' }, 'XXA  Stateless person'],
    [{ code: 'XXX' }, 'XXX  Unspecified'],
    [{ code: 'RUS', name: 'Russian Federation' }, 'RUS  Russian Federation'],
    [{ code: 'RUS' }, 'RUS'],
  ])('of the nationality %j are printed as %s', (nationality, printed) => {
    expect(page({ nationality }).inputs.nationality).toBe(printed)
  })

  test.each([
    [{ kind: 'none' }, 'RETURN RIGHT: NONE'],
    [{ kind: 'until-date', until: { year: 2027, month: 5, day: 1 } }, 'RETURN RIGHT: UNTIL 2027-05-01'],
    [{ kind: 'unlimited' }, 'RETURN RIGHT: UNLIMITED'],
  ] as const)(
    'of the return right %j stand as in the chip, and as a sentence in three languages',
    (right, code) => {
      const { inputs } = page({ returnRight: right })
      expect(inputs.returnRight).toBe(code)
      const sentences = [inputs.returnRightEn, inputs.returnRightFr, inputs.returnRightRu]
      expect(new Set(sentences).size).toBe(3)
      if (right.kind === 'until-date')
        for (const sentence of sentences) expect(sentence).toContain('01 MAY 2027')
    },
  )
})

describe('a page is refused', () => {
  test.each([
    ['a name of 101 letters', named('б'.repeat(101)), 'page.too-long', 'name.primary', 100],
    ['a name of a million letters', named('б'.repeat(1e6)), 'page.too-long', 'name.primary', 100],
    ['an empty name', named('  '), 'page.empty', 'name.primary', 0],
    ['a line feed', named('Анд\nреев'), 'page.character', 'name.primary', 3],
    ['a sign that turns the writing', named('Анд\u202eреев'), 'page.character', 'name.primary', 3],
    ['an isolate', named('\u2067Андреев'), 'page.character', 'name.primary', 0],
    ['a letter that no font is for', named('Анд王'), 'page.character', 'name.primary', 3],
    ['a picture', named('Анд😀'), 'page.character', 'name.primary', 3],
    ['half a surrogate pair', named('Анд\ud83d'), 'page.character', 'name.primary', 3],
    ['an empty authority', { authority: '' }, 'page.empty', 'authority', 0],
    ['a state without a name', { state: { name: '', code: 'UTO' } }, 'page.empty', 'state.name', 0],
    ['a portrait of another kind', { portrait: new Uint8Array(64) }, 'page.value', 'portrait', 0],
    ['a portrait cut off', { portrait: PORTRAIT.subarray(0, 6) }, 'page.value', 'portrait', 0],
    ['a portrait of two MiB', { portrait: new Uint8Array(1 << 21) }, 'page.too-long', 'portrait', 1 << 20],
    [
      'a day of issue that does not exist',
      { issued: { year: 2027, month: 2, day: 29 } },
      'page.value',
      'issued',
      0,
    ],
    ['a diplomatic passport', { documentCode: 'PD' }, 'page.value', 'documentCode', 0],
    ['one line of a zone', { zone: [zoneOf(FACTS)[0]!] }, 'page.value', 'zone', 0],
    ['a zone in small letters', { zone: zoneOf(FACTS).map((l) => l.toLowerCase()) }, 'page.value', 'zone', 0],
  ] as const)('for %s', (_, changes, code, field, at) => {
    expect(refusal(changes as Partial<DataPageFacts>)).toEqual({ code, field, at })
  })

  test.each([
    ['documentCode', { documentCode: 'PT' }],
    ['state.code', { state: { name: 'Ruritania', code: 'QRR' } }],
    ['latinName', { latinName: { primary: 'ANDREEVA', secondary: 'PETR' } }],
    ['number', { number: 'K7R2M9X4Q' }],
    ['nationality.code', { nationality: { code: 'XXA' } }],
    ['birth', { birth: { year: 1987, month: 3 } }],
    ['sex', { sex: 'X' }],
    ['expires', { expires: { year: 2028, month: 11, day: 4 } }],
  ] as const)('whose %s is not what the zone says', (field, changes) => {
    expect(refusal(changes as Partial<DataPageFacts>)).toEqual({ code: 'page.zone-differs', field, at: 0 })
  })

  test('that is to be no specimen', () => {
    const real = { specimen: false } as unknown as Partial<DataPageFacts>
    expect(refusal(real)).toEqual({ code: 'page.value', field: 'specimen', at: 0 })
  })

  test('without a word of what it should have said', () => {
    expect(() => page(named('Анд\nреев'))).toThrow(/^page\.character in name\.primary at 3$/)
  })
})

describe('the background', () => {
  const svgOf = (code: 'UTO' | 'QRR' | 'QZZ', file: string) =>
    new TextDecoder().decode(page({ state: { name: 'Utopia', code } }).files[file])

  test.each(['data-page.svg', 'observations.svg'])('%s is made of lines and colours alone', (file) => {
    const elements = [...svgOf('UTO', file).matchAll(/<(\w+)/g)].map(([, name]) => name)
    const kinds = new Set(elements)
    expect([...kinds].sort()).toEqual(['defs', 'linearGradient', 'path', 'rect', 'stop', 'svg'])
    expect(svgOf('UTO', file)).not.toMatch(/NaN|Infinity|href/)
  })

  test('differs from state to state', () => {
    const all = (['UTO', 'QRR', 'QZZ'] as const).map((code) => svgOf(code, 'data-page.svg'))
    expect(new Set(all).size).toBe(3)
    const inks = (['UTO', 'QRR', 'QZZ'] as const).map(
      (code) => page({ state: { name: 'U', code } }).inputs.accent,
    )
    expect(new Set(inks).size).toBe(3)
  })

  test('and the program name no crown, crest, emblem or coat of arms', () => {
    const { source } = page()
    expect(source + svgOf('UTO', 'data-page.svg')).not.toMatch(/crown|crest|emblem|coat|eagle|seal/i)
  })
})
