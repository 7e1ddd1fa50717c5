import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FormatError } from '../../format-error.ts'
import { type TransliterationOptions, transliterate } from './index.ts'

function refusal(text: string, language = 'en'): unknown {
  try {
    return transliterate(text, { language })
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { code: error.code, at: error.at, cites: error.cites }
  }
}

describe('names as documents have them', () => {
  test.each([
    ['ru', 'ЩЕРБАКОВ', 'SHCHERBAKOV'],
    ['ru', 'ЮЛИЯ', 'IULIIA'],
    ['ru', 'Подъячев', 'PODIEIACHEV'],
    ['ru', 'Ёлкина', 'ELKINA'],
    ['ru', 'ХРУЩЁВ', 'KHRUSHCHEV'],
    ['ru', 'Петров-Водкин', 'PETROV-VODKIN'],
    ['uk', 'Згорани', 'ZHORANY'],
    ['uk', 'Юрій', 'YURII'],
    ['uk', 'Їжакевич Євгенія', 'YIZHAKEVYCH YEVHENIIA'],
    ['uk', 'В’ячеслав', "V'IACHESLAV"],
    ['be', 'Цікавы', 'TSIKAVY'],
    ['be', 'Сяргей Рудзь', 'SIARHEI RUDZ'],
    ['be', 'Дар’я Ёршава', "DAR'IA IORSHAVA"],
    ['bg', 'Щерев', 'SHTEREV'],
    ['mk', 'Ѓорѓи Џепчиште Ќосев', 'GJORGJI DJEPCHISHTE KJOSEV'],
    ['sr', 'Ђорђе Ћирић', 'DORDE CIRIC'],
    ['mn', 'Бямбасүрэн Ёндон', 'BYAMBASUREN YONDON'],
    ['kk', 'Ерлан Қасымұлы', 'YERLAN KASYMULY'],
    ['tg', 'Ҷамшед Қодирӣ', 'JAMSHED QODIRI'],
    ['uz', 'Ўринов Ҳамид', 'URINOV HAMID'],
    ['uz', 'Oʻrinov', "O'RINOV"],
    ['ky', 'Жумагулов Үсөн', 'ZHUMAGULOV USON'],
    ['de', 'Müller Straße', 'MUELLER STRASSE'],
    ['es', 'Nuñez', 'NUNEZ'],
    ['fr', "D'Artagnan", "D'ARTAGNAN"],
    ['fr', 'L’Hôtel, Œdipe', "L'HOTEL, OEDIPE"],
    ['sv', 'Ångström', 'AANGSTROEM'],
    ['tr', 'Işık İnönü', 'ISIK INONU'],
    ['tr-TR', 'ığdır', 'IGDIR'],
    ['az', 'Məmmədov', 'MAMMADOV'],
    ['ro', 'Țurcanu Ștefan', 'TURCANU STEFAN'],
    ['vi', 'Nguyễn Thị Hường Đỗ Ấn', 'NGUYEN THI HUONG DO AN'],
    ['is', 'Þór Ægisson Ðað', 'THOR AEGISSON DAD'],
    ['ha', 'Ɗanjuma Ƙofar', 'DANJUMA KOFAR'],
    ['ka', 'გიორგი ქავთარაძე', 'GIORGI KAVTARADZE'],
    ['ka', 'ᲒᲘᲝᲠᲒᲘ ᲧᲘᲤᲘᲐᲜᲘ', 'GIORGI QIPIANI'],
    ['hy', 'Հովհաննիսյան', 'HOVHANNISYAN'],
    ['hy', 'Ոսկանյան Եվա', 'VOSKANYAN YEVA'],
    ['hy', 'Գևորգ Միքայելյան', 'GEVORG MIKAYELYAN'],
    ['hy', 'ՂԱԶԱՐՅԱՆ ՈՒԼՅԱՆԱ', 'GHAZARYAN ULYANA'],
    ['el', 'Παπαδόπουλος Ευάγγελος', 'PAPADOPOULOS EVANGELOS'],
    ['el', 'Μπουμπούλη Ευθυμία', 'BOUMPOULI EFTHYMIA'],
    ['el', 'Ταΰγετος Άυλος', 'TAYGETOS AYLOS'],
    ['fa', 'احمدی‌نژاد', 'AXHMDXYANXJAD'],
  ])('%s: %s', (language, text, written) => expect(transliterate(text, { language })).toBe(written))

  // The appendix prints Allah as ALLXH; its table makes the last letter H, which is written here.
  test.each([
    ['ابو بكر محمد بن زكريا الرازي', 'ABW BKR MXHMD BN ZKRYA ALRAZY'],
    ['هاري الشماع', 'HARY ALXSHMAE'],
    ['سمير بادمكدوذيل', 'SMYR BADMKDWXDHYL'],
    ['جمال عبد الناصر', 'JMAL EBD ALNAXSSR'],
    ['العباس عبد الله بن محمد السفاح', 'ALEBAS EBD ALLH BN MXHMD ALSFAXH'],
    ['عبد العزيز بن متعب', 'EBD ALEZYZ BN MTEB'],
    ['عز الدين إسماعيل', 'EZ ALDYN ISMAEYL'],
    ['عزّ الدين', 'EZZ ALDYN'],
    ['جميلة نعيمة', 'JMYLXAH NEYMXAH'],
    ['اللّٰه', 'ALLH'],
  ])('an example of the standard: %s [9303-3 §B.5.7, §B.5.9]', (text, written) =>
    expect(transliterate(text, { language: 'ar' })).toBe(written),
  )

  test.each([
    ['uk', 'Згорани', 'ZGHORANY'],
    ['bg', 'Христова Мария-Илиян', 'HRISTOVA MARIA-ILIYAN'],
    ['bg', 'Йорданов Ъглев', 'YORDANOV AGLEV'],
    ['sr', 'Горан', 'GORAN'],
    ['ru', 'Юлия', 'IULIIA'],
  ])('by the practice of the state, %s: %s', (language, text, written) =>
    expect(transliterate(text, { language, practice: 'national' })).toBe(written),
  )

  test('a script is read whatever the language says', () => {
    expect(transliterate('Müller Щербаков ქეთი', { language: 'hy' })).toBe('MUELLER SHCHERBAKOV KETI')
    expect(transliterate('Иван', { language: '' })).toBe('IVAN')
    expect(transliterate('Иван', { language: 'constructor' })).toBe('IVAN')
  })
})

