import { Canvas, type Colour } from './canvas.ts'
import { encodeJpeg } from './jpeg.ts'
import { bar, both, circle, corners, either, ellipse, type Shape, without } from './shapes.ts'
import { SILHOUETTE_HEIGHT, SILHOUETTE_WIDTH } from './silhouette.ts'
import { type Variety, varietyOf } from './variety.ts'

const QUALITY = 88

const GROUNDS: readonly Colour[] = [
  [226, 229, 231],
  [216, 224, 231],
  [231, 227, 218],
  [220, 228, 221],
  [232, 222, 220],
]
const SKINS: readonly Colour[] = [
  [72, 48, 38],
  [104, 70, 52],
  [141, 96, 70],
  [176, 126, 95],
  [205, 158, 125],
  [226, 186, 157],
]
/** The dark ones first, which are seen against every skin. */
const HAIRS: readonly Colour[] = [
  [28, 25, 27],
  [48, 36, 30],
  [38, 30, 34],
  [84, 58, 40],
  [120, 74, 42],
  [176, 138, 84],
  [128, 126, 124],
  [188, 186, 182],
]
const CLOTHES: readonly Colour[] = [
  [54, 68, 92],
  [96, 56, 60],
  [64, 88, 76],
  [88, 80, 104],
  [70, 72, 76],
  [120, 96, 62],
  [48, 92, 108],
]
const SHIRTS: readonly Colour[] = [
  [236, 236, 232],
  [204, 214, 226],
  [226, 208, 196],
]
const SCARVES: readonly Colour[] = [
  [74, 96, 120],
  [122, 72, 84],
  [92, 104, 84],
  [58, 56, 66],
]

/** The middle of every head. */
const X = SILHOUETTE_WIDTH / 2

interface Look {
  readonly skin: Colour
  readonly hair: Colour
  readonly clothes: Colour
  readonly shirt: Colour
  readonly scarf: Colour
  /** Half the width of the head, and of the shoulders. */
  readonly head: number
  readonly shoulders: number
  /** Of the middle of the head, from above; and half its height. */
  readonly y: number
  readonly tall: number
}

/**
 * A drawn portrait of nobody, 413 × 531 pixels, as JPEG: head, hair and shoulders, and no face. It is what a specimen
 * person shows where {@link silhouette} would make all of them look the same.
 * @param seed any whole number: the same draws the same
 */
export function specimenPortrait(seed: number, { child = false } = {}): Uint8Array {
  const variety = varietyOf(seed)
  const skin = variety.pick(SKINS)
  const look: Look = {
    skin,
    hair: variety.pick(hairsFor(skin, child)),
    clothes: variety.pick(CLOTHES),
    shirt: variety.pick(SHIRTS),
    scarf: variety.pick(SCARVES),
    head: variety.between(84, 95),
    shoulders: child ? variety.between(122, 138) : variety.between(160, 188),
    y: child ? 252 : 236,
    tall: child ? variety.between(104, 110) : variety.between(112, 122),
  }
  const canvas = new Canvas(SILHOUETTE_WIDTH, SILHOUETTE_HEIGHT, variety.pick(GROUNDS))
  const style = variety.pick(child ? CHILD_STYLES : STYLES)
  style.behind?.(canvas, look, variety)
  drawBody(canvas, look, variety)
  drawHead(canvas, look)
  style.front(canvas, look, variety)
  return encodeJpeg(canvas, QUALITY)
}

/** Brown hair would not be seen beside brown skin, and a child has no grey. */
function hairsFor(skin: Colour, child: boolean): readonly Colour[] {
  const [dark, brown, grey] = [HAIRS.slice(0, 3), HAIRS.slice(3, 6), HAIRS.slice(6)]
  return [...dark, ...(SKINS.indexOf(skin) > 2 ? brown : []), ...(child ? [] : grey)]
}

const shaded = ([r, g, b]: Colour, by: number): Colour => [r * by, g * by, b * by]

