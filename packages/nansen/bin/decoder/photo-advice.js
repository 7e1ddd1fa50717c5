// What can be told of a photograph from its pixels alone. It is advice to whoever took it, never a refusal, and the
// same picture always gets the same. Nothing here looks for a face, and nothing may hold a dark skin for a dark
// photograph or fair hair for a bright one: whether there was enough light is read from the lightest and the darkest
// parts of the whole picture together with its middle, never from the middle alone.

/** In the order of their bits in an answer; `small` is not seen here but told by the number of pixels that came. */
export const ADVICE = ['small', 'too-dark', 'too-bright', 'low-contrast', 'blurred', 'background-uneven']

/** Grey of 0 to 255: the middle of a picture that is too dark, and what of it is light all the same. */
const DARK_MIDDLE = 70
const DARK_LIGHTS = 115
const BRIGHT_MIDDLE = 195
const BRIGHT_DARKS = 150
/** Between the darkest and the lightest twentieth. */
const LEAST_CONTRAST = 55
/**
 * Energy of the second differences in that of the first. Whatever the picture shows, it is 2 to 3.5 for a sharp one
 * of this size, 0.5 to 0.9 after a blur of two pixels, 0.25 to 0.4 after one of three, under 0.2 after one of four.
 */
const LEAST_SHARPNESS = 0.25
/** Steps that noise makes say nothing of how sharp an edge is. */
const LEAST_STEP = 4
/** A part of the background differs when one of its colours is so far from the common one. */
const MOST_DIFFERENCE = 28
/** Hair may reach a side; so much of the border may differ. */
const MOST_UNEVEN = 0.15

/**
 * @typedef {{ data: Uint8Array, width: number, height: number, channels: number }} Pixels of eight bits a colour
 * @param {Pixels} pixels of the portrait, cropped and upright
 * @returns {string[]}
 */
export function photoAdvice(pixels) {
  const grey = halved(pixels)
  const { darks, lights, middle } = tones(grey)
  const light = middle < DARK_MIDDLE && lights < DARK_LIGHTS ? ['too-dark'] : []
  if (middle > BRIGHT_MIDDLE && darks > BRIGHT_DARKS) light.push('too-bright')
  // Without light there is little contrast, and one cause needs one advice.
  if (light.length === 0 && lights - darks < LEAST_CONTRAST) light.push('low-contrast')
  if (light.length === 0 && sharpness(grey) < LEAST_SHARPNESS) light.push('blurred')
  if (unevenness(pixels) > MOST_UNEVEN) light.push('background-uneven')
  return light
}

/**
 * Luminance at half the size: most noise is gone, and everything below is a quarter of the work.
 * @param {Pixels} pixels
 */
function halved({ data, width: full, height: tall, channels }) {
  const [width, height] = [full >> 1, tall >> 1]
  const data2 = new Float32Array(width * height)
  /** @param {number} at */
  const luminance = (at) =>
    channels < 3 ? data[at] : 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (2 * y * full + 2 * x) * channels
      const below = at + full * channels
      data2[y * width + x] =
        (luminance(at) + luminance(at + channels) + luminance(below) + luminance(below + channels)) / 4
    }
  return { data: data2, width, height }
}

/**
 * The darkest and the lightest twentieth of all, and the mean of the middle, where the face is.
 * @param {{ data: Float32Array, width: number, height: number }} grey
 */
function tones({ data, width, height }) {
  const sorted = data.toSorted()
  let sum = 0
  let count = 0
  for (let y = Math.floor(height * 0.25); y < height * 0.65; y++)
    for (let x = Math.floor(width * 0.3); x < width * 0.7; x++) {
      sum += data[y * width + x]
      count++
    }
  return {
    darks: sorted[Math.floor(sorted.length * 0.05)],
    lights: sorted[Math.floor(sorted.length * 0.95)],
    middle: sum / count,
  }
}

/**
 * How suddenly grey changes where it changes, in the middle three quarters: the Laplacian's energy as a part of the
 * gradient's, so that neither the contrast of a picture nor how much there is in it counts.
 * @param {{ data: Float32Array, width: number, height: number }} grey
 */
function sharpness({ data, width, height }) {
  let first = 0
  let second = 0
  for (let y = Math.floor(height / 8); y < (height * 7) / 8; y++)
    for (let x = Math.floor(width / 8); x < (width * 7) / 8; x++) {
      const at = y * width + x
      const across = (data[at + 1] - data[at - 1]) / 2
      const down = (data[at + width] - data[at - width]) / 2
      const steep = across * across + down * down
      if (steep < LEAST_STEP * LEAST_STEP) continue
      const laplacian = data[at + 1] + data[at - 1] + data[at + width] + data[at - width] - 4 * data[at]
      first += steep
      second += laplacian * laplacian
    }
  return first === 0 ? 0 : second / first
}

/**
 * The share of the border that has another colour than most of it: of the top, and of the sides down to where
 * shoulders are.
 * @param {Pixels} pixels
 */
function unevenness({ data, width, height, channels }) {
  const colours = Math.min(channels, 3)
  const [edge, top, side] = [Math.round(width * 0.06), Math.round(height * 0.05), Math.round(height * 0.5)]
  const border = []
  for (let y = 0; y < side; y += 2)
    for (let x = 0; x < width; x += 2)
      if (y < top || x < edge || x >= width - edge) border.push((y * width + x) * channels)
  const common = Array.from({ length: colours }, (_, c) => median(border.map((at) => data[at + c])))
  const differs = border.filter((at) =>
    common.some((value, c) => Math.abs(data[at + c] - value) > MOST_DIFFERENCE),
  )
  return differs.length / border.length
}

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]
