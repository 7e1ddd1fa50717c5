import type { Pixels } from './jpeg.ts'
import type { Box, Shape } from './shapes.ts'

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** A sheet to draw on. All that is drawn is turned about its middle, as a paper lies under a camera. */
export class Canvas implements Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
  readonly #cos: number
  readonly #sin: number

  /** @param turned by so many degrees, clockwise */
  constructor(width: number, height: number, ground: Colour, turned = 0) {
    this.width = width
    this.height = height
    this.rgb = new Uint8Array(width * height * 3)
    for (let i = 0; i < this.rgb.length; i++) this.rgb[i] = ground[i % 3]!
    this.#cos = Math.cos((turned * Math.PI) / 180)
    this.#sin = Math.sin((turned * Math.PI) / 180)
  }

  /** @param opacity 0 to 1 */
  paint({ box, distance }: Shape, colour: Colour, opacity = 1): void {
    const { left, top, right, bottom } = this.#turned(box)
    const [middleX, middleY] = [this.width / 2, this.height / 2]
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; ) {
        const dx = x + 0.5 - middleX
        const dy = y + 0.5 - middleY
        const out = distance(
          dx * this.#cos + dy * this.#sin + middleX,
          dy * this.#cos - dx * this.#sin + middleY,
        )
        // No edge is nearer than half of it: an ellipse tells up to twice the distance.
        const alike = Math.min(right - x, Math.max(1, Math.floor((Math.abs(out) - 0.5) / 2)))
        if (out < 0.5) this.#cover(x, y, alike, colour, Math.min(1, 0.5 - out) * opacity)
        x += alike
      }
  }

  /** @param covered 0 to 1 */
  #cover(x: number, y: number, count: number, colour: Colour, covered: number): void {
    const from = (y * this.width + x) * 3
    for (let at = from; at < from + count * 3; at += 3)
      for (let c = 0; c < 3; c++)
        this.rgb[at + c] = Math.round(this.rgb[at + c]! * (1 - covered) + colour[c]! * covered)
  }

  /** The pixels that a box comes to lie on. */
  #turned({ left, top, right, bottom }: Box): Box {
    const [x, y] = [(left + right - this.width) / 2, (top + bottom - this.height) / 2]
    const [w, h] = [(right - left) / 2, (bottom - top) / 2]
    const middleX = x * this.#cos - y * this.#sin + this.width / 2
    const middleY = x * this.#sin + y * this.#cos + this.height / 2
    const wide = w * this.#cos + h * Math.abs(this.#sin) + 1
    const high = h * this.#cos + w * Math.abs(this.#sin) + 1
    return {
      left: Math.max(0, Math.floor(middleX - wide)),
      top: Math.max(0, Math.floor(middleY - high)),
      right: Math.min(this.width, Math.ceil(middleX + wide)),
      bottom: Math.min(this.height, Math.ceil(middleY + high)),
    }
  }
}
