import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FormatError } from '../../format-error.ts'
import { encodeName } from '../encode-name.ts'
import { type Match, matches, transliterate } from './index.ts'

describe('a name in the MRZ against the name in its own letters', () => {
  test.each<[string, string, string, Match]>([
    // Latin
    ['de', 'Müller', 'MUELLER', 'same'],
    ['de', 'Müller', 'MULLER', 'variant'],
    ['de', 'Müller', 'MUXXLLER', 'variant'],
    ['de', 'Müller', 'MILLER', 'different'],
    ['de', 'Müller', 'MUELLERS', 'different'],
    ['tr', 'Ünal', 'UNAL', 'same'],
    ['tr', 'Ünal', 'UENAL', 'variant'],
    ['es', 'Nuñez', 'NUNEZ', 'same'],
    ['es', 'Nuñez', 'NUNXXEZ', 'variant'],
    ['es', 'Cañon, Térèsa', 'CANXXON<<TERESA', 'variant'],
    ['sv', 'Åkesson', 'AAKESSON', 'same'],
    ['sv', 'Åkesson', 'AKESSON', 'variant'],
    ['hr', 'Đoković', 'DOKOVIC', 'same'],
    ['hr', 'Đoković', 'DJOKOVIC', 'variant'],
    ['az', 'Orxan', 'ORKHAN', 'variant'],
    ['fr', "D'Artagnan", 'DARTAGNAN', 'same'],
    ['fr', "D'Artagnan", 'D<ARTAGNAN', 'variant'],
    ['fr', 'Marie-Élise', 'MARIE<ELISE', 'same'],
    ['fr', 'Marie-Élise', 'MARIEELISE', 'variant'],
    ['fr', 'Marie-Élise', 'MARIE ELISE', 'same'],
    ['en', 'St. John', 'ST<JOHN', 'same'],
    // Russian: ICAO, 2010, 1997, Soviet
    ['ru', 'Юрий', 'IURII', 'same'],
    ['ru', 'Юрий', 'YURIY', 'variant'],
    ['ru', 'Юрий', 'YURY', 'variant'],
    ['ru', 'Юрий', 'IOURI', 'variant'],
    ['ru', 'Юрий', 'YARIY', 'different'],
    ['ru', 'Подъячев', 'PODIACHEV', 'variant'],
    ['ru', 'Подъячев', 'PODYACHEV', 'variant'],
    ['ru', 'Цой', 'TCOI', 'variant'],
    ['ru', 'Хрущёв', 'KHRUSHCHYOV', 'variant'],
    ['ru', 'Чайковский', 'TCHAIKOVSKI', 'variant'],
    ['ru', 'Сергей Гусев', 'SERGUEI<GOUSSEV', 'variant'],
    ['ru', 'Максим', 'MAXIM', 'variant'],
    ['ru', 'Васильева', 'VASILYEVA', 'variant'],
    ['ru', 'Пушкин', 'POUCHKINE', 'variant'],
    // Ukrainian: ICAO, 2010, 2007, as Russian
    ['uk', 'Згорани', 'ZGHORANY', 'variant'],
    ['uk', 'Згорани', 'ZGORANY', 'variant'],
    ['uk', 'Юрій', 'IURII', 'variant'],
    ['uk', 'Сергій', 'SERGIY', 'variant'],
    ['uk', 'Сергій', 'SERGEI', 'different'], // the Russian name is another spelling in Cyrillic
    // Belarusian: ICAO, the Latin alphabet, the register, as Russian
    ['be', 'Цікавы', 'TSIKAVY', 'same'],
    ['be', 'Цікавы', 'CIKAVY', 'variant'],
    ['be', 'Дар’я', 'DARIA', 'same'],
    ['be', 'Дар’я', 'DARJA', 'variant'],
    ['be', 'Вераб’ёў', 'VIERABJOW', 'variant'],
    ['be', 'Сяргей', 'SIARGEI', 'variant'],
    // Others in Cyrillic
    ['bg', 'Христов', 'HRISTOV', 'variant'],
    ['bg', 'Живков', 'JIVKOV', 'variant'],
    ['sr', 'Горан', 'GORAN', 'variant'],
    ['sr', 'Ђоковић', 'DJOKOVIC', 'variant'],
    ['mk', 'Ѓорѓи', 'DJORDJI', 'variant'],
    ['kk', 'Қасым-Жомарт', 'KASSYM<JOMART', 'variant'],
    ['kk', 'Қасым-Жомарт', 'QASYM<JOMART', 'variant'],
    ['ky', 'Жумагулов', 'DZHUMAGULOV', 'variant'],
    ['tg', 'Ҷамшед', 'DZHAMSHED', 'variant'],
    ['uz', 'Хўжаев', 'KHOJAEV', 'variant'],
    ['mn', 'Мөнхбат', 'MUNKHBAT', 'variant'],
    // Georgian, Armenian, Greek
    ['ka', 'ქავთარაძე', 'KAVTARADZE', 'same'],
    ['ka', 'ყიფიანი', 'KIPIANI', 'variant'],
    ['hy', 'Հովհաննիսյան', 'HOVHANNISIAN', 'variant'],
    ['hy', 'Հովհաննիսյան', 'OGANESYAN', 'different'],
    ['el', 'Παπαδόπουλος', 'PAPADOPOULOS', 'same'],
    ['el', 'Χριστοδούλου', 'HRISTODULU', 'variant'],
    // Arabic by the table: with and without shadda, both ends of teh marbuta, Farsi yeh, Allah as printed
    ['ar', 'محمد', 'MXHMD', 'same'],
    ['ar', 'محمد', 'MXHMMD', 'variant'],
    ['ar', 'محمّد', 'MXHMD', 'variant'],
    ['ar', 'فاطمة', 'FAXZZMXAH', 'different'],
    ['ar', 'فاطمة', 'FAXTTMXAH', 'same'],
    ['ar', 'فاطمة', 'FAXTTMXTA', 'variant'],
    ['fa', 'علی', 'ELXYA', 'same'],
    ['fa', 'علی', 'ELY', 'variant'],
    ['ar', 'عبد الله', 'EBD<ALLXH', 'variant'],
    // Arabic by ear
    ['ar', 'محمد', 'MOHAMMED', 'variant'],
    ['ar', 'محمد', 'MUHAMMAD', 'variant'],
    ['ar', 'محمد', 'AHMED', 'different'],
    ['ar', 'جمال عبد الناصر', 'GAMAL<ABDEL<NASSER', 'variant'],
    ['ar', 'جمال عبد الناصر', 'JAMAL<ABDUNNASIR', 'variant'],
    ['ar', 'الرازي', 'AR<RAZI', 'variant'],
    ['ar', 'عبد الله الشماع', 'ABDULLAH<ALSHAMMA', 'variant'],
    ['fa', 'احمدی‌نژاد', 'AHMADINEJAD', 'variant'],
    // Not a name field
    ['en', 'Anna', 'anna', 'different'],
    ['en', 'Anna', 'ANNA1', 'different'],
    ['en', 'A'.repeat(45), 'A'.repeat(45), 'different'],
  ])('%s: %s as %s is %s', (language, text, name, result) =>
    expect(matches(name, text, { language })).toBe(result),
  )

  test('identifiers are parted by a comma or two fillers, as on a page or in DG11', () => {
    const language = 'en'
    expect(matches('ERIKSSON<<ANNA<MARIA<<<', 'Eriksson, Anna Maria', { language })).toBe('same')
    expect(matches('ERIKSSON<<ANNA<MARIA', 'ERIKSSON<<ANNA<MARIA', { language })).toBe('same')
    expect(matches('ANNA<MARIA', 'Anna, Maria', { language })).toBe('same')
    expect(matches('ERIKSSON<ANNA<<MARIA', 'Eriksson, Anna Maria', { language })).toBe('different')
    expect(matches('ERIKSSON<<ANNA', 'Eriksson, Anna Maria', { language })).toBe('different')
  })

  test('the practice of the state can be what is expected', () => {
    const options = { language: 'uk', practice: 'national' } as const
    expect(matches('ZGHORANY', 'Згорани', options)).toBe('same')
    expect(matches('ZHORANY', 'Згорани', options)).toBe('variant')
  })

  test('a character without a mapping is refused here too', () => {
    expect(() => matches('LI', '李', { language: 'zh' })).toThrow(FormatError)
  })
})

