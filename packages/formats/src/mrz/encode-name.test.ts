import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeName, nameComponents } from './encode-name.ts'

describe('punctuation', () => {
  // [9303-3 §4.6]
  test.each([
    ["D'ARTAGNAN", 'DARTAGNAN'],
    ['D’ARTAGNAN', 'DARTAGNAN'],
    ['DʼARTAGNAN', 'DARTAGNAN'],
    ['MARIE-ELISE', 'MARIE<ELISE'],
    ['MARIE‑ELISE', 'MARIE<ELISE'],
    ['ANNA, MARIA', 'ANNA<MARIA'],
    ['ANNA,MARIA', 'ANNA<MARIA'],
    ['J. R. R.', 'J<R<R'],
    ['J.R.R.', 'JRR'],
    ['ST. JOHN (SMITH)', 'ST<JOHN<SMITH'],
    ['  ANNA   MARIA  ', 'ANNA<MARIA'],
    ['-ANNA - MARIA-', 'ANNA<MARIA'],
    ['ANNA<MARIA', 'ANNA<MARIA'],
    ['ANNA\u00a0MARIA', 'ANNA<MARIA'],
    ["'", ''],
  ])('%s becomes %s', (text, written) => {
    expect(nameComponents(text).join('<')).toBe(written)
  })

  test.each(['Anna', 'ÅSA', 'АННА', 'ANNA2', 'ANNA\u0301', 'AN\0NA', 'ΑΝΝΑ', '安娜', '\ud800'])(
    '%j is refused, for its letters should have been replaced before',
    (text) => {
      expect(() => nameComponents(text)).toThrow('mrz.name-character')
    },
  )

  test('a text longer than any name is refused', () => {
    expect(() => nameComponents('A'.repeat(1_001))).toThrow('mrz.too-long')
  })
})

