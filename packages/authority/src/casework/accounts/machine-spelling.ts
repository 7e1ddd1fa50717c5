import { nameComponents } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'

/**
 * A name as it will stand in the zone of the passport, before it is shortened: A–Z, components with a space between them.
 * What a person confirms before anything is printed. [9303-3 §4.6]
 * @param language of the name, as a BCP 47 tag
 * @throws FormatError mrz.* for a name that cannot be written
 */
export function machineSpelling(
  familyName: string,
  givenNames: string,
  language: string,
): { readonly familyName: string; readonly givenNames: string } {
  const spell = (name: string) => nameComponents(transliterate(name, { language })).join(' ')
  return { familyName: spell(familyName), givenNames: spell(givenNames) }
}
