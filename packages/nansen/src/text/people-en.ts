import { COLUMNS, type PeopleFileError, type RowCode, type RowProblem } from '../people/index.ts'

/** One sentence a code; a missing one does not compile. */
const SENTENCES: Readonly<Record<RowCode, string>> = {
  'row.not-utf8': 'The row is not UTF-8. Save the list as “CSV UTF-8”.',
  'row.too-long': 'The row is longer than 4,096 octets.',
  'row.quotes': 'A quotation mark is not closed, or stands inside a field: write it twice there.',
  'row.field-count': 'The row has more or fewer fields than the header.',
  'row.id-twice': 'The id stands in an earlier row.',
  'portrait.path':
    'The portrait is a path inside the folder of the list: no “..”, no drive, no slash at its beginning.',
  'portrait.outside': 'The portrait is a link that leads out of the folder of the list.',
  'portrait.unreadable': 'There is no such picture, or it cannot be read.',
  'portrait.not-an-image': 'The picture is no JPEG or PNG, or it is damaged.',
  'portrait.too-large': 'The picture is larger than 10 MB or 24 million pixels.',
  'portrait.too-small': 'The picture is smaller than 300 by 386 pixels.',
  'portrait.decoder-died': 'The picture could not be opened: it took too long, or its reader ended.',
  'portrait.decoder-missing':
    'Pictures cannot be opened here: the optional part “sharp” is not installed. Leave the portrait empty for a drawn silhouette.',
  'order.shape': 'The row is no order.',
  'order.real-state':
    'Papers of a state that exists need an entry in a signed arrangement. From a list come specimens only.',
  'order.profile-unknown': 'There is no such kind of booklet.',
  'order.reference': 'The id is empty, longer than 100 characters, or has characters that are not seen.',
  'order.name-missing': 'The family name is empty. Of a person with one name, write it here.',
  'order.name-too-long': 'The name is longer than 100 characters.',
  'order.name-character':
    'The name has a digit, a character that is not seen, or a letter that cannot be written in A–Z.',
  'order.name-no-letter': 'The name has no letter.',
  'order.name-not-normal': 'The name has spaces too many, or letters in parts.',
  'order.language-unknown':
    'The language of the name is a tag such as ru, uk, ka or ar; this one is not known.',
  'order.nationality-unknown':
    'The nationality is a code of three letters, such as RUS, or XXA for a stateless person, XXB or XXC for a refugee; Germany is D.',
  'order.birth-date':
    'The date of birth is written 1987-04-12; what is not known is X: 1987-04-XX, 1987-XX-XX, XXXX-XX-XX.',
  'order.birth-date-future': 'The date of birth is in the future.',
  'order.sex': 'The sex is M, F or X.',
  'order.document-code': 'The document code is PR for refugees, PS for the stateless, PT for others.',
  'order.document-code-nationality':
    'Document code and nationality do not go together: PS goes with XXA; PR with XXB, XXC or the code of a state; PT with neither XXB nor XXC.',
  'order.portrait': 'The portrait is not named by its digest.',
}

/** A problem of a row in words, with its place and never its value. */
export function rowSentence({ line, field, code, firstLine }: RowProblem): string {
  const place = field === undefined ? `line ${line}` : `line ${line}, ${field}`
  const first = firstLine === undefined ? '' : ` (line ${firstLine})`
  return `${place}: ${SENTENCES[code]}${first} [${code}]`
}

/** Why a file is no list of people. */
export function peopleFileSentence({ code, missing, twice, unknown }: PeopleFileError): string {
  switch (code) {
    case 'people.unreadable':
      return 'There is no such file, or it cannot be read.'
    case 'people.empty':
      return `It is empty. Its first line is: ${COLUMNS.join(',')}`
    case 'people.not-utf8':
      return 'It is not UTF-8. Save the list as “CSV UTF-8”.'
    case 'people.too-large':
      return 'It has more than 100 MB or a million rows. Divide it; what was read until there is done.'
    case 'people.columns': {
      const faults = [
        missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
        twice.length > 0 ? `twice: ${twice.join(', ')}` : '',
        unknown > 0 ? `unknown: ${unknown}` : '',
      ].filter((fault) => fault !== '')
      return `Its first line names other columns (${faults.join('; ')}). It is, with commas: ${COLUMNS.join(',')}`
    }
  }
}
