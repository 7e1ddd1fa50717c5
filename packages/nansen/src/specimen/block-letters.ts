import type { Shape } from './shapes.ts'

/** Rows of five blocks. */
const LETTERS: Readonly<Record<string, readonly string[]>> = {
  S: [' ####', '#    ', '#    ', ' ### ', '    #', '    #', '#### '],
  P: ['#### ', '#   #', '#   #', '#### ', '#    ', '#    ', '#    '],
  E: ['#####', '#    ', '#    ', '#### ', '#    ', '#    ', '#####'],
  C: [' ####', '#    ', '#    ', '#    ', '#    ', '#    ', ' ####'],
  I: ['#####', '  #  ', '  #  ', '  #  ', '  #  ', '  #  ', '#####'],
  M: ['#   #', '## ##', '# # #', '# # #', '#   #', '#   #', '#   #'],
  N: ['#   #', '##  #', '# # #', '# # #', '#  ##', '#   #', '#   #'],
}
const ROWS = Array.from({ length: 7 }, (_, row) =>
  [...'SPECIMEN'].map((each) => LETTERS[each]![row]).join(' '),
)

/** Of the word, in blocks. */
export const WORD_WIDTH = ROWS[0]!.length
export const WORD_HEIGHT = ROWS.length

/**
 * The word SPECIMEN, so that nobody takes what bears it for a document. In blocks: it needs no font.
 * @param block the side of one, in pixels
 */
export function specimenWord(left: number, top: number, block: number): Shape {
  const filled = (x: number, y: number): boolean => ROWS[y]?.[x] === '#'
  return {
    box: { left, top, right: left + WORD_WIDTH * block, bottom: top + WORD_HEIGHT * block },
    distance: (px, py) => {
      const [x, y] = [(px - left) / block, (py - top) / block]
      return filled(Math.floor(x), Math.floor(y)) ? -1 : 1
    },
  }
}