function drawBody(canvas: Canvas, look: Look, variety: Variety): void {
  const { skin, clothes, shirt, shoulders, y, tall } = look
  const chin = y + tall
  const top = chin + 34
  const body = either(
    ellipse(X, top + 172, shoulders, 172),
    bar(X - shoulders, top + 150, X + shoulders, SILHOUETTE_HEIGHT + 40),
  )
  const neck = bar(X - 41, y + 40, X + 41, top + 26, 22)
  canvas.paint(body, clothes)
  const collar = variety.pick(['round', 'open', 'shirt', 'high'] as const)
  if (collar === 'high') canvas.paint(bar(X - 52, chin + 14, X + 52, top + 48, 14), shaded(clothes, 0.86))
  if (collar === 'shirt') {
    const opening = corners([X - 62, top - 12], [X + 62, top - 12], [X, top + 150])
    canvas.paint(both(opening, body), shirt)
  }
  if (collar === 'open')
    canvas.paint(both(corners([X - 58, top - 20], [X + 58, top - 20], [X, top + 92]), body), skin)
  if (collar === 'round') canvas.paint(ellipse(X, top + 12, 58, 30), shaded(clothes, 0.82))
  canvas.paint(collar === 'round' ? either(neck, ellipse(X, top + 8, 48, 24)) : neck, skin)
  // The shadow that a chin throws.
  canvas.paint(both(neck, ellipse(X, y + 22, look.head * 0.94, tall * 1.06)), shaded(skin, 0.8))
  if (collar === 'high') canvas.paint(bar(X - 50, chin + 22, X + 50, top + 50, 12), shaded(clothes, 0.93))
  if (collar === 'shirt')
    for (const side of [-1, 1]) {
      const points = [
        [X + side * 44, top - 22],
        [X + side * 72, top + 2],
        [X + side * 40, top + 62],
        [X + side * 4, top + 34],
      ] as const
      canvas.paint(corners(...(side < 0 ? points.toReversed() : points)), shaded(shirt, 0.95))
    }
}

/** A face's outline: a skull, and a jaw that is narrower. */
const outline = ({ head, y, tall }: Look, wider = 0): Shape =>
  either(
    ellipse(X, y - tall * 0.16, head + wider, tall * 0.84 + wider),
    ellipse(X, y + tall * 0.18, head * 0.88 + wider, tall * 0.82 + wider),
  )

function drawHead(canvas: Canvas, look: Look): void {
  const { skin, head, y } = look
  for (const side of [-1, 1]) canvas.paint(ellipse(X + side * (head + 1), y + 8, 14, 25), shaded(skin, 0.9))
  canvas.paint(outline(look), skin)
  // Light from the left.
  canvas.paint(without(outline(look), ellipse(X - 34, y - 6, head + 18, look.tall + 26)), shaded(skin, 0.9))
}

interface Style {
  readonly behind?: (canvas: Canvas, look: Look, variety: Variety) => void
  readonly front: (canvas: Canvas, look: Look, variety: Variety) => void
}

/** Hair above a face: around all of the head down to the ears, but for what is cut from the head. */
const cap = (look: Look, thick: number, cut: Shape): Shape =>
  without(both(outline(look, thick), bar(0, 0, SILHOUETTE_WIDTH, look.y)), both(cut, outline(look)))

const forehead = ({ head, y, tall }: Look, lower = 0): Shape =>
  ellipse(X, y + 34 + lower, head * 0.92, tall * 0.86)

const short: Style = {
  front: (canvas, look) => canvas.paint(cap(look, 9, forehead(look)), look.hair),
}

const parted: Style = {
  front: (canvas, look, variety) => {
    const { head, y, tall, hair } = look
    const side = variety.pick([-1, 1])
    canvas.paint(cap(look, 14, ellipse(X + side * 17, y + 42, head, tall * 0.94)), hair)
  },
}

const curly: Style = {
  front: (canvas, look, variety) => {
    const { head, y, tall, hair } = look
    const curls: Shape[] = []
    for (let angle = 172; angle <= 368; angle += 14) {
      const [turn, size] = [(angle * Math.PI) / 180, variety.between(25, 34)]
      curls.push(circle(X + Math.cos(turn) * head * 0.97, y - 20 + Math.sin(turn) * tall * 0.84, size))
    }
    canvas.paint(without(either(...curls, cap(look, 12, forehead(look))), forehead(look)), hair)
  },
}

