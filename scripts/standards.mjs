// How standards are cited, read from source: used by test/standards.test.ts and scripts/standards-index.mjs.
import { parseSync } from 'vite'

/** One citation, or an attempt at one that is not spelled as docs/standards.md says.
 * @typedef {{ path: string, line: number, tag: string, section: string }} Citation
 * @typedef {{ path: string, line: number, text: string }} Misspelling
 * @typedef {{ citations: Citation[], misspelt: Misspelling[] }} Found
 * @typedef {{ path: string, text: string }} SourceFile
 * @typedef {{ title: string, edition: string, date: string }} Standard
 * @typedef {{ type?: string, start: number, value?: unknown, quasis: { value: { cooked: string | null } }[] }} Loose
 */

const SECTION = '§(?:[A-Z]+|\\d+[a-z]?)(?:\\.(?:\\d+[a-z]?|[A-Z]))*'
const ITEM = `(?:${SECTION}|(?:table|figure|appendix|annex) [A-Z0-9][A-Za-z0-9.-]*)`
const CITATION = new RegExp(`^([A-Z0-9][A-Za-z0-9.-]*) (${ITEM}(?:, ${ITEM})*)$`)
/** In brackets; or in backticks, where a text speaks of the spelling itself. */
const FRAMED = /\[([^[\]\n]*)\]|`([^`\n]*)`/g

/** `X.690 §10, §11` → its parts; `undefined` if it is not a citation.
 * @param {string} text
 */
export function parseCitation(text) {
  const match = CITATION.exec(text)
  return match === null ? undefined : { tag: match[1] ?? '', sections: (match[2] ?? '').split(', ') }
}

/** The citations of TypeScript or JavaScript: in brackets in comments and in text, bare where a string is nothing else.
 * @param {SourceFile} file
 * @returns {Found}
 */
export function citationsInSource({ path, text }) {
  const { program, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} does not parse`)
  /** @type {Found} */
  const found = { citations: [], misspelt: [] }
  for (const { value, start } of comments) collect(found, path, value, lineOf(text, start))
  for (const { value, start } of stringsIn(program)) {
    const line = lineOf(text, start)
    const bare = parseCitation(value)
    if (bare !== undefined) add(found, path, line, bare)
    else collect(found, path, value, line)
  }
  return found
}

/** The citations of a page of documentation.
 * @param {SourceFile} file
 * @returns {Found}
 */
export function citationsInPage({ path, text }) {
  /** @type {Found} */
  const found = { citations: [], misspelt: [] }
  collect(found, path, text, 1)
  return found
}

/**
 * @param {Found} found
 * @param {string} path
 * @param {string} text
 * @param {number} firstLine
 */
function collect(found, path, text, firstLine) {
  let rest = text
  for (const match of text.matchAll(FRAMED)) {
    const citation = parseCitation(match[1] ?? match[2] ?? '')
    if (citation === undefined) continue
    add(found, path, firstLine + lineOf(text, match.index) - 1, citation)
    rest =
      rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length)
  }
  for (const match of rest.matchAll(/[^\n]*§[^\n]*/g))
    found.misspelt.push({ path, line: firstLine + lineOf(text, match.index) - 1, text: match[0].trim() })
}

/**
 * @param {Found} found
 * @param {string} path
 * @param {number} line
 * @param {{ tag: string, sections: string[] }} citation
 */
function add(found, path, line, { tag, sections }) {
  for (const section of sections) found.citations.push({ path, line, tag, section })
}

/** Every string literal, and every template with an N for each of its holes.
 * @param {unknown} node
 * @returns {Generator<{ value: string, start: number }>}
 */
function* stringsIn(node) {
  if (typeof node !== 'object' || node === null) return
  if (Array.isArray(node)) {
    for (const one of node) yield* stringsIn(one)
    return
  }
  const { type, start, value, quasis } = /** @type {Loose} */ (node)
  if (type === 'Literal' && typeof value === 'string') yield { value, start }
  else {
    if (type === 'TemplateLiteral')
      yield { value: quasis.map((part) => part.value.cooked ?? '').join('N'), start }
    for (const child of Object.values(node)) yield* stringsIn(child)
  }
}

/**
 * @param {string} text
 * @param {number} offset
 */
function lineOf(text, offset) {
  return text.slice(0, offset).split('\n').length
}

/** The table of docs/standards.md, by tag. @throws Error for a tag that stands there twice
 * @param {string} page
 * @returns {Map<string, Standard>}
 */
export function parseStandards(page) {
  /** @type {Map<string, Standard>} */
  const standards = new Map()
  for (const [, tag = '', title = '', edition = '', date = ''] of page.matchAll(
    /^\| `([^`]+)` \| ([^|]*) \| ([^|]*) \| ([^|]*) \|/gm,
  )) {
    if (standards.has(tag)) throw new Error(`${tag} stands twice in docs/standards.md`)
    standards.set(tag, { title: title.trim(), edition: edition.trim(), date: date.trim() })
  }
  return standards
}

/** Two spellings of one tag come to the same: `RFC 5280`, `rfc5280`, `RFC-5280`.
 * @param {string} tag
 */
export function folded(tag) {
  return tag.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/** The codes that the types named `…Deviation` or `…DeviationCode` of a file declare.
 * @param {SourceFile} file
 * @returns {string[]}
 */
export function deviationCodes({ path, text }) {
  const { program } = parseSync(path, text)
  return program.body
    .map((node) => (node.type === 'ExportNamedDeclaration' ? node.declaration : node))
    .filter((node) => node?.type === 'TSTypeAliasDeclaration' || node?.type === 'TSInterfaceDeclaration')
    .filter(({ id }) => /Deviation(Code)?$/.test(id.name))
    .flatMap((node) => [...stringsIn(node)].map(({ value }) => value))
    .filter((value) => /^[a-z0-9]+\.[a-z0-9.-]+$/.test(value))
}
