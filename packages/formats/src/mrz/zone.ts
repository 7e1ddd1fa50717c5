import { FormatError } from '../format-error.ts'
import { NO_VALUE, VALUES } from './check-digit.ts'
import { LAYOUTS, type Layout } from './layout.ts'

/** Three lines of thirty, each ended by two characters: the longest text that is a zone. */
const LONGEST = 96
// One character an octet; whichever stand for octets above 127, they are not characters of a zone.
const OCTETS = new TextDecoder('latin1')
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** A text that has the outer form of a machine readable zone, and where its lines begin. */
export interface Zone {
  readonly text: string
  readonly layout: Layout
  readonly starts: readonly number[]
}

/**
 * Finds the lines of a zone: separated by line feeds (a carriage return before one is passed over, one
 * line end may follow the last line), or run together as DG1 holds them. [9303-3 §4.3], [9303-10 §4.7.1]
 * @throws FormatError mrz.too-long, mrz.character, mrz.line-count, mrz.line-length
 */
export function findLines(input: string | Uint8Array): Zone {
  if (input.length > LONGEST) throw new FormatError('mrz.too-long', LONGEST, '9303-3 §4.2')
  const text = typeof input === 'string' ? input : OCTETS.decode(input)
  const starts = [0]
  let width = -1
  let lineStart = 0
  let end = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 128 && VALUES[code] !== NO_VALUE) continue
    const next = afterLineEnd(text, i)
    if (width === -1) width = i
    else if (i - lineStart !== width) throw new FormatError('mrz.line-length', lineStart, '9303-3 §4.2')
    if (next === text.length) {
      end = i
      break
    }
    starts.push(next)
    lineStart = next
    i = next - 1
  }
  if (starts.length === 1) return unbroken(text, end)
  if (end - lineStart !== width) throw new FormatError('mrz.line-length', lineStart, '9303-3 §4.2')
  return { text, layout: layoutOf(text, width, starts.length), starts }
}

/** Where the line after the line end at `at` begins; anything else at that place has no business there. */
function afterLineEnd(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code === LINE_FEED) return at + 1
  if (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) return at + 2
  throw new FormatError('mrz.character', at, '9303-3 §4.3')
}

const UNBROKEN_STARTS: Readonly<Record<number, readonly number[]>> = {
  72: [0, 36],
  88: [0, 44],
  90: [0, 30, 60],
}

function unbroken(text: string, length: number): Zone {
  const starts = UNBROKEN_STARTS[length]
  if (starts === undefined) throw new FormatError('mrz.line-length', 0, '9303-3 §4.2')
  return { text, layout: layoutOf(text, starts[1]!, starts.length), starts }
}

/** A visa has the lines of a passport or of a TD2; only its first letter tells. [9303-7 §4.2.2] */
function layoutOf(text: string, width: number, lines: number): Layout {
  const visa = text.charCodeAt(0) === 0x56
  if (width === 44) return expectLines(LAYOUTS[visa ? 'MRV-A' : 'TD3'], lines, text)
  if (width === 36) return expectLines(LAYOUTS[visa ? 'MRV-B' : 'TD2'], lines, text)
  if (width === 30) return expectLines(LAYOUTS.TD1, lines, text)
  throw new FormatError('mrz.line-length', 0, '9303-3 §4.2')
}

function expectLines(layout: Layout, lines: number, text: string): Layout {
  if (lines !== layout.lines) throw new FormatError('mrz.line-count', text.length, layout.cites)
  return layout
}
