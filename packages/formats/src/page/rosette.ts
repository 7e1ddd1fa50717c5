import { type Point, pathOf } from './curve.ts'

const TURN = 2 * Math.PI

/** A ring of interlaced closed lines between two radii, as engraving machines have drawn them since 1810. */
export interface Ring {
  readonly centre: Point
  readonly inner: number
  readonly outer: number
  /** How often each line swings out in one turn. */
  readonly lobes: number
  /** How many lines, each turned against the last by an equal part of a lobe. */
  readonly lines: number
  /** How much the outer swings themselves swell, from 0 to 1, and how often in one turn. */
  readonly swell: readonly [share: number, times: number]
}

/** The lines of a ring as one path. */
export function ring({ centre: [x, y], inner, outer, lobes, lines, swell }: Ring): string {
  const middle = (inner + outer) / 2
  const reach = (outer - inner) / 2
  const [share, times] = swell
  let d = ''
  for (let line = 0; line < lines; line++) {
    const phase = (line * TURN) / lines
    // From one crest to the next in two pieces: between its turning points a swing needs no more.
    const crest = -phase / lobes
    const curve = (angle: number): Point => {
      const height = reach * (1 - share / 2 + (share / 2) * Math.cos(times * angle))
      const radius = middle + height * Math.cos(lobes * angle + phase)
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
    }
    d += `${pathOf(curve, crest, crest + TURN, lobes * 2)}z`
  }
  return d
}

/** A straight band of two interlaced lines, from left to right, with as many whole waves as stated. */
export function braid([x, y]: Point, length: number, height: number, waves: number): string {
  return [1, -1]
    .map((side) =>
      pathOf(
        (t) => [x + t, y + ((side * height) / 2) * Math.cos((TURN * waves * t) / length)],
        0,
        length,
        waves * 2,
      ),
    )
    .join('')
}

/** A compass rose of eight points in a ring: half of each point is dark, the other light. */
export function compassRose(
  [x, y]: Point,
  radius: number,
): { readonly dark: string; readonly light: string } {
  let dark = ''
  let light = ''
  for (let point = 0; point < 8; point++) {
    const angle = (point * TURN) / 8 - TURN / 4
    const main = point % 2 === 0
    const tip = at([x, y], radius * (main ? 1 : 0.66), angle)
    const waist = radius * 0.2
    const left = at([x, y], waist, angle - TURN / 16)
    const right = at([x, y], waist, angle + TURN / 16)
    dark += polygon([[x, y], left, tip])
    light += polygon([[x, y], right, tip])
  }
  return { dark, light }
}

const at = ([x, y]: Point, radius: number, angle: number): Point => [
  x + radius * Math.cos(angle),
  y + radius * Math.sin(angle),
]

const polygon = (points: readonly Point[]): string =>
  `M${points.map(([x, y]) => `${Math.round(x * 100)} ${Math.round(y * 100)}`).join('L')}z`
