import { type Scheme, scheme } from '../scheme.ts'
import { SHADDA } from './arabic.ts'

/**
 * Arabic-script names as most passports have them: written by ear, in no fixed system. Consonants have a
 * few spellings each; between them a short vowel may stand. Only for comparing: it says what a clerk may
 * have written, and many different names share a spelling.
 */
const CONSONANTS: Readonly<Record<string, string>> = {
  ب: 'B P',
  پ: 'P B',
  ت: 'T',
  ث: 'TH T S',
  ج: 'J G DJ DZH C',
  چ: 'CH TCH C TSH',
  ح: 'H HH KH',
  خ: 'KH K H CH X',
  د: 'D T',
  ذ: 'DH D Z TH',
  ر: 'R',
  ز: 'Z',
  ژ: 'ZH J',
  س: 'S SS C',
  ش: 'SH CH S SCH',
  ص: 'S SS C',
  ض: 'D DH Z',
  ط: 'T TT',
  ظ: 'Z DH TH D',
  غ: 'GH G R Q',
  ف: 'F PH V',
  ڤ: 'V F',
  ق: 'Q K G GH C KH',
  ڨ: 'G Q',
  ڧ: 'Q K G',
  ڢ: 'F',
  ك: 'K C',
  ک: 'K C',
  گ: 'G',
  ل: 'L',
  م: 'M',
  ن: 'N',
  ں: 'N ',
  ه: 'H ',
  ہ: 'H A ',
  ھ: 'H ',
  ٹ: 'T',
  ڈ: 'D',
  ڑ: 'R',
  و: 'W V OU O U AW AU OW',
  ي: 'Y I EE AY AI EI IY EY',
  ی: 'Y I EE AY AI EI IY EY A E',
  ې: 'E Y I',
}

/** Letters that carry a vowel, or none that Latin shows. */
const CARRIERS: Readonly<Record<string, string>> = {
  ء: ' A',
  آ: 'A AA',
  أ: 'A E O U OU I',
  ؤ: 'U O OU W',
  إ: 'I E',
  ئ: 'I E Y A ',
  ا: 'A AA E I O U OU AI ',
  ٱ: 'A E ',
  ة: 'A AH E EH AT ET ',
  ۀ: 'E EH A AH ',
  ى: 'A I Y E AH',
  ے: 'E AY AI EY I Y',
  ع: 'A E I O U AA EA OU AI ',
}

const SHORT_VOWELS = ['', 'A', 'E', 'I', 'O', 'U', 'OU', 'EE', 'OO']

/** Consonants that take over the L of the article: الرازي is Ar-Razi. */
const SUN_LETTERS = 'تثدذرزسشصضطظلن'

function spellings(list: string): string[] {
  return list.split(' ')
}

function withVowels(stems: readonly string[]): string[] {
  return stems.flatMap((stem) => SHORT_VOWELS.map((vowel) => stem + vowel))
}

/** A consonant once or twice: the shadda that doubles it is seldom written. */
function consonant([letter, list]: [string, string]): string[] {
  const stems = spellings(list)
  const doubled = stems.filter((stem) => stem !== '').map((stem) => stem + stem)
  const written = [...new Set(withVowels([...stems, ...doubled]))].join('|')
  return [`${letter}=${written}`, `${letter}${SHADDA}=${written}`]
}

const ARTICLE = ['AL', 'EL', 'UL', 'IL', 'OL', 'OUL', 'L'].flatMap((form) => [form, `${form}<`])

/** The article with its own spellings, joined or apart, and as a sun letter changes it. */
function article(): string[] {
  return [`[^]ال=${ARTICLE.join('|')}`, ...[...SUN_LETTERS].map(beforeSunLetter)]
}

function beforeSunLetter(letter: string): string {
  const stems = spellings(CONSONANTS[letter]!)
  const kept = ARTICLE.flatMap((form) => stems.map((stem) => form + stem))
  const changed = stems.flatMap((stem) =>
    ['A', 'E', 'U', 'I', ''].flatMap((vowel) => [vowel + stem + stem, `${vowel}${stem}<${stem}`]),
  )
  return `[^]ال${letter}=${withVowels([...kept, ...changed]).join('|')}`
}

let built: Scheme | undefined

/** Built when a comparison first asks for it: it is large, and writing a name has no need of it. */
export function arabicByEar(): Scheme {
  built ??= scheme(
    'Arabic script by ear',
    ...Object.entries(CONSONANTS).flatMap(consonant),
    ...Object.entries(CARRIERS).map(([letter, list]) => `${letter}=${spellings(list).join('|')}`),
    `${SHADDA}=`,
    ...article(),
    'الله[$]=ALLAH|ULLAH|ALLA|ULLA|OLLAH|ELLAH|ILLAH|LLAH|LAH|OULLAH',
  )
  return built
}
