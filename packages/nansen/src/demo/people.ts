/** Twelve people who do not exist, each a case that has failed somewhere. */
export interface DemoPerson {
  /** What is hard about it, in a few words. */
  readonly about: string
  /** The columns of people.csv, without the portrait. */
  readonly row: readonly [
    id: string,
    familyName: string,
    givenNames: string,
    language: string,
    nationality: string,
    birthDate: string,
    sex: 'M' | 'F' | 'X',
    documentCode: 'PR' | 'PS' | 'PT',
  ]
}

// biome-ignore format: one row a person
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { about: 'Russian; an alien whose state is not asked', row: ['anna', 'Щербакова', 'Анна Юрьевна', 'ru', 'RUS', '1987-04-12', 'F', 'PT'] },
  { about: 'Russian; letters that become several', row: ['yury', 'Жемчужников', 'Юрий Ильич', 'ru', 'RUS', '1979-11-30', 'M', 'PT'] },
  { about: 'Ukrainian; a refugee', row: ['oleksii', 'Їжакевич', 'Олексій', 'uk', 'XXB', '1995-02-28', 'M', 'PR'] },
  { about: 'Belarusian', row: ['sviatlana', 'Цімафеева', 'Святлана', 'be', 'BLR', '1983-07-19', 'F', 'PT'] },
  { about: 'Georgian; day and month of birth unknown', row: ['giorgi', 'ქავთარაძე', 'გიორგი', 'ka', 'XXB', '1991-XX-XX', 'M', 'PR'] },
  { about: 'Armenian; a child', row: ['nare', 'Պետրոսյան', 'Նարե', 'hy', 'XXB', '2021-08-30', 'F', 'PR'] },
  { about: 'Arabic, written from right to left', row: ['layla', 'الخطيب', 'ليلى', 'ar', 'XXB', '1990-06-15', 'F', 'PR'] },
  { about: 'one name only; birth unknown; stateless', row: ['maryam', 'Maryam', '', 'en', 'XXA', 'XXXX-XX-XX', 'X', 'PS'] },
  { about: 'names too long for the zone', row: ['andry', 'Rasoloarimanana-Ravololonirina', 'Andriamihaja Tsilavonirina Maximilien', 'fr', 'XXC', '1968-01-05', 'M', 'PR'] },
  { about: 'apostrophe and hyphen', row: ['sean', "O'Sullivan-d'Arbanville", 'Seán', 'en', 'XXA', '1959-12-24', 'M', 'PS'] },
  { about: 'Kazakh; month known, day not', row: ['aigerim', 'Сәтбаева', 'Әйгерім', 'kk', 'KAZ', '1998-03-XX', 'F', 'PT'] },
  { about: 'diacritics of Latin script', row: ['zofia', 'Żółkiewska', 'Zofia Ärla', 'pl', 'XXA', '2001-10-09', 'F', 'PS'] },
]

const HEADER = 'id,family_name,given_names,language,nationality,birth_date,sex,document_code,portrait'

/** Them as people.csv. */
export const demoList = (): string =>
  `${[HEADER, ...DEMO_PEOPLE.map(({ row }) => `${row.join(',')},`)].join('\n')}\n`
