import { scheme } from '../scheme.ts'

// No table published by these states for passports was found, except the Mongolian standard. The entries are
// from practice as reported: press and consular notices, specimens, and the PCGN tables that English uses.

const VOWELS = 'АӘЕЁИІОӨУҰҮЫЭЮЯ'

/** Kazakh: Khill for Хилл, Yerlan, Zhanar, and the doubled S of Kassym and Assel. */
export const kazakhstan = scheme(
  'Kazakhstan',
  'Ә=A|E|AE Ғ=G|GH Қ=K|Q Ң=N|NG Ө=O|OE|U Ұ=U Ү=U|UE|YU Һ=H|KH І=I|Y Ё=YO|E Ж=ZH|J|DZH Й=Y|I Х=KH|H Ъ= Ь=',
  'Ы=Y|I Ю=YU|IU Я=YA|IA КС=KS|X ИЙ[$]=IY|Y|I',
  `[^${VOWELS}ЪЬ]Е=YE|E [${VOWELS}]С[${VOWELS}]=S|SS [${VOWELS}]СС=SS`,
)

/** The Kazakh Latin alphabet of 2021, marks dropped. */
export const kazakhLatin2021 = scheme('Kazakh Latin 2021', 'Ғ=G Қ=Q Ж=J Ш=S Х=H Һ=H Й=I Ң=N Ч=CH|TS')

/** Kyrgyz: the ICAO table with these three letters; ZH, J and DZH are all met (DZHUMAGULOV). */
export const kyrgyzstan = scheme(
  'Kyrgyzstan',
  'Ң=N|NG Ө=O|OE|U Ү=U|UE|YU Ж=ZH|J|DZH Й=I|Y Х=KH|H Ы=Y|I Ю=IU|YU Я=IA|YA Ё=E|YO|IO Ъ=IE| [^]Е=E|YE',
)

/** Tajik: Jamshed, Khujand, Qodirov, and the Russian readings of the same letters. */
export const tajikistan = scheme(
  'Tajikistan',
  'Ғ=GH|G Ӣ=I|Y Қ=Q|K Ӯ=U|O Ҳ=H|KH Ҷ=J|DZH|DJ|CH Х=KH|H Ё=YO|E|IO Й=Y|I Ю=YU|IU Я=YA|IA Ъ= [^]Е=YE|E',
)

/** Uzbek in Cyrillic: the ICAO table as far as it goes (so Ў is U), then the Latin alphabet of 1995. */
export const uzbekistan = scheme(
  'Uzbekistan',
  'Ў=U|O Қ=K|Q Ғ=G|GH Ҳ=H|KH|X Х=KH|X|H Ж=J|ZH|DJ|DZH Й=Y|I Ё=YO|E|IO Ю=YU|IU Я=YA|IA Ъ= Ь= Ц=TS|S',
  '[^АЕЁИОУЭЮЯЎЙЪЬ]Е=YE|E',
)

/** Mongolian: national standard MNS 5217:2012, its Ö and Ü without marks; Ө is often written U. */
export const mongolia = scheme(
  'Mongolia',
  'Е=YE|E Ё=YO Ж=J|ZH Й=I|Y Ө=O|U|OE Ү=U|UE Х=KH|H Щ=SH|SHCH Ъ=I| Ы=Y|II|I Ь=I| Э=E Ю=YU Я=YA В=V|W К=K',
)
