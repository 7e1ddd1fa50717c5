import type { ReturnRight } from '../lds/return-right.ts'

/** One text in the three languages of the page. */
export interface Words {
  readonly en: string
  readonly fr: string
  readonly ru: string
}

const PASSPORT: Words = { en: 'PASSPORT', fr: 'PASSEPORT', ru: 'ПАСПОРТ' }
const TRAVEL_DOCUMENT: Words = {
  en: 'TRAVEL DOCUMENT',
  fr: 'TITRE DE VOYAGE',
  ru: 'ПРОЕЗДНОЙ ДОКУМЕНТ',
}

/** A title, and the convention under which the document is given, where there is one. */
export interface Title extends Words {
  readonly convention: string
}

/**
 * What a document is called: travel document where a convention asks for one, else passport. [9303-4 §4.1.1]
 * @returns `undefined` for a code that is not given to people without the protection of their state
 */
export function titleOf(documentCode: string): Title | undefined {
  switch (documentCode) {
    case 'PR':
      return { ...TRAVEL_DOCUMENT, convention: 'Convention of 28 July 1951' }
    case 'PS':
      return { ...TRAVEL_DOCUMENT, convention: 'Convention of 28 September 1954' }
    case 'PT':
      return { ...PASSPORT, convention: '' }
    default:
      return undefined
  }
}

/** What is printed for the codes of people who have no nationality, or whose nationality is not said. */
const WITHOUT_NATIONALITY: Readonly<Record<string, string>> = {
  XXA: 'Stateless person',
  XXB: 'Refugee',
  XXC: 'Refugee',
  XXX: 'Unspecified',
}

export const nationalityWords = (code: string): string | undefined =>
  Object.hasOwn(WITHOUT_NATIONALITY, code) ? WITHOUT_NATIONALITY[code] : undefined

/** The right to come back, as a sentence for the page of observations. @param until the day as printed */
export function returnRightSentence({ kind }: ReturnRight, until: string): Words {
  switch (kind) {
    case 'none':
      return {
        en: 'This document alone gives no right to return to the state that issued it.',
        fr: 'Le présent titre ne donne pas, à lui seul, le droit de revenir dans l’État qui l’a délivré.',
        ru: 'Сам по себе документ не даёт права вернуться в выдавшее его государство.',
      }
    case 'until-date':
      return {
        en: `The holder may return to the state that issued this document until ${until}.`,
        fr: `Le titulaire peut revenir dans l’État qui a délivré le présent titre jusqu’au ${until}.`,
        ru: `Владелец вправе вернуться в выдавшее документ государство до ${until}.`,
      }
    case 'while-valid':
      return {
        en: 'The holder may return to the state that issued this document for as long as it is valid.',
        fr: 'Le titulaire peut revenir dans l’État qui a délivré le présent titre tant que celui-ci est valable.',
        ru: 'Владелец вправе вернуться в выдавшее документ государство в течение срока его действия.',
      }
    case 'unlimited':
      return {
        en: 'The holder may return to the state that issued this document at any time, also after it has expired.',
        fr: 'Le titulaire peut à tout moment revenir dans l’État qui a délivré le présent titre, même expiré.',
        ru: 'Владелец вправе вернуться в выдавшее документ государство в любое время, в том числе по истечении срока его действия.',
      }
  }
}

export const RENEWAL: Words = {
  en: 'It can be renewed at any consulate of a state that takes part.',
  fr: 'Il peut être renouvelé auprès de tout consulat d’un État participant.',
  ru: 'Документ можно продлить в любом консульстве участвующего государства.',
}

export const SPECIMEN: Words = {
  en: 'SPECIMEN of a state that does not exist, made for tests and training. It gives no right to anything.',
  fr: 'SPÉCIMEN d’un État qui n’existe pas, fait pour des essais et la formation. Il ne donne aucun droit.',
  ru: 'ОБРАЗЕЦ документа несуществующего государства для испытаний и обучения. Прав не даёт.',
}
