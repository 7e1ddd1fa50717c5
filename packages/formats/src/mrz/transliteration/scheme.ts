/** One line of a table: how a letter, or a group of letters, is written, and where. */
export interface Rule {
  readonly letters: string
  /** The spelling a document gets, then others that are admitted when names are compared. */
  readonly write: readonly string[]
  /** Only after one of these letters; `^` stands for the start of a word. */
  readonly after: string | undefined
  /** Only before one of these letters; `$` stands for the end of a word. */
  readonly before: string | undefined
}

/** One way of writing names in A–Z, as a state or a standard lays it down. */
export interface Scheme {
  readonly name: string
  /** By the first letter; longer groups and rules with a context come first. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>
}

const ENTRY = /^(?:\[([^\]]+)\])?([^[\]=]+)(?:\[([^\]]+)\])?=([A-Z'|<]*)$/u

/**
 * A scheme from its table. Entries stand between spaces:
 * `Ж=ZH` a letter; `Ä=AE|A` the first spelling is written, the others are admitted; `Ь=` not written;
 * `КС=X` letters together; `[^АЕ]Е=YE` at the start of a word, after А or after Е; `ИЙ[$]=Y` at the end.
 */
export function scheme(name: string, ...table: readonly string[]): Scheme {
  const rules = new Map<string, Rule[]>()
  for (const entry of table.join(' ').trim().split(/\s+/u)) {
    const rule = parseEntry(name, entry)
    const first = rule.letters.charAt(0)
    rules.set(first, [...(rules.get(first) ?? []), rule])
  }
  for (const list of rules.values()) list.sort(mostParticularFirst)
  return { name, rules }
}

/** What the scheme writes for the letters that begin at `i`, or undefined where it has nothing to say. */
export function ruleAt(given: Scheme, letters: string, i: number): Rule | undefined {
  return given.rules.get(letters.charAt(i))?.find((rule) => applies(rule, letters, i))
}

function applies(rule: Rule, letters: string, i: number): boolean {
  if (!letters.startsWith(rule.letters, i)) return false
  const end = i + rule.letters.length
  return (
    (rule.after === undefined || rule.after.includes(before(letters, i))) &&
    (rule.before === undefined || rule.before.includes(after(letters, end)))
  )
}

function before(letters: string, i: number): string {
  return i === 0 || isWordBreak(letters.charAt(i - 1)) ? '^' : letters.charAt(i - 1)
}

function after(letters: string, end: number): string {
  return end === letters.length || isWordBreak(letters.charAt(end)) ? '$' : letters.charAt(end)
}

/** Whether a character parts words. An apostrophe does not: В'ячеслав is one word. */
function isWordBreak(character: string): boolean {
  return character !== "'" && /^[ -@[-`{-~]$/.test(character)
}

function parseEntry(name: string, entry: string): Rule {
  const parts = ENTRY.exec(entry)
  if (parts === null) throw new TypeError(`table ${name}: ${entry}`)
  return { after: parts[1], letters: parts[2]!, before: parts[3], write: parts[4]!.split('|') }
}

function mostParticularFirst(a: Rule, b: Rule): number {
  return b.letters.length - a.letters.length || contexts(b) - contexts(a)
}

function contexts(rule: Rule): number {
  return Number(rule.after !== undefined) + Number(rule.before !== undefined)
}
