import type { Practice, Tables } from './languages.ts'
import { tablesFor } from './languages.ts'
import { lettersOf } from './letters.ts'
import { ruleAt } from './scheme.ts'

export interface TransliterationOptions {
  /** The language of the name, as a BCP 47 tag; `sr-Cyrl-RS` is read as `sr`. */
  readonly language: string
  /**
   * Whose table is written first: the standard's (the rule), or that of the state whose language it is, for a
   * name that is to look as in that state's own passports. Default `icao`.
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

export function spellingsOf(text: string, options: TransliterationOptions): Spellings {
  const tables = tablesFor(options.language, options.practice)
  return { letters: lettersOf(text, tables.known), tables }
}

/** The step that a document takes: that of the first scheme with a rule, or of `preferred` if it has one. */
export function firstStep({ letters, tables }: Spellings, i: number, preferred?: number): Step {
  if (preferred !== undefined) {
    const step = stepsOf(letters, i, tables, preferred)[0]
    if (step !== undefined) return step
  }
  for (let scheme = 0; scheme < tables.schemes.length; scheme++) {
    const step = stepsOf(letters, i, tables, scheme)[0]
    if (step !== undefined) return step
  }
  return asItStands(letters, i)
}

/** Every step from a place, the one a document takes first. `count` is how many of the schemes are asked. */
export function stepsAt({ letters, tables }: Spellings, i: number, count = tables.schemes.length): Step[] {
  const steps: Step[] = []
  for (let scheme = 0; scheme < count; scheme++) steps.push(...stepsOf(letters, i, tables, scheme))
  return steps.length > 0 ? steps : [asItStands(letters, i)]
}

function stepsOf(letters: string, i: number, tables: Tables, scheme: number): Step[] {
  const rule = ruleAt(tables.schemes[scheme]!, letters, i)
  if (rule === undefined) return []
  return rule.write.map((write) => ({ to: i + rule.letters.length, write, scheme }))
}

/** Punctuation: the writer of the MRZ deals with it. */
function asItStands(letters: string, i: number): Step {
  return { to: i + 1, write: letters.charAt(i), scheme: -1 }
}
