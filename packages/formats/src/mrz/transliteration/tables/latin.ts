import { scheme } from '../scheme.ts'

/**
 * Letters with marks, every row of the table. Where the table offers a choice, its first entry is written.
 * [9303-3 §6.A]
 */
export const icaoLatin = scheme(
  'ICAO Latin',
  'À=A Á=A Â=A Ã=A Ä=AE|A Å=AA|A Æ=AE Ā=A Ă=A Ą=A',
  'Ç=C Ć=C Ĉ=C Ċ=C Č=C',
  'Ð=D', // U+00D0 eth
  'Đ=D|DJ', // U+0110 with stroke; DJ stood in Yugoslav passports and is still common, the table has D alone
  'Ď=D',
  'È=E É=E Ê=E Ë=E Ē=E Ĕ=E Ė=E Ę=E Ě=E',
  'Ĝ=G Ğ=G Ġ=G Ģ=G Ĥ=H Ħ=H',
  'Ì=I Í=I Î=I Ï=I Ĩ=I Ī=I Ĭ=I Į=I',
  'İ=I', // U+0130 with dot
  'ı=I', // U+0131 without dot
  'Ĳ=IJ', // U+0132, one code point
  'Ĵ=J Ķ=K Ĺ=L Ļ=L Ľ=L Ŀ=L Ł=L',
  'Ñ=N|NXX Ń=N Ņ=N Ň=N',
  'Ŋ=N', // U+014A eng
  'Ò=O Ó=O Ô=O Õ=O Ö=OE|O Ō=O Ŏ=O Ő=O',
  'Ø=OE|O', // the table has OE alone; O is met where the name was typed without the letter
  'Œ=OE',
  'Ŕ=R Ŗ=R Ř=R Ś=S Ŝ=S Ş=S Š=S Ţ=T Ť=T Ŧ=T',
  'Þ=TH', // U+00DE thorn
  'Ù=U Ú=U Û=U Ü=UE|UXX|U Ũ=U Ū=U Ŭ=U Ů=U Ű=U Ų=U',
  'Ŵ=W Ý=Y Ŷ=Y Ÿ=Y Ź=Z Ż=Z Ž=Z',
  'ẞ=SS', // U+1E9E; ß reaches it as SS by its upper case
)

/**
 * Letters of Latin alphabets that the table lacks and that no mark can be taken from: the letter they are a
 * form of. Not from the standard. (Ș, Ț, Ơ, Ư and all Vietnamese vowels need no row: their marks are dropped.)
 */
export const otherLatin = scheme(
  'other Latin',
  'Ə=A|E', // U+018F Azerbaijani schwa: A in passports, E met
  'Ǝ=E', // U+018E turned E of Nigeria
  'Ɓ=B Ƈ=C Ɗ=D Ƙ=K Ƴ=Y Ɠ=G Ƥ=P Ƭ=T Ʋ=V', // hooks: Hausa, Fula, Ewe
  'Ɖ=D', // U+0189 African D, looks like U+0110
  'Ɛ=E Ɔ=O Ɣ=G Ɩ=I Ɨ=I Ʉ=U Ʊ=U Ǥ=G ĸ=K',
)

/** Turkic Latin alphabets: of the table's choices the single letter comes first, as in Turkish passports. */
export const turkicLatin = scheme('Turkic Latin', 'Ö=O|OE Ü=U|UE|UXX')

/** Azerbaijani: what is met of the letters whose sound differs from English. No published table was found. */
export const azerbaijaniLatin = scheme(
  'Azerbaijani Latin',
  'Ö=O|OE Ü=U|UE|UXX Ə=A|E C=C|J|DJ|DZH Ç=C|CH Ğ=G|GH I=I|Y J=J|ZH Q=Q|G|K Ş=S|SH X=X|KH|H',
)

/** Uzbek in its Latin alphabet of 1995: the spelling itself, then the English-style one met in passports. */
export const uzbekLatin = scheme(
  'Uzbek Latin',
  "O'=O'|U' G'=G'|GH X=X|KH|H Q=Q|K J=J|DJ|DZH H=H|KH Ö=O|OE|U Ğ=G|GH Ş=S|SH Ç=C|CH",
)

/** The letters of the MRZ stand for themselves. */
export const plainLatin = scheme(
  'A to Z',
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}=${letter}`).join(' '),
)