describe('names that fit', () => {
  // [9303-4 §4.2.3], [9303-5 §4.2.3], [9303-6 §4.2.3]
  test.each([
    [39, 'ERIKSSON', 'ANNA MARIA', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'],
    [39, 'HENG', 'DEBORAH MING LO', 'HENG<<DEBORAH<MING<LO<<<<<<<<<<<<<<<<<<'],
    [39, 'SMITH-JONES', 'SUSIE MARGARET', 'SMITH<JONES<<SUSIE<MARGARET<<<<<<<<<<<<'],
    [39, "O'CONNOR", 'ENYA SIOBHAN', 'OCONNOR<<ENYA<SIOBHAN<<<<<<<<<<<<<<<<<<'],
    [39, 'VAN DER MUELLEN', 'MARTIN', 'VAN<DER<MUELLEN<<MARTIN<<<<<<<<<<<<<<<<'],
    [39, 'AL-BASRI', 'HUDA MUHAMMAD JAWAD', 'AL<BASRI<<HUDA<MUHAMMAD<JAWAD<<<<<<<<<<'],
    [39, 'VILARCHAO FERNANDEZ', 'JOSE RAMON', 'VILARCHAO<FERNANDEZ<<JOSE<RAMON<<<<<<<<'],
    [39, 'ARKFREITH', '', 'ARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<'],
    [39, 'SATRIYA SUDARPA', '', 'SATRIYA<SUDARPA<<<<<<<<<<<<<<<<<<<<<<<<'],
    [39, 'PAPANDROPOULOUS', 'JONATHON WARREN TREVOR', 'PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR'],
    [30, 'PAPANDROPOULOUS', 'JONATHON ALEC', 'PAPANDROPOULOUS<<JONATHON<ALEC'],
    [31, 'PAPANDROPOULOUS', 'JONATHOON ALEC', 'PAPANDROPOULOUS<<JONATHOON<ALEC'],
    [30, 'AL-BASRI', 'HUDA MUHAMMAD JAWAD', 'AL<BASRI<<HUDA<MUHAMMAD<JAWAD<'],
    [31, 'VILARCHAO FERNANDEZ', 'JOSE RAMON', 'VILARCHAO<FERNANDEZ<<JOSE<RAMON'],
    [30, '', 'ARKFREITH', 'ARKFREITH<<<<<<<<<<<<<<<<<<<<<'],
  ])('in %i characters %s, %s', (width, primary, secondary, written) => {
    expect(encodeName({ primary, secondary }, width)).toBe(written)
  })

  test('a name without a letter is refused', () => {
    expect(() => encodeName({ primary: ' - ', secondary: "'" }, 39)).toThrow('mrz.name-empty')
  })
})

describe('names that do not fit', () => {
  const long = 'BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL'
  // [9303-4 §4.2.3], [9303-5 §4.2.3], [9303-6 §4.2.3]: the examples with initials, of all three sizes.
  test.each([
    [39, 'NILAVADHANANANDA', 'CHAYAPA DEJTHAMRONG KRASUANG', 'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K'],
    [39, 'NILAVADHANANANDA', 'ARNPOL PETCH CHARONGUANG', 'NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU'],
    [39, long, 'DINGO POTOROO', 'BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI'],
    [31, 'NILAVADHANANANDA', 'CHAYAPA DEJTHAMRONG KRASUANG', 'NILAVADHANANANDA<<CHAYAPA<DEJ<K'],
    [31, long, 'DINGO POTOROO', 'BENNELONG<WOOLOOMOOLOO<W<W<<D<P'],
    [30, 'NILAVADHANANANDA', 'CHAYAPA DEJTHAMRONG KRASUANG', 'NILAVADHANANANDA<<CHAYAPA<DE<K'],
    [30, long, 'DINGO POTOROO', 'BENNELONG<WOOLOOMOOLOO<W<W<<DI'],
    [30, 'VILARCHAO FERNANDEZ', 'JOSE RAMON', 'VILARCHAO<FERNANDEZ<<JOSE<RAMO'],
  ])('in %i characters %s, %s', (width, primary, secondary, written) => {
    expect(encodeName({ primary, secondary }, width)).toBe(written)
  })

  test.each([
    ['one name only', 39, 'A'.repeat(45), '', 'A'.repeat(39)],
    ['one long name and a second', 39, 'A'.repeat(45), 'BERTA', `${'A'.repeat(36)}<<B`],
    [
      'letters given back to the primary',
      39,
      `${'A'.repeat(30)} ${'B'.repeat(10)}`,
      'X',
      `${'A'.repeat(30)}<BBBBB<<X`,
    ],
    [
      'a primary one letter too long for the second part to begin',
      39,
      `${'A'.repeat(20)} ${'B'.repeat(16)}`,
      'CARLA DORA',
      `${'A'.repeat(20)}<BBBBBB<<CARLA<DORA`,
    ],
    ['two initials where one place is left', 30, 'A'.repeat(26), 'D P', `${'A'.repeat(25)}<<D<P`],
    [
      'initials only, an even number of places',
      30,
      'A B C D E F G H I J K L M N O P',
      '',
      'A<B<C<D<E<F<G<H<I<J<K<L<M<N<OP',
    ],
  ])('%s', (_, width, primary, secondary, written) => {
    expect(encodeName({ primary, secondary }, width)).toBe(written)
  })
})

const component = fc.string({ unit: fc.constantFrom(...'ABEIKMNORSTUZ'), minLength: 1, maxLength: 16 })
const part = fc.array(component, { minLength: 1, maxLength: 12 })

test('whatever the name, the field keeps the rules of truncation', () => {
  fc.assert(
    fc.property(
      part,
      fc.option(part, { nil: [] as string[] }),
      fc.constantFrom(30, 31, 39),
      (primary, secondary, width) => {
        const field = encodeName({ primary: primary.join(' '), secondary: secondary.join('-') }, width)
        const whole = [primary, secondary].filter((names) => names.length > 0).map((names) => names.join('<'))
        expect(field).toHaveLength(width)
        if (whole.join('<<').length <= width) {
          expect(field).toBe(whole.join('<<').padEnd(width, '<'))
          return
        }
        expect(field).toMatch(/[A-Z]$/)
        const [first, second, ...more] = field.split('<<')
        expect(more).toEqual([])
        expect(second !== undefined).toBe(secondary.length > 0)
        // An even number of places for nothing but initials: two stand together.
        const alone = [...primary, ...secondary].every((name) => name.length === 1)
        if (alone) return
        expect(beginnings(first!.split('<'), primary)).toBe(true)
        if (second !== undefined) expect(beginnings(second.split('<'), secondary)).toBe(true)
      },
    ),
    { numRuns: 20_000 },
  )
})

/** Whether each is the beginning of the component at its place. */
function beginnings(shortened: readonly string[], components: readonly string[]): boolean {
  return shortened.every((name, i) => name !== '' && components[i]?.startsWith(name))
}
