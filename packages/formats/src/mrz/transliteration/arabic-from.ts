import { ARABIC_ROWS, SHADDA } from './tables/arabic.ts'

/** The letter of each code, and of XAH the same as of XTA. Where two letters share a code, the commoner. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ...[...ARABIC_ROWS].reverse().map(([letter, code]): [string, string] => [code, letter]),
  ['XAH', 'ة'],
])

/**
 * The Arabic letters a name written by the ICAO table comes from, as a hint to an officer: Arabic script
 * cannot be told from the MRZ, so the caller must know that the issuing state uses the table. A code twice
 * over is read as one letter with shadda, except L after the article. Undefined where it is not of the table.
 * [9303-3 §B.6]
 */
export function arabicFrom(mrzName: string): string | undefined {
  const components = mrzName.split(/<+/).filter((component) => component !== '')
  const read = components.map(componentFrom)
  return read.includes(undefined) ? undefined : read.join(' ')
}

function componentFrom(component: string): string | undefined {
  const codes = codesOf(component)
  if (codes === undefined) return undefined
  let letters = ''
  for (let i = 0; i < codes.length; i++) {
    const twice = codes[i] === codes[i + 1] && !(i === 1 && codes[i] === 'L' && codes[0] === 'A')
    letters += LETTERS.get(codes[i]!)! + (twice ? SHADDA : '')
    if (twice) i++
  }
  return letters
}

/** No code is the beginning of another, so there is one way to part them. */
function codesOf(component: string): string[] | undefined {
  const codes: string[] = []
  for (let i = 0; i < component.length; ) {
    const code = [3, 2, 1].map((length) => component.slice(i, i + length)).find((one) => LETTERS.has(one))
    if (code === undefined) return undefined
    codes.push(code)
    i += code.length
  }
  return codes
}