describe('what Unicode has in store', () => {
  test.each([
    ['ß ẞ', 'SS SS'],
    ['ŉgo', "'NGO"],
    ['ǅ ǈ ǋ', 'DZ LJ NJ'],
    ['ﬁ ﬀ', 'FI FF'],
    ['Ⅲ', 'III'],
    ['i̇İ', 'II'], // small i with a dot of its own
    ['K Å', 'K AA'], // Kelvin sign U+212A, Ångström sign U+212B
    ['ﻣﺤﻤﺪ', 'MXHMD'], // presentation forms
    ['а́ннА́', 'ANNA'], // stress marks
    ['Q̃ Ấ́', 'Q A'],
    ['A\u00a0B\u2010C\u2019D', "A B-C'D"],
    ['محمد\u200f،', 'MXHMD,'],
  ])('%s', (text, written) => expect(transliterate(text, { language: 'ar' })).toBe(written))

  test('ASCII punctuation stays as it is', () => {
    const signs = [...Array(0x7f).keys()].slice(0x20).map((code) => String.fromCharCode(code))
    const kept = signs.filter((sign) => !/[A-Za-z0-9]/.test(sign)).join('')
    expect(transliterate(kept, { language: 'en' })).toBe(kept)
  })
})

describe('what has no mapping', () => {
  test.each([
    ['Иван 2', 5, '9303-3 §4.6'],
    ['محمد ٣', 5, '9303-3 §4.6'],
    ['Ли 李', 3, '9303-3 §6'],
    ['דוד', 0, '9303-3 §6'],
    ['A\tB', 1, '9303-3 §6'],
    ['A\u202eB', 1, '9303-3 §6'],
    ['\u0301A', 0, '9303-3 §6'],
    ['A \u0301', 1, '9303-3 §6'],
    ['A\ud800', 1, '9303-3 §6'],
    ['😀', 0, '9303-3 §6'],
    ['Aº½', 2, '9303-3 §6'],
  ])('%j is refused at %i', (text, at, cites) =>
    expect(refusal(text)).toEqual({ code: 'mrz.transliteration', at, cites }),
  )

  test('a text longer than any name', () => {
    expect(transliterate('A'.repeat(512), { language: 'en' })).toHaveLength(512)
    expect(refusal('A'.repeat(513))).toMatchObject({ code: 'mrz.transliteration-length', at: 512 })
    expect(refusal('\ufdfa'.repeat(100))).toMatchObject({ code: 'mrz.transliteration-length' })
  })
})

const LANGUAGES = ['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'ky', 'tg', 'uz', 'mn', 'tr', 'az', 'hy', 'und']
const anyOptions: fc.Arbitrary<TransliterationOptions> = fc.record({
  language: fc.constantFrom(...LANGUAGES),
  practice: fc.constantFrom('icao' as const, 'national' as const),
})

describe('for any text', () => {
  const blocks = [
    [0x20, 0x7e],
    [0xa0, 0x24f],
    [0x300, 0x345],
    [0x386, 0x3ce],
    [0x400, 0x52f],
    [0x531, 0x58a],
    [0x600, 0x6ff],
    [0x10a0, 0x10ff],
    [0x1e00, 0x1eff],
    [0x1f00, 0x1fff],
    [0x2000, 0x206f],
    [0xfb00, 0xfeff],
  ] as const
  const characters = fc.oneof(
    ...blocks.map(([min, max]) => fc.integer({ min, max }).map((code) => String.fromCharCode(code))),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  )
  const anyText = fc.array(characters, { maxLength: 8 }).map((list) => list.join(''))

  test('the result has A–Z and ASCII punctuation only, or the text is refused by code', () => {
    fc.assert(
      fc.property(anyText, anyOptions, (text, options) => {
        try {
          expect(transliterate(text, options)).toMatch(/^[ -/:-`{-~]*$/)
        } catch (error) {
          if (!(error instanceof FormatError)) throw error
          expect(error.code).toMatch(/^mrz\.transliteration/)
          expect(error.at).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 5_000 },
    )
  })

  test('composed and decomposed text give the same', () => {
    const written = (text: string, options: TransliterationOptions) => {
      try {
        return transliterate(text, options)
      } catch {
        return undefined
      }
    }
    fc.assert(
      fc.property(anyText, anyOptions, (text, options) => {
        const composed = written(text.normalize('NFC'), options)
        expect(written(text.normalize('NFD'), options)).toBe(composed)
        expect(written(text, options)).toBe(composed)
      }),
      { numRuns: 5_000 },
    )
  })

  test('small letters are written as capitals are', () => {
    fc.assert(
      fc.property(anyText, anyOptions, (text, options) => {
        fc.pre(!text.normalize('NFD').includes('\u0345')) // a mark whose capital is a letter
        const outcome = (given: string) => {
          try {
            return transliterate(given, options)
          } catch {
            return undefined
          }
        }
        expect(outcome(text.toUpperCase())).toBe(outcome(text))
      }),
      { numRuns: 5_000 },
    )
  })
})
