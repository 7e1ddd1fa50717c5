import { type Scheme, scheme } from '../scheme.ts'

/** A row: the letter, its spelling, and spellings that a comparison is told to expect beside it. */
type Row = readonly [letter: string, write: string, also?: readonly string[]]

export const SHADDA = '\u0651'

/** Every letter of the table and the two of its appendix. [9303-3 §6.C] [9303-3 §B.5.4] */
export const ARABIC_ROWS: readonly Row[] = [
  ['ء', 'XE'], // U+0621 hamza
  ['آ', 'XAA'], // U+0622 alef with madda
  ['أ', 'XAE'], // U+0623 alef with hamza above
  ['ؤ', 'U'], // U+0624 waw with hamza
  ['إ', 'I'], // U+0625 alef with hamza below
  ['ئ', 'XI'], // U+0626 yeh with hamza
  ['ا', 'A'], // U+0627 alef
  ['ب', 'B'], // U+0628 beh
  ['ة', 'XTA', ['XAH']], // U+0629 teh marbuta; at the end of a component see below
  ['ت', 'T'], // U+062A teh
  ['ث', 'XTH'], // U+062B theh
  ['ج', 'J'], // U+062C jeem
  ['ح', 'XH'], // U+062D hah
  ['خ', 'XKH'], // U+062E khah
  ['د', 'D'], // U+062F dal
  ['ذ', 'XDH'], // U+0630 thal
  ['ر', 'R'], // U+0631 reh
  ['ز', 'Z'], // U+0632 zain
  ['س', 'S'], // U+0633 seen
  ['ش', 'XSH'], // U+0634 sheen
  ['ص', 'XSS'], // U+0635 sad
  ['ض', 'XDZ'], // U+0636 dad
  ['ط', 'XTT'], // U+0637 tah
  ['ظ', 'XZZ'], // U+0638 zah
  ['ع', 'E'], // U+0639 ain
  ['غ', 'G'], // U+063A ghain
  ['ف', 'F'], // U+0641 feh
  ['ق', 'Q'], // U+0642 qaf
  ['ك', 'K'], // U+0643 kaf
  ['ل', 'L'], // U+0644 lam
  ['م', 'M'], // U+0645 meem
  ['ن', 'N'], // U+0646 noon
  ['ه', 'H'], // U+0647 heh
  ['و', 'W'], // U+0648 waw
  ['ى', 'XAY'], // U+0649 alef maksura
  ['ي', 'Y'], // U+064A yeh
  ['ٱ', 'XXA'], // U+0671 alef wasla
  ['ٹ', 'XXT'], // U+0679 tteh
  ['ټ', 'XRT'], // U+067C teh with ring
  ['پ', 'P'], // U+067E peh
  ['ځ', 'XKE'], // U+0681 hah with hamza above
  ['څ', 'XXH'], // U+0685 hah with three dots
  ['چ', 'XC'], // U+0686 tcheh
  ['ڈ', 'XXD'], // U+0688 ddal
  ['ډ', 'XDR'], // U+0689 dal with ring
  ['ڑ', 'XXR'], // U+0691 rreh
  ['ړ', 'XRR'], // U+0693 reh with ring
  ['ږ', 'XRX'], // U+0696 reh with dots
  ['ژ', 'XJ'], // U+0698 jeh
  ['ښ', 'XXS'], // U+069A seen with dots
  ['ڤ', 'V', ['XV']], // U+06A4 veh; XV is what the appendix's own program writes [9303-3 §B.7]
  ['ڥ', 'XF'], // U+06A5 feh with three dots below
  ['ک', 'XKK', ['K']], // U+06A9 keheh, the kaf of Persian and Urdu
  ['ګ', 'XXK'], // U+06AB kaf with ring
  ['ڭ', 'XNG'], // U+06AD ng
  ['گ', 'XGG'], // U+06AF gaf
  ['ں', 'XNN'], // U+06BA noon ghunna
  ['ڼ', 'XXN'], // U+06BC noon with ring
  ['ھ', 'XDO'], // U+06BE heh doachashmee
  ['ۀ', 'XYH'], // U+06C0 heh with yeh above
  ['ہ', 'XXG'], // U+06C1 heh goal
  ['ۂ', 'XGE'], // U+06C2 heh goal with hamza above
  ['ۃ', 'XTG'], // U+06C3 teh marbuta goal
  ['ی', 'XYA', ['Y', 'XAY']], // U+06CC Farsi yeh, also read as yeh or alef maksura [9303-3 §B.5.6]
  ['ۍ', 'XXY'], // U+06CD yeh with tail
  ['ې', 'Y'], // U+06D0 Pashto yeh
  ['ے', 'XYB'], // U+06D2 yeh barree
  ['ۓ', 'XBE'], // U+06D3 yeh barree with hamza above
]

/** Letters the table lists as not encoded: tatweel and four of the Maghreb that it holds obsolete. */
export const NOT_ENCODED: readonly string[] = [
  '\u0640', // tatweel
  'ڜ', // U+069C
  'ڢ', // U+06A2
  'ڧ', // U+06A7
  'ڨ', // U+06A8
]

/**
 * Arabic script, also as Persian, Urdu and Pashto use it. A shadda repeats the letter's spelling. Short vowels
 * are dropped before (letters.ts). In Allah nothing is doubled, and the appendix's examples write its last
 * letter XH where the table has H.
 */
export const icaoArabic: Scheme = scheme(
  'ICAO Arabic',
  ...ARABIC_ROWS.flatMap(([letter, write, also = []]) => [
    `${letter}=${[write, ...also].join('|')}`,
    `${letter}${SHADDA}=${[write + write, write, ...also].join('|')}`,
  ]),
  ...NOT_ENCODED.map((letter) => `${letter}=`),
  `${SHADDA}=`,
  'ة[$]=XAH|XTA',
  `ة${SHADDA}[$]=XAHXAH|XAH|XTA`,
  'لله[$]=LLH|LLXH',
  `لل${SHADDA}ه[$]=LLH|LLXH`,
)

/** For a shadda that the register has and the text leaves out, as most writers do. [9303-3 §B.5.5] */
export const unwrittenShadda: Scheme = scheme(
  'unwritten shadda',
  ...ARABIC_ROWS.map(([letter, write]) => `${letter}=${write}${write}`),
)
