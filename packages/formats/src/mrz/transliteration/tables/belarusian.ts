import { scheme } from '../scheme.ts'

// Passports are observed to follow the ICAO row of Belarusian (MARYIA, SIARHEI), so it is also what the
// state's own practice means here. The four below are laid down for other registers and met in documents.

const IOTATED_AFTER = '^АЕЁІОУЭЮЯЫЎЬ'

/** The population register: Ministry of the Interior instruction 288 of 2008. */
export const belarusRegister = scheme(
  'Belarus population register 2008',
  'Г=G Й=J Ў=W',
  `[${IOTATED_AFTER}]Е=JE [${IOTATED_AFTER}]Ё=JO [${IOTATED_AFTER}]Ю=JU [${IOTATED_AFTER}]Я=JA`,
  "Е=IE|E Ё=IO Ю=IU Я=IA 'Е=JE 'Ё=JO 'Ю=JU 'Я=JA 'І=JI",
)

/** Geographical names since 2023: State Property Committee resolution 19. */
export const belarusPlaces2023 = scheme(
  'Belarus place names 2023',
  'Г=G Й=J Ў=W Х=H Ц=C',
  `[${IOTATED_AFTER}]Е=JE [${IOTATED_AFTER}]Ё=JO [${IOTATED_AFTER}]Ю=JU [${IOTATED_AFTER}]Я=JA`,
  "Е=IE Ё=IO Ю=IU Я=IA 'Е=JE 'Ё=JO 'Ю=JU 'Я=JA 'І=JI",
)

/** The Belarusian Latin alphabet of the rules of 2000 and 2007, its marks dropped. */
export const belarusLatin = scheme(
  'Belarusian Latin',
  'Г=H Й=J Ў=U Х=CH Ц=C Ч=C Ш=S Ж=Z Ь=',
  `[${IOTATED_AFTER}]Е=JE [${IOTATED_AFTER}]Ё=JO [${IOTATED_AFTER}]Ю=JU [${IOTATED_AFTER}]Я=JA`,
  "Е=IE Ё=IO Ю=IU Я=IA 'Е=JE 'Ё=JO 'Ю=JU 'Я=JA",
)

/** Soviet passports and those of the nineties: the letters read as Russian ones, or in the English manner. */
export const belarusAsRussian = scheme(
  'Belarusian read as Russian',
  'Г=G Ё=E|IO|YO Й=I|Y Ў=U|V|W Ю=IU|YU|IOU Я=IA|YA Ж=ZH|J Ч=CH|TCH Ш=SH|CH У=U|OU',
)
