import { scheme } from '../scheme.ts'

/** Bulgarian identity documents since 2010: regulation of the Council of Ministers 13 of 2010, annex 1. */
export const bulgaria2010 = scheme(
  'Bulgaria 2010',
  'Ж=ZH Й=Y Х=H Ц=TS Ч=CH Ш=SH Щ=SHT Ъ=A Ь=Y Ю=YU Я=YA ИЯ[$]=IA',
)

/** Bulgarian documents before: the standard of 1973 and the table of 1999. */
export const bulgariaOlder = scheme(
  'Bulgaria before 2010',
  'Й=J|Y Ц=C|TZ Ъ=A|U Ю=JU|YU Я=JA|YA Х=H|KH Щ=SHT|ST',
)

/** Bulgarian passports until 1999: after the French manner. */
export const bulgariaFrench = scheme(
  'Bulgaria, French manner',
  'Ж=J У=OU Ц=TZ|TS Ч=TCH Ш=CH Щ=CHT Ъ=A|E Й=I|Y Ю=IOU|YOU Я=IA|YA ГЕ=GUE ГИ=GUI Х=H|KH',
)

/**
 * Serbian as its own Latin alphabet writes it, marks dropped; what Serbian documents carry. It differs from
 * the ICAO row in Г, where the standard prints H.
 */
export const serbianLatin = scheme(
  'Serbian Latin',
  'Г=G Ђ=D|DJ Ж=Z Ј=J Љ=LJ Њ=NJ Ћ=C Х=H Ц=C Ч=C Џ=DZ|DJ Ш=S',
)

/** Serbian in documents of other states: after the English manner. */
export const serbianEnglish = scheme('Serbian, English manner', 'Ж=ZH Ч=CH Ћ=CH|C Ш=SH Ц=TS|C Ђ=DJ Џ=DJ|DZH')

/** Macedonian documents of Yugoslavia: the Serbian Latin alphabet, marks dropped, and near readings. */
export const macedonianOlder = scheme(
  'Macedonian before 2008',
  'Ѓ=G|DJ|D Ќ=K|C|KJ Ж=Z|ZH|J Ч=C Ш=S Џ=DZ|DZH Ц=C|TS',
)
