import { specimenWord, WORD_HEIGHT, WORD_WIDTH } from './block-letters.ts'
import { Canvas, type Colour } from './canvas.ts'
import { encodeJpeg } from './jpeg.ts'
import { bar, both, circle, either, ellipse, line, ring, type Shape, stroke } from './shapes.ts'
import { type Variety, varietyOf } from './variety.ts'

/** `booklet`: a passport laid open. `card`: an identity card. `certificate`: of birth, of study. `letter`: anybody's. */
export type SpecimenDocumentKind = 'booklet' | 'card' | 'certificate' | 'letter'

const QUALITY = 80

/** What a paper is photographed on. */
const TABLES: readonly Colour[] = [
  [112, 104, 96],
  [92, 96, 100],
  [128, 116, 98],
  [86, 92, 88],
]
const PAPERS: readonly Colour[] = [
  [246, 244, 238],
  [243, 244, 245],
  [245, 240, 228],
]
const INKS: readonly Colour[] = [
  [40, 66, 128],
  [136, 44, 60],
  [66, 56, 120],
  [36, 96, 92],
]
const TEXT: Colour = [150, 152, 156]
const DARK_TEXT: Colour = [98, 102, 108]

interface Sheet {
  readonly canvas: Canvas
  readonly variety: Variety
  readonly ink: Colour
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * A photograph of a document, drawn: a sheet on a table with grey lines for text, a stamp, and SPECIMEN across it, as
 * JPEG of about a thousand pixels along its long side. It names nobody.
 * @param seed any whole number: the same draws the same
 */
export function specimenDocument(kind: SpecimenDocumentKind, seed: number): Uint8Array {
  const variety = varietyOf(seed)
  const [width, height] = kind === 'card' ? [1000, 680] : [720, 1000]
  const canvas = new Canvas(width, height, variety.pick(TABLES), variety.between(-1.6, 1.6))
  const margin = kind === 'card' ? 60 : 40
  const sheet: Sheet = {
    canvas,
    variety,
    ink: variety.pick(INKS),
    left: margin,
    top: margin,
    right: width - margin,
    bottom: height - margin,
  }
  drawPaper(sheet, kind === 'card' || kind === 'booklet' ? 22 : 2)
  DRAWN[kind](sheet)
  drawWordAcross(sheet)
  return encodeJpeg(canvas, QUALITY)
}

const DRAWN: Readonly<Record<SpecimenDocumentKind, (sheet: Sheet) => void>> = {
  booklet: drawBooklet,
  card: drawCard,
  certificate: drawCertificate,
  letter: drawLetter,
}

function drawPaper({ canvas, variety, left, top, right, bottom }: Sheet, round: number): void {
  // A shadow, darker the nearer.
  for (const out of [12, 8, 4])
    canvas.paint(
      bar(left - out / 2, top - out / 4, right + out, bottom + out, round + out),
      [30, 28, 28],
      0.14,
    )
  canvas.paint(bar(left, top, right, bottom, round), variety.pick(PAPERS))
}

/** Words as bars, from one place to about another. */
function drawWords(
  { canvas, variety }: Sheet,
  left: number,
  right: number,
  y: number,
  size: number,
  ink = TEXT,
) {
  for (let x = left; x < right - size; ) {
    const end = Math.min(right, x + variety.between(size * 1.5, size * 6))
    canvas.paint(bar(x, y, end, y + size * 0.62, size * 0.14), ink)
    x = end + size * 0.6
  }
}

function drawParagraph(sheet: Sheet, left: number, right: number, top: number, lines: number): number {
  for (let i = 0; i < lines; i++) {
    const end = i === lines - 1 ? left + (right - left) * sheet.variety.between(0.3, 0.8) : right
    drawWords(sheet, left, end, top + i * 26, 15)
  }
  return top + lines * 26
}

function drawSignature({ canvas, variety, ink }: Sheet, left: number, y: number, width: number): void {
  const [fast, slow, tall] = [variety.between(5, 9), variety.between(1.5, 3), variety.between(14, 24)]
  const points = Array.from({ length: 48 }, (_, i) => {
    const part = i / 47
    const height = Math.sin(part * fast * 4) * tall * (1 - part * 0.7) + Math.sin(part * slow * 3) * 8
    return [left + part * width + Math.sin(part * fast * 4 + 1) * 8, y - height] as const
  })
  canvas.paint(stroke(points, 2.6), ink, 0.85)
}

function drawStamp({ canvas, ink }: Sheet, x: number, y: number, radius: number): void {
  const block = (radius * 1.5) / WORD_WIDTH
  const rays = Array.from({ length: 36 }, (_, i) => {
    const turn = (i * Math.PI) / 18
    return circle(x + Math.cos(turn) * radius * 0.84, y + Math.sin(turn) * radius * 0.84, radius * 0.03)
  })
  const [word, high] = [specimenWord(x - radius * 0.75, y - block * 3.5, block), radius * 0.2]
  const lines = [-1, 1].map((side) =>
    bar(x - radius * 0.62, y + side * high - 1, x + radius * 0.62, y + side * high + 1),
  )
  for (const shape of [ring(x, y, radius, 4), ring(x, y, radius * 0.72, 2), ...rays, word, ...lines])
    canvas.paint(shape, ink, 0.62)
  for (const side of [-1, 1])
    canvas.paint(either(circle(x, y + side * radius * 0.44, radius * 0.1)), ink, 0.5)
}

/** Large, pale, and through everything. */
function drawWordAcross({ canvas, ink, left, top, right, bottom }: Sheet): void {
  const block = ((right - left) * 0.84) / WORD_WIDTH
  const x = (left + right) / 2 - (block * WORD_WIDTH) / 2
  canvas.paint(specimenWord(x, (top + bottom) / 2 - (block * WORD_HEIGHT) / 2, block), ink, 0.14)
}

/** Where a photograph is: a head and shoulders, one tone each. */
function drawPhotograph({ canvas, ink }: Sheet, left: number, top: number, width: number): void {
  const height = width * 1.286
  const x = left + width / 2
  const field = bar(left, top, left + width, top + height, 4)
  const inside = (shape: Shape): Shape => both(shape, field)
  canvas.paint(field, [214, 218, 222])
  canvas.paint(inside(ellipse(x, top + height * 1.06, width * 0.42, height * 0.34)), [134, 138, 146])
  canvas.paint(
    inside(bar(x - width * 0.1, top + height * 0.5, x + width * 0.1, top + height * 0.78)),
    [160, 162, 168],
  )
  canvas.paint(inside(ellipse(x, top + height * 0.42, width * 0.22, height * 0.24)), [172, 174, 180])
  canvas.paint(line(field, 2), ink, 0.4)
}

/** A name of a field, small, and what stands in it, dark. */
function drawField(sheet: Sheet, left: number, right: number, top: number): void {
  drawWords(sheet, left, left + (right - left) * 0.4, top, 9, TEXT)
  drawWords(sheet, left, left + (right - left) * sheet.variety.between(0.5, 0.95), top + 14, 19, DARK_TEXT)
}

/** Lines as machines read them: blocks of one width. */
function drawMachineLines(
  { canvas, variety }: Sheet,
  left: number,
  right: number,
  top: number,
  lines: number,
) {
  const step = (right - left) / 44
  for (let row = 0; row < lines; row++)
    for (let i = 0; i < 44; i++) {
      const narrow = variety.between(0, 1) < 0.3 ? 0.5 : 0.72
      const y = top + row * 30
      canvas.paint(bar(left + i * step, y, left + (i + narrow) * step, y + 17), DARK_TEXT)
    }
}

function drawLetter(sheet: Sheet): void {
  const { canvas, variety, ink, left, top, right, bottom } = sheet
  const [inLeft, inRight] = [left + 74, right - 74]
  canvas.paint(circle(inLeft + 24, top + 78, 24), ink, 0.75)
  drawWords(sheet, inLeft + 64, inLeft + 300, top + 62, 17, DARK_TEXT)
  drawWords(sheet, inLeft + 64, inLeft + 230, top + 86, 12)
  canvas.paint(bar(inLeft, top + 122, inRight, top + 124), ink, 0.6)
  drawWords(sheet, inRight - 150, inRight, top + 152, 13)
  drawWords(sheet, inLeft, inLeft + 210, top + 212, 16, DARK_TEXT)
  let y = top + 256
  for (const lines of [5, 4, variety.pick([4, 6]), 2])
    y = drawParagraph(sheet, inLeft, inRight, y, lines) + 20
  drawSignature(sheet, inLeft + 10, bottom - 120, variety.between(150, 200))
  drawWords(sheet, inLeft, inLeft + 180, bottom - 84, 13)
  drawStamp(sheet, inRight - 96, bottom - 138, 84)
}

function drawCertificate(sheet: Sheet): void {
  const { canvas, variety, ink, left, top, right, bottom } = sheet
  const middle = (left + right) / 2
  const centred = (y: number, width: number, size: number, tone = TEXT): void =>
    drawWords(sheet, middle - width / 2, middle + width / 2, y, size, tone)
  canvas.paint(line(bar(left + 30, top + 30, right - 30, bottom - 30), 7), ink, 0.7)
  canvas.paint(line(bar(left + 42, top + 42, right - 42, bottom - 42), 2), ink, 0.7)
  for (const x of [left + 42, right - 42])
    for (const y of [top + 42, bottom - 42]) canvas.paint(circle(x, y, 13), ink, 0.8)
  // An emblem that no state has.
  for (const radius of [44, 31]) canvas.paint(ring(middle, top + 124, radius, 4), ink, 0.75)
  for (let i = 0; i < 8; i++) {
    const turn = (i * Math.PI) / 4
    canvas.paint(ellipse(middle + Math.cos(turn) * 17, top + 124 + Math.sin(turn) * 17, 7, 7), ink, 0.75)
  }
  centred(top + 196, 300, 15)
  centred(top + 236, 380, 31, DARK_TEXT)
  for (let i = 0; i < 7; i++) {
    const y = top + 322 + i * 56
    drawWords(sheet, left + 84, left + 84 + variety.between(90, 140), y, 12)
    canvas.paint(bar(left + 250, y + 14, right - 84, y + 15.5), TEXT)
    drawWords(sheet, left + 260, left + 260 + variety.between(120, 280), y - 8, 19, DARK_TEXT)
  }
  canvas.paint(bar(left + 84, bottom - 104, left + 290, bottom - 102.5), TEXT)
  drawSignature(sheet, left + 100, bottom - 118, 140)
  drawWords(sheet, left + 84, left + 230, bottom - 92, 11)
  drawStamp(sheet, right - 172, bottom - 146, 82)
}

function drawBooklet(sheet: Sheet): void {
  const { canvas, ink, left, top, right, bottom } = sheet
  const fold = (top + bottom) / 2
  canvas.paint(bar(left, fold - 7, right, fold + 7), [60, 58, 60], 0.1)
  canvas.paint(bar(left, fold - 1, right, fold + 1), [60, 58, 60], 0.45)
  // Above, a page of observations with the stamp; below, the one with the photograph.
  drawWords(sheet, left + 56, left + 250, top + 52, 17, DARK_TEXT)
  for (let i = 0; i < 6; i++)
    canvas.paint(bar(left + 56, top + 128 + i * 46, right - 56, top + 129.5 + i * 46), TEXT)
  drawWords(sheet, left + 60, right - 170, top + 108, 15, DARK_TEXT)
  drawWords(sheet, left + 60, right - 260, top + 154, 15, DARK_TEXT)
  drawStamp(sheet, right - 168, top + 296, 86)
  canvas.paint(bar(left + 40, fold + 34, right - 40, fold + 66, 4), ink, 0.3)
  drawWords(sheet, left + 56, left + 240, fold + 43, 19, DARK_TEXT)
  drawPhotograph(sheet, left + 50, fold + 92, 158)
  for (let i = 0; i < 4; i++) drawField(sheet, left + 236, right - 50, fold + 92 + i * 52)
  drawMachineLines(sheet, left + 44, right - 44, bottom - 92, 2)
}

function drawCard(sheet: Sheet): void {
  const { canvas, variety, ink, left, top, right, bottom } = sheet
  canvas.paint(both(bar(left, top, right, top + 92), bar(left, top, right, bottom, 22)), ink, 0.72)
  canvas.paint(circle(left + 62, top + 46, 26), [240, 240, 240], 0.85)
  drawWords({ ...sheet, variety }, left + 108, left + 460, top + 36, 27, [240, 240, 240])
  drawPhotograph(sheet, left + 48, top + 128, 220)
  for (let i = 0; i < 5; i++) drawField(sheet, left + 310, right - 90, top + 132 + i * 62)
  canvas.paint(bar(right - 170, top + 130, right - 70, top + 206, 12), [206, 184, 128])
  for (const x of [right - 136, right - 104])
    canvas.paint(bar(x - 1, top + 130, x + 1, top + 206), [150, 128, 84])
  canvas.paint(bar(right - 170, top + 167, right - 70, top + 169), [150, 128, 84])
  drawSignature(sheet, left + 330, bottom - 58, 170)
  drawStamp(sheet, right - 130, bottom - 116, 84)
}
