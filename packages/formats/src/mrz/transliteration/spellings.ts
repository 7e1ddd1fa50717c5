import { type Practice, type Purpose, type Tables, tablesFor } from './languages.ts'
import { lettersOf } from './letters.ts'
import { ruleAt } from './scheme.ts'

export interface TransliterationOptions {
  /** The language of the name, as a BCP 47 tag; `sr-Cyrl-RS` is read as `sr`. */
  readonly language: string
  /**
   * Whose table is written: the standard's (the default), or that of the state whose language it is, for a
   * name that is to look as in that state's own passports. They differ for `uk`, `bg` and `sr`; `kk`, `ky`,
   * `tg`, `uz` and `mn`, for which the standard has no column, always follow the practice of their states.
   */
  readonly practice?: Practice
}

/** A way to write the letters from one place up to `to`. */
export interface Step {
  readonly to: number
  readonly write: string
  /** The number of the scheme that writes so. */
  readonly scheme: number
}

/** A name with every way there is to write it, place by place. */
export interface Spellings {
  readonly letters: string
  readonly tables: Tables
}

export function spellingsOf(text: string, options: TransliterationOptions, purpose: Purpose): Spellings {
  const tables = tablesFor(options.language, options.practice ?? 'icao', purpose)
  return { letters: lettersOf(text, tables.known), tables }
}

/** The step that a document takes: that of the first scheme with a rule, or of `preferred` if it has one. */
export function firstStep({ letters, tables }: Spellings, i: number, preferred?: number): Step {
  const candidates = tables.byLetter.get(letters.charAt(i)) ?? NONE
  for (const scheme of preferred === undefined ? candidates : [preferred, ...candidates]) {
    const rule = ruleAt(tables.schemes[scheme]!, letters, i)
    if (rule !== undefined) return { to: i + rule.letters.length, write: rule.write[0]!, scheme }
  }
  return asItStands(letters, i)
}

/** Every step from a place, the one a document takes first. */
export function stepsAt({ letters, tables }: Spellings, i: number): Step[] {
  const steps: Step[] = []
  for (const scheme of tables.byLetter.get(letters.charAt(i)) ?? NONE) {
    const rule = ruleAt(tables.schemes[scheme]!, letters, i)
    for (const write of rule?.write ?? []) steps.push({ to: i + rule!.letters.length, write, scheme })
  }
  return steps.length > 0 ? steps : [asItStands(letters, i)]
}

/** Punctuation: the writer of the MRZ deals with it. */
function asItStands(letters: string, i: number): Step {
  return { to: i + 1, write: letters.charAt(i), scheme: -1 }
}

const NONE: readonly number[] = []
