import { scheme } from '../scheme.ts'

/** Passports since 2010: Cabinet of Ministers resolution 55 of 2010, which also parts зг from ж. */
export const ukraine2010 = scheme(
  'Ukraine 2010',
  'ЗГ=ZGH Г=H Ґ=G И=Y Х=KH Щ=SHCH Ь=',
  'Є=IE Ї=I Й=I Ю=IU Я=IA [^]Є=YE [^]Ї=YI [^]Й=Y [^]Ю=YU [^]Я=YA',
)

/** Passports of 2007 to 2010: resolution 858 of 2007, with the same letter wherever it stands. */
export const ukraine2007 = scheme('Ukraine 2007', 'Г=G Ґ=G И=Y Є=IE Ї=I Й=I Ю=IU Я=IA')

/** The national system of 1996 and passports of 2004. */
export const ukraine1996 = scheme('Ukraine 1996', 'Г=H|G Щ=SCH|SHCH Ж=ZH|J Й=I|Y В=V|W К=K|C')

/** Soviet and early Ukrainian passports: the letters read as Russian ones. */
export const ukraineAsRussian = scheme(
  'Ukrainian read as Russian',
  'Г=G И=I|Y І=I Ї=I|YI Є=E|YE|IE Й=I|Y Ю=IU|YU|IOU Я=IA|YA Ж=ZH|J Ч=CH|TCH Ш=SH|CH У=U|OU',
)
