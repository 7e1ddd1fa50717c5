import type { Catalogue, Language } from '../../text/catalogue.ts'

/** What a code of the rules says to people; a code that the texts do not know is shown as it is. */
export const ruleWord = (text: Catalogue, list: keyof Catalogue['rules'], code: string): string =>
  (text.rules[list] as Readonly<Record<string, string>>)[code] ?? code

/** What a piece of evidence is: of an answer, what was asked for. */
export function evidenceWord({ rules, office }: Catalogue, kind: string): string {
  const kinds: Readonly<Record<string, string>> = rules.evidenceKinds
  const asked: Readonly<Record<string, string>> = office.requestMore.codes
  return kinds[kind] ?? asked[kind] ?? office.case.evidence.answered
}

/** A language in the words of another. */
export function languageWord(language: Language, tag: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
