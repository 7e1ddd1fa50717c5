/** Of three colours each, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** The order in which the 64 numbers of a block are written. [T.81 figure 5] */
const ZIGZAG = zigzag()

/** Steps of brightness and of colour at quality 50. [T.81 table K.1, table K.2] */
const LUMINANCE_STEPS = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22,
  29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103,
  121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]
const COLOUR_STEPS = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
]

/** How many codes there are of each length from 1 to 16, and what they mean. [T.81 table K.3, table K.5] */
const DC = {
  counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
}
const AC = {
  counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
  values: [
    ...Buffer.from(
      '0102030004110512213141061351610722711432819108a123' +
        '42b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a' +
        '636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7' +
        'b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
      'hex',
    ),
  ],
}

/**
 * A baseline JPEG of what we draw ourselves, so that specimens need no part that is optional. The same pixels give the
 * same bytes on every machine.
 * @param quality 1 to 100, as libjpeg counts it
 */
export function encodeJpeg({ width, height, rgb }: Pixels, quality: number): Uint8Array {
  const steps = [scaled(LUMINANCE_STEPS, quality), scaled(COLOUR_STEPS, quality)] as const
  const scan = new Scan()
  const last = [0, 0, 0]
  const block = new Float64Array(64)
  for (let y = 0; y < height; y += 8)
    for (let x = 0; x < width; x += 8)
      for (let component = 0; component < 3; component++) {
        fill(block, { width, height, rgb }, x, y, component)
        last[component] = scan.block(block, component === 0 ? steps[0] : steps[1], last[component]!)
      }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...ZIGZAG.map((at) => steps[0][at]!), 1, ...ZIGZAG.map((at) => steps[1][at]!)]),
    segment(0xc0, [8, ...two(height), ...two(width), 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]),
    segment(0xc4, [0x00, ...DC.counts, ...DC.values, 0x10, ...AC.counts, ...AC.values]),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    scan.bytes(),
    Buffer.from([0xff, 0xd9]),
  ])
}

const two = (value: number): readonly [number, number] => [value >> 8, value & 0xff]

const segment = (marker: number, body: readonly number[]): Buffer =>
  Buffer.from([0xff, marker, ...two(body.length + 2), ...body])

function scaled(steps: readonly number[], quality: number): readonly number[] {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality
  return steps.map((step) => Math.min(255, Math.max(1, Math.floor((step * scale + 50) / 100))))
}

/** One component of a block: brightness, or how far the colour is from grey. */
function fill(
  block: Float64Array,
  { width, height, rgb }: Pixels,
  left: number,
  top: number,
  component: number,
) {
  for (let i = 0; i < 64; i++) {
    const x = Math.min(left + (i & 7), width - 1)
    const y = Math.min(top + (i >> 3), height - 1)
    const at = (y * width + x) * 3
    const [r, g, b] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!]
    if (component === 0) block[i] = 0.299 * r + 0.587 * g + 0.114 * b - 128
    else if (component === 1) block[i] = -0.168736 * r - 0.331264 * g + 0.5 * b
    else block[i] = 0.5 * r - 0.418688 * g - 0.081312 * b
  }
}

/** cos((2x + 1) u π / 16), by u and x, with the factor of the transform. [T.81 §A.3.3] */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7]
  return (Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1)) / 2
})

const half = new Float64Array(64)
const transformed = new Float64Array(64)

function transform(block: Float64Array): Float64Array {
  for (let y = 0; y < 8; y++)
    for (let u = 0; u < 8; u++) {
      let sum = 0
      for (let x = 0; x < 8; x++) sum += block[y * 8 + x]! * COSINES[u * 8 + x]!
      half[y * 8 + u] = sum
    }
  for (let u = 0; u < 8; u++)
    for (let v = 0; v < 8; v++) {
      let sum = 0
      for (let y = 0; y < 8; y++) sum += half[y * 8 + u]! * COSINES[v * 8 + y]!
      transformed[v * 8 + u] = sum
    }
  return transformed
}

function zigzag(): readonly number[] {
  const cells = Array.from({ length: 64 }, (_, i) => ({
    i,
    x: i & 7,
    y: i >> 3,
    diagonal: (i & 7) + (i >> 3),
  }))
  const along = ({ x, y, diagonal }: { x: number; y: number; diagonal: number }) =>
    diagonal % 2 === 0 ? x : y
  return cells.sort((a, b) => a.diagonal - b.diagonal || along(a) - along(b)).map(({ i }) => i)
}

/** Code and its length, by what it means. [T.81 §C.2] */
function codes({ counts, values }: typeof DC): readonly (readonly [code: number, length: number])[] {
  const table: [number, number][] = []
  let code = 0
  let at = 0
  counts.forEach((count, i) => {
    for (let n = 0; n < count; n++) table[values[at++]!] = [code++, i + 1]
    code <<= 1
  })
  return table
}

const DC_CODES = codes(DC)
const AC_CODES = codes(AC)

/** The bits of a picture. [T.81 §F.1.2] */
class Scan {
  readonly #bytes: number[] = []
  #pending = 0
  #count = 0

  /** @returns the block's mean, which the next of its component is told against */
  block(block: Float64Array, steps: readonly number[], last: number): number {
    const first = block[0]!
    let flat = true
    for (let i = 1; flat && i < 64; i++) flat = block[i] === first
    // Most of a drawing: the transform of one tone is eight times it, and nothing else.
    const coefficients = flat ? undefined : transform(block)
    const mean = Math.round((coefficients?.[0] ?? first * 8) / steps[0]!)
    this.#number(DC_CODES, 0, mean - last)
    let zeros = 0
    for (let i = 1; i < 64 && coefficients !== undefined; i++) {
      const at = ZIGZAG[i]!
      const value = Math.round(coefficients[at]! / steps[at]!)
      if (value === 0) {
        zeros++
        continue
      }
      for (; zeros > 15; zeros -= 16) this.#put(AC_CODES[0xf0]!)
      this.#number(AC_CODES, zeros << 4, value)
      zeros = 0
    }
    if (zeros > 0 || coefficients === undefined) this.#put(AC_CODES[0]!)
    return mean
  }

  bytes(): Buffer {
    // The last octet is filled up with ones.
    this.#put([0x7f, 7])
    return Buffer.from(this.#bytes)
  }

  /** A number as its length, with what the code says besides, and then its own bits. */
  #number(table: typeof DC_CODES, besides: number, value: number): void {
    const length = 32 - Math.clz32(Math.abs(value))
    this.#put(table[besides | length]!)
    if (length > 0) this.#put([value < 0 ? value + (1 << length) - 1 : value, length])
  }

  #put([bits, length]: readonly [number, number]): void {
    this.#pending = (this.#pending << length) | bits
    this.#count += length
    while (this.#count >= 8) {
      this.#count -= 8
      const octet = (this.#pending >> this.#count) & 0xff
      this.#bytes.push(octet)
      if (octet === 0xff) this.#bytes.push(0)
    }
    this.#pending &= (1 << this.#count) - 1
  }
}