describe('a name cut to its field [9303-4 §4.2.3]', () => {
  const bennelong = 'Bennelong Wooloomooloo Warrandyte Warnambool, Dingo Potoroo'
  const chayapa = 'Nilavadhanananda, Chayapa Dejthamrong Krasuang'

  test.each([
    [chayapa, 'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K'],
    [chayapa, 'NILAVADHANANANDA<<CHAYAPA<DE<K'],
    ['Nilavadhanananda, Arnpol Petch Charonguang', 'NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU'],
    [bennelong, 'BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI'],
    [bennelong, 'BENNELONG<WOOLOOM<WARRAND<WARNAM<<DINGO'],
    [bennelong, 'BENNEL<WOOLOO<WARRAN<WARNAM<<DINGO<POTO'],
    [bennelong, 'BENNELONG<WOOLOOMOOLOO<W<W<<DI'],
    [bennelong, 'BENNE<WOOLO<WARRA<WARNA<<DIN<P'],
  ])('%s as %s', (text, name) => expect(matches(name, text, { language: 'en' })).toBe('truncated'))

  test('a name that just fits is the same', () => {
    const name = 'PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR'
    expect(matches(name, 'Papandropoulous, Jonathon Warren Trevor', { language: 'en' })).toBe('same')
  })

  test('a letter may be cut in the middle of its spelling', () => {
    const options = { language: 'ru', possiblyTruncated: true }
    expect(matches('KHRUSHC', 'Хрущёв', options)).toBe('truncated')
    expect(matches('KHRUSHT', 'Хрущёв', options)).toBe('different')
  })

  test('nothing is cut where fillers are left, or where the field is not full', () => {
    const options = { language: 'en' }
    expect(matches(`${'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG'}<<`, chayapa, options)).toBe('different')
    expect(matches('NILAVADHANANANDA<<CHAYAPA', chayapa, options)).toBe('different')
  })

  test('the caller may know better', () => {
    const text = 'Nilavadhanananda'
    expect(matches('NILAVA', text, { language: 'en', possiblyTruncated: true })).toBe('truncated')
    expect(matches('NILAVO', text, { language: 'en', possiblyTruncated: true })).toBe('different')
    const full = 'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K'
    expect(matches(full, chayapa, { language: 'en', possiblyTruncated: false })).toBe('different')
  })

  test('each component keeps a letter', () => {
    const options = { language: 'en', possiblyTruncated: true }
    expect(matches('ANNA<M', 'Anna Beta Maria', options)).toBe('different')
    expect(matches('ANNA<B<M', 'Anna Beta Maria', options)).toBe('truncated')
    expect(matches('ANNA<B', 'Anna Beta Maria', options)).toBe('truncated')
    expect(matches('', 'Anna', options)).toBe('different')
  })
})

