import { scheme } from '../scheme.ts'

// Since 2013 Russian passports follow the ICAO table (Federal Migration Service order 320 of 2012, Ministry
// of the Interior orders 996 of 2019 and 186 of 2021), so the state's own table is the first of the language.

/** Passports of 2010 to 2013: GOST R 52535.1-2006. */
export const russia2010 = scheme('Russia 2010', 'Ц=TC Ъ=')

/** Passports of 1997 to 2010: Ministry of the Interior order 310 of 1997, the English variant. */
export const russia1997 = scheme(
  'Russia 1997',
  'Й=Y Ъ= Ь= Ю=YU Я=YA Ё=E|YO|IO [^АЕЁИОУЫЭЮЯЪЬ]Ё=YO|YE|E',
  '[^АЕЁИОУЫЭЮЯ]Е=YE|E ЪЕ=YE|E ЬЕ=YE|IE|E ЬЁ=YE|YO ИЙ[$]=IY|Y ЫЙ[$]=YY|Y ЕЙ[$]=EY|YEY КС=KS|X Х=KH|H',
)

/** Soviet passports and those until 1997: after the French manner. */
export const sovietFrench = scheme(
  'Soviet, French manner',
  'Ж=J У=OU|U Ц=TS|TZ Ч=TCH Ш=CH Щ=CHTCH|STCH Й=I|Y Ъ= Ь= Ю=IOU|YU|YOU|IU Я=IA|YA Ё=E|IO КС=X|KS',
  'ГЕ=GUE ГИ=GUI ГЫ=GUY ЬЕ=IE|E ИН[$]=INE|IN ЫН[$]=YNE|YN ИЙ[$]=I|II|Y ЫЙ[$]=Y|YI',
  '[АЕЁИОУЫЭЮЯ]С[АЕЁИОУЫЭЮЯ]=SS|S',
)
