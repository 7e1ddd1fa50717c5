import type { SpecimenPaper } from './specimens/passport.ts'
import { UTOPIA } from './specimens/state.ts'

/** A paper of Utopia as its office would fill it in; tests vary it. */
export const PAPER: SpecimenPaper = {
  person: {
    familyName: 'Eriksson',
    givenNames: 'Anna Maria',
    language: 'en',
    documentCode: 'PT',
    nationality: 'RUS',
    birth: { year: 1974, month: 8, day: 12 },
    sex: 'F',
  },
  state: UTOPIA,
  number: 'L898902C3',
  issued: { year: 2026, month: 11, day: 23 },
  expires: { year: 2028, month: 11, day: 22 },
  returnRight: { kind: 'while-valid' },
}
