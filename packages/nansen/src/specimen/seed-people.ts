import type { DraftPerson } from '@nansen/authority'

/** Somebody who does not exist, as their application says. */
export interface SeedPerson
  extends Pick<
    DraftPerson,
    'familyName' | 'givenNames' | 'nameLanguage' | 'birthDate' | 'sex' | 'nationality'
  > {
  readonly documentCode: 'PR' | 'PS' | 'PT'
}

const person = (
  familyName: string,
  givenNames: string,
  nameLanguage: string,
  birthDate: string,
  sex: 'M' | 'F' | 'X',
  nationality: string,
  documentCode: 'PR' | 'PS' | 'PT' = 'PT',
): SeedPerson => ({ familyName, givenNames, nameLanguage, birthDate, sex, nationality, documentCode })

export const SEED_PEOPLE = {
  waiting: person('Северская', 'Мария Олеговна', 'ru', '1992-05-17', 'F', 'RUS'),
  fresh: person('Громов', 'Илья Андреевич', 'ru', '1988-09-02', 'M', 'RUS'),
  refugee: person('Їжакевич', 'Олексій', 'uk', '1995-02-28', 'M', 'XXB', 'PR'),
  seen: person('Цімафеева', 'Святлана', 'be', '1983-07-19', 'F', 'BLR'),
  once: person('Ветрова', 'Ксения Павловна', 'ru', '1990-12-08', 'F', 'RUS'),
  twice: person('Vetrova', 'Kseniya', 'en', '1990-12-08', 'F', 'RUS'),
  wanted: person('Лесков', 'Артём Игоревич', 'ru', '1985-03-23', 'M', 'RUS'),
  ready: person('Сәтбаева', 'Әйгерім', 'kk', '1998-03-XX', 'F', 'KAZ'),
  decided: person('Озеров', 'Павел Дмитриевич', 'ru', '1979-10-11', 'M', 'RUS'),
  refused: person('Каменский', 'Роман', 'ru', '1994-01-30', 'M', 'RUS'),
  appealing: person('Зимина', 'Алёна Викторовна', 'ru', '1996-06-21', 'F', 'RUS'),
  approved: person('Maryam', '', 'en', 'XXXX-XX-XX', 'X', 'XXA', 'PS'),
  printing: person('Тополев', 'Денис Олегович', 'ru', '1981-08-14', 'M', 'RUS'),
  collected: person('Щербакова', 'Анна Юрьевна', 'ru', '1987-04-12', 'F', 'RUS'),
  mother: person('Полянская', 'Ольга Сергеевна', 'ru', '1986-11-05', 'F', 'RUS'),
  daughter: person('Полянская', 'Вера', 'ru', '2017-04-09', 'F', 'RUS'),
  son: person('Полянский', 'Лев', 'ru', '2020-02-14', 'M', 'RUS'),
} as const satisfies Readonly<Record<string, SeedPerson>>
