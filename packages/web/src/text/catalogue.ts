import { applicant as enApplicant } from './en/applicant.ts'
import { common as enCommon } from './en/common.ts'
import { office as enOffice } from './en/office.ts'
import { publicPages as enPublic } from './en/public.ts'
import { rules as enRules } from './en/rules.ts'
import { applicant as ruApplicant } from './ru/applicant.ts'
import { common as ruCommon } from './ru/common.ts'
import { office as ruOffice } from './ru/office.ts'
import { publicPages as ruPublic } from './ru/public.ts'
import { rules as ruRules } from './ru/rules.ts'

/** Languages that are complete. */
export const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

const en = { common: enCommon, public: enPublic, applicant: enApplicant, rules: enRules, office: enOffice }

/** Every line of the site. English says which lines there are; one missing in another language fails the build. */
export type Catalogue = typeof en

const ru: Catalogue = {
  common: ruCommon,
  public: ruPublic,
  applicant: ruApplicant,
  rules: ruRules,
  office: ruOffice,
}

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ru }
