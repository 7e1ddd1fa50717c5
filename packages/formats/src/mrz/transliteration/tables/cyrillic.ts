import { type Scheme, scheme } from '../scheme.ts'

type Named = 'be' | 'bg' | 'mk' | 'sr' | 'uk'

/** A row: the letter, its spelling, the languages excepted, and what a Ukrainian name writes at its start. */
type Row = readonly [letter: string, write: string, except?: Partial<Record<Named, string>>, first?: string]

/** Every row of the table, with its exceptions. [9303-3 §6.B] */
const ROWS: readonly Row[] = [
  ['Ё', 'E', { be: 'IO' }],
  ['Ђ', 'D'], // U+0402: the table prints the letter Ћ (U+040B) beside this code point
  ['Є', 'IE', {}, 'YE'],
  ['Ѕ', 'DZ'], // U+0405, looks like S
  ['І', 'I'], // U+0406, looks like I
  ['Ї', 'I', {}, 'YI'],
  ['Ј', 'J'], // U+0408, looks like J
  ['Љ', 'LJ'],
  ['Њ', 'NJ'],
  ['Ќ', 'K', { mk: 'KJ' }],
  ['Ў', 'U'], // U+040E, printed small
  ['Џ', 'DZ', { mk: 'DJ' }],
  ['А', 'A'],
  ['Б', 'B'],
  ['В', 'V'],
  ['Г', 'G', { be: 'H', sr: 'H', uk: 'H' }],
  ['Д', 'D'],
  ['Е', 'E'],
  ['Ж', 'ZH', { sr: 'Z' }],
  ['З', 'Z'],
  ['И', 'I', { uk: 'Y' }],
  ['Й', 'I', {}, 'Y'],
  ['К', 'K'],
  ['Л', 'L'],
  ['М', 'M'],
  ['Н', 'N'],
  ['О', 'O'],
  ['П', 'P'],
  ['Р', 'R'],
  ['С', 'S'],
  ['Т', 'T'],
  ['У', 'U'],
  ['Ф', 'F'],
  ['Х', 'KH', { mk: 'H', sr: 'H' }],
  ['Ц', 'TS', { mk: 'C', sr: 'C' }],
  ['Ч', 'CH', { sr: 'C' }],
  ['Ш', 'SH', { sr: 'S' }],
  ['Щ', 'SHCH', { bg: 'SHT' }],
  ['Ъ', 'IE'],
  ['Ы', 'Y'],
  ['Э', 'E'],
  ['Ю', 'IU', {}, 'YU'],
  ['Я', 'IA', {}, 'YA'],
  ['Ѫ', 'U'], // U+046A
  ['Ѵ', 'Y'], // U+0474, printed as Latin V
  ['Ґ', 'G'],
  ['Ғ', 'G', { mk: 'GJ' }], // U+0492: GJ is meant for Ѓ (U+0403), which follows below
  ['Һ', 'C'], // U+04BA: C is meant for Ћ (U+040B), which follows below
]

/** Three letters the table lacks: one that it leaves out on purpose, and two that its misprints hide. */
const MISSING: readonly Row[] = [
  ['Ь', ''],
  ['Ѓ', 'G', { mk: 'GJ' }], // U+0403
  ['Ћ', 'C'], // U+040B
]

/** The table as it reads for one language; any language it does not name gets its general column. */
export function icaoCyrillic(language: string): Scheme {
  const entries = [...ROWS, ...MISSING].flatMap(([letter, write, except, first]) => [
    `${letter}=${except?.[language as Named] ?? write}`,
    ...(language === 'uk' && first !== undefined ? [`[^]${letter}=${first}`] : []),
  ])
  // An apostrophe stands for itself, unless the table of a state that joins it to a letter is asked first.
  return scheme(`ICAO Cyrillic (${language})`, ...entries, "'='")
}

/**
 * Cyrillic letters of other languages, not from the standard: the plain letter that Russian air-ticket and
 * migration practice writes for them, then what PCGN tables write.
 */
export const otherCyrillic = scheme(
  'other Cyrillic',
  'Ә=A|E', // U+04D8
  'Җ=ZH|DZH|J Ҙ=Z Ҡ=K|Q Қ=K|Q Ҝ=G Ң=N|NG Ҥ=N|NG Ө=O|OE|U Ҫ=S Ұ=U Ү=U|UE|YU Ҳ=KH|H Ҷ=CH|J|DZH Ҹ=J|DZH|C',
  'Ӣ=I|Y Ӯ=U|O',
  'Һ=H|KH', // U+04BA: the standard's C is a misprint, see its row
  'Ӏ=', // U+04C0 palochka, a sign without a sound of its own
  'Ѣ=E|IE Ѳ=F', // before 1918
)