describe('for any name', () => {
  const letters = {
    ru: 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
    uk: "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ'",
    be: "АБВГДЕЁЖЗІЙКЛМНОПРСТУЎФХЦЧШЫЬЭЮЯ'",
    de: 'ABCÄÖÜßÑÅÉ',
    ar: 'اأإآءئؤبةتثجحخدذرزسشصضطظعغفقكلمنهوىي\u0651',
    ka: 'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ',
    hy: 'ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ',
    el: 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΪΫΌΎΏ',
  }
  const names = fc.constantFrom(...Object.entries(letters)).chain(([language, alphabet]) =>
    fc.record({
      language: fc.constant(language),
      words: fc.array(
        // A first letter that is written, so that no component is empty.
        fc
          .array(fc.constantFrom(...alphabet), { minLength: 0, maxLength: 9 })
          .map((list) => [...alphabet][1] + list.join('')),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  )

  test('what is written is the same name', () => {
    fc.assert(
      fc.property(names, ({ language, words }) => {
        const written = words.map((word) => transliterate(word, { language }).replaceAll("'", '')).join('<')
        fc.pre(written.length <= 44)
        expect(matches(written, words.join(' '), { language, possiblyTruncated: false })).toBe('same')
      }),
      { numRuns: 1_000 },
    )
  })

  test('what the encoder writes is the same name, or that name cut', () => {
    fc.assert(
      fc.property(names, names, fc.constantFrom(30, 31, 39), (first, second, width) => {
        const { language } = first
        const primary = first.words.join(' ')
        const secondary = second.words.join('-')
        const field = encodeName(
          {
            primary: transliterate(primary, { language }),
            secondary: transliterate(secondary, { language }),
          },
          width,
        )
        const result = matches(field, `${primary}, ${secondary}`, { language })
        if (field.endsWith('<')) expect(result).toBe('same')
        else expect(['same', 'variant', 'truncated']).toContain(result) // a cut may leave another spelling
      }),
      { numRuns: 1_000 },
    )
  })

  test('what is written and cut is that name cut', () => {
    fc.assert(
      fc.property(names, fc.nat(), ({ language, words }, where) => {
        const written = words.map((word) => transliterate(word, { language }).replaceAll("'", '')).join('<')
        const cut = written.slice(0, 1 + (where % Math.min(44, written.length))).replace(/<$/, '')
        const result = matches(cut, words.join('-'), { language, possiblyTruncated: true })
        expect(['same', 'variant', 'truncated']).toContain(result)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('hostile input', () => {
  test.each([
    ['A'.repeat(39), 'ا'.repeat(512), 'ar'],
    ['A'.repeat(39), ' ال'.repeat(170), 'ar'],
    [
      'ALALALALALALALALALALALALALALALALALALALAL'.slice(0, 39),
      `${'ال'.repeat(100)}${' الن'.repeat(70)}`,
      'ar',
    ],
    ['S'.repeat(39), 'س\u0651'.repeat(256), 'ar'],
    ['IOUIOUIOUIOUIOUIOUIOUIOUIOUIOUIOUIOUIOU', 'Ю'.repeat(512), 'ru'],
    ['A<A<A<A<A<A<A<A<A<A<A<A<A<A<A<A<A<A<A<A', 'A '.repeat(256), 'en'],
  ])('%s against much of the same is answered soon', (name, text, language) => {
    matches('A', 'ا', { language }) // the tables are built once
    const start = performance.now()
    matches(name, text, { language })
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
