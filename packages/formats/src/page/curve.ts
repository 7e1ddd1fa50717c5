/** A point in millimetres. */
export type Point = readonly [x: number, y: number]

/**
 * A path through the points of a curve as cubic pieces, in hundredths of a millimetre: a printer has no more.
 * The pieces leave and enter each point in the curve's own direction, so few are needed.
 * @param curve from a parameter to a point
 * @param pieces how many
 * @returns the `d` of an SVG path
 */
export function pathOf(curve: (t: number) => Point, from: number, to: number, pieces: number): string {
  const step = (to - from) / pieces
  let [x, y] = rounded(curve(from))
  let d = `M${text(x)} ${text(y)}c`
  let leaving = slope(curve, from, step)
  for (let i = 1; i <= pieces; i++) {
    const t = from + i * step
    const [nextX, nextY] = rounded(curve(t))
    const entering = slope(curve, t, step)
    d += relative(leaving[0], leaving[1])
    d += relative(nextX - x - entering[0], nextY - y - entering[1])
    d += relative(nextX - x, nextY - y)
    leaving = entering
    x = nextX
    y = nextY
  }
  return d
}

/** A third of the way that the curve goes in one piece, in its direction at `t`. */
function slope(curve: (t: number) => Point, t: number, step: number): Point {
  const h = step / 64
  const [x0, y0] = curve(t - h)
  const [x1, y1] = curve(t + h)
  return [((x1 - x0) * 100 * step) / (6 * h), ((y1 - y0) * 100 * step) / (6 * h)]
}

const rounded = ([x, y]: Point): Point => [Math.round(x * 100), Math.round(y * 100)]

const text = (hundredths: number): string => String(Math.round(hundredths))

function relative(x: number, y: number): string {
  return ` ${text(x)} ${text(y)}`
}