const flowing = ({ head, y, tall }: Look, wide: number, end: number, round: number): Shape =>
  either(
    ellipse(X, y - 22, head + wide, tall * 0.92),
    bar(X - head - wide, y - 30, X + head + wide, end, round),
  )

const long: Style = {
  behind: (canvas, look, variety) => {
    const end = look.y + look.tall + variety.between(20, 110)
    canvas.paint(flowing(look, 24, end, 40), shaded(look.hair, 0.86))
  },
  front: (canvas, look, variety) => {
    const { head, y, tall, hair } = look
    const side = variety.pick([-18, 0, 18])
    canvas.paint(cap(look, 20, ellipse(X + side, y + 46, head * 0.94, tall * 0.96)), hair)
    const strands = both(outline(look, 22), bar(X - 150, y - 30, X + 150, y + tall * 0.74, 30))
    canvas.paint(without(strands, ellipse(X, y + 30, head * 0.95, tall * 1.2)), hair)
  },
}

const bob: Style = {
  behind: (canvas, look) =>
    canvas.paint(flowing(look, 20, look.y + look.tall * 0.78, 26), shaded(look.hair, 0.86)),
  front: (canvas, look) => {
    const { head, y, tall, hair } = look
    canvas.paint(cap(look, 17, bar(X - head, y - tall * 0.4, X + head, y + tall)), hair)
    for (const side of [-1, 1]) {
      const middle = X + side * (head + 2)
      canvas.paint(bar(middle - 16, y - tall * 0.4, middle + 16, y + tall * 0.72, 16), hair)
    }
  },
}

const bun: Style = {
  behind: (canvas, { y, tall, hair }) => canvas.paint(circle(X, y - tall - 14, 42), shaded(hair, 0.86)),
  front: (canvas, look) => canvas.paint(cap(look, 10, forehead(look, -6)), look.hair),
}

const bald: Style = {
  front: (canvas, look) => {
    const { head, y, tall, hair } = look
    const sides = both(outline(look, 7), bar(0, y - tall * 0.5, SILHOUETTE_WIDTH, y + 14))
    canvas.paint(without(sides, ellipse(X, y - 44, head * 0.97, tall * 0.9)), hair)
    canvas.paint(without(sides, ellipse(X, y + 14, head * 0.9, tall)), hair)
  },
}

const bearded = (style: Style): Style => ({
  front: (canvas, look, variety) => {
    const { head, y, tall, hair } = look
    const cheeks = ellipse(X, y - 8, head * 0.8, tall * 0.72)
    canvas.paint(
      without(both(outline(look, 5), bar(0, y - 4, SILHOUETTE_WIDTH, SILHOUETTE_HEIGHT)), cheeks),
      hair,
    )
    style.front(canvas, look, variety)
  },
})

const covered: Style = {
  front: (canvas, look) => {
    const { head, y, tall, scarf } = look
    const chin = y + tall
    const face = ellipse(X, y + 14, head * 0.82, tall * 0.86)
    const fall = corners(
      [X - 80, chin - 40],
      [X + 80, chin - 40],
      [X + 98, chin + 40],
      [X + 4, chin + 146],
      [X - 98, chin + 40],
    )
    canvas.paint(without(either(outline(look, 20), ellipse(X, chin + 26, 106, 62), fall), face), scarf)
    // One fold under the chin, and the edge around the face.
    canvas.paint(
      without(ellipse(X - 6, chin + 22, 96, 46), ellipse(X + 4, chin + 8, 98, 48)),
      shaded(scarf, 0.82),
    )
    canvas.paint(without(ellipse(X, y + 14, head * 0.88, tall * 0.92), face), shaded(scarf, 0.84))
  },
}

const STYLES: readonly Style[] = [
  short,
  bearded(short),
  parted,
  bearded(parted),
  curly,
  long,
  long,
  bob,
  bun,
  bald,
  bearded(bald),
  covered,
]
const CHILD_STYLES: readonly Style[] = [short, parted, curly, long, bob, bun]
