import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_VARIANTS, matches, transliterate, variantsOf } from './index.ts'

describe('the spellings of a name', () => {
  test('begin with the one that is written', () => {
    expect(variantsOf('Müller', { language: 'de' })).toEqual(['MUELLER', 'MUXXLLER', 'MULLER'])
    expect(variantsOf('Anna', { language: 'en' })).toEqual(['ANNA'])
    expect(variantsOf('', { language: 'en' })).toEqual([''])
  })

  test.each([
    ['ru', 'Юрий', ['IURII', 'YURIY', 'YURY', 'IOURI']],
    ['ru', 'Подъячев', ['PODIEIACHEV', 'PODIACHEV', 'PODYACHEV', 'PODIATCHEV']],
    ['uk', 'Згорани', ['ZHORANY', 'ZGHORANY', 'ZGORANI']],
    ['be', 'Цікавы', ['TSIKAVY', 'CIKAVY']],
    ['sv', 'Åsa', ['AASA', 'ASA']],
    ['es', 'Nuñez', ['NUNEZ', 'NUNXXEZ']],
    ['hy', 'Հովհաննիսյան', ['HOVHANNISYAN', 'HOVHANNISIAN']],
    ['ka', 'ყიფიანი', ['QIPIANI', 'KIPIANI']],
    ['ar', 'فاطمة', ['FAXTTMXAH', 'FAXTTMXTA']],
  ])('%s: those of %s', (language, text, some) =>
    expect(variantsOf(text, { language })).toEqual(expect.arrayContaining(some)),
  )

  test('whole tables come before mixtures', () => {
    const spellings = variantsOf('Чайковский Юрий', { language: 'ru' })
    expect(spellings.indexOf('CHAYKOVSKIY YURIY')).toBeLessThan(5)
    expect(spellings.indexOf('TCHAIKOVSKI IOURI')).toBeLessThan(5)
  })

  test('are never more than the limit', () => {
    expect(variantsOf('Щербаковский-Юрьев', { language: 'ru' })).toHaveLength(MAX_VARIANTS)
    expect(variantsOf('Ю'.repeat(512), { language: 'ru' })).toHaveLength(MAX_VARIANTS)
    expect(variantsOf('ü'.repeat(512), { language: 'de' })).toHaveLength(MAX_VARIANTS)
  })

  test('are different, and each is admitted when names are compared', () => {
    const words = fc.constantFrom(
      'Юрьев',
      'Щёкин',
      'Згурський',
      'Вераб’ёў',
      'Müñøz',
      'Ҷӯраев',
      'فاطمة',
      'ყვირილა',
    )
    const languages = fc.constantFrom('ru', 'uk', 'be', 'bg', 'sr', 'kk', 'tg', 'de', 'tr', 'ar', 'und')
    fc.assert(
      fc.property(words, languages, (text, language) => {
        const spellings = variantsOf(text, { language })
        expect(spellings[0]).toBe(transliterate(text, { language }))
        expect(new Set(spellings).size).toBe(spellings.length)
        for (const spelling of spellings) {
          expect(matches(spelling.replaceAll("'", ''), text, { language })).not.toBe('different')
        }
      }),
      { numRuns: 100 },
    )
  })
})
