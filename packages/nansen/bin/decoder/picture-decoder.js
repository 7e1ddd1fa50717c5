// Opens pictures of strangers, in a process that holds no key and no setting, so that a picture which takes it
// over finds nothing, and one that kills it costs one request. Committed JavaScript, because it is started as a
// program from `src` and from `dist` alike.
//
// Requests on standard input: what is wanted (one octet, a place in KINDS), length (4 octets, big-endian), picture.
// Answers on standard output: 0, advice (a bit for each of ADVICE), length and a JPEG; or 1, 0, length and the code
// of a refusal. It ends when its input ends. Started with `probe` it only says by its exit whether it could work.

import { ADVICE, photoAdvice } from './photo-advice.js'

/** Of a portrait: 35 × 45 mm at 300 dots per inch. */
const WIDTH = 413
const HEIGHT = 531
/** Of the part of the photograph that it is made of: fewer would show squares on the page. */
const LEAST_WIDTH = 300
const LEAST_HEIGHT = 386
/** Of a picture: at 1600 pixels along an A4 page its small print is still read. */
const LONGEST = 1600
const MOST_PIXELS = 24_000_000
/** Octets that a chip has room for, and that a page of evidence may take. */
const MOST_PORTRAIT = 20_000
const MOST_PICTURE = 400_000
/** The last is taken whatever it weighs: below it letters fall apart. */
const PICTURE_QUALITIES = [84, 76, 68, 58, 48]
const PORTRAIT_QUALITIES = [92, 88, 84, 80, 75, 70, 65, 60, 50, 40, 30, 20, 10]
const MOST_REQUEST = 10 * 1024 * 1024
/** Octets, from whoever starts it; or `probe`. */
const [, , limit] = process.argv

const sharp = await import('sharp').then((module) => module.default).catch(() => undefined)
if (limit === 'probe') process.exit(sharp === undefined ? 3 : 0)
if (sharp === undefined) process.exit(3)
// Every reader that libvips has is a way in: only two are left, and these from memory only.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
sharp.cache(false)
sharp.concurrency(1)

// Pictures are decoded in other threads, so this one can watch.
setInterval(() => {
  if (!(process.memoryUsage.rss() <= Number(limit))) process.exit(1)
}, 20).unref()

class Unfit extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code)
    this.code = code
  }
}

/** @param {Buffer} photograph */
async function portrait(photograph) {
  const { width, height } = await sizeOf(photograph)
  const part = Math.min(width / WIDTH, height / HEIGHT)
  const small = part * WIDTH < LEAST_WIDTH || part * HEIGHT < LEAST_HEIGHT
  const pixels = await drawn(photograph, WIDTH, HEIGHT, { fit: 'cover', position: 'centre' })
  const advice = photoAdvice(pixels).filter((code) => !(small && code === 'blurred'))
  return {
    jpeg: await smallEnough(pixels, PORTRAIT_QUALITIES, MOST_PORTRAIT),
    advice: small ? ['small', ...advice] : advice,
  }
}

/** @param {Buffer} original */
async function picture(original) {
  await sizeOf(original)
  const pixels = await drawn(original, LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true })
  return { jpeg: await smallEnough(pixels, PICTURE_QUALITIES, MOST_PICTURE), advice: [] }
}

const KINDS = [portrait, picture]

/**
 * Judged from the header, before anything is unfolded.
 * @param {Buffer} original
 * @returns as it stands upright
 */
async function sizeOf(original) {
  const {
    width = 0,
    height = 0,
    orientation = 1,
  } = await sharp(original, { limitInputPixels: false }).metadata().catch(unreadable)
  if (width * height > MOST_PIXELS) throw new Unfit('too-many-pixels')
  return orientation > 4 ? { width: height, height: width } : { width, height }
}

/**
 * Pixels in sRGB, upright and on white: only what can be seen is left.
 * @param {Buffer} original @param {number} width @param {number} height @param {object} fit
 */
async function drawn(original, width, height, fit) {
  const { data, info } = await sharp(original, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
    .autoOrient()
    .resize(width, height, fit)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(unreadable)
  return { data, width: info.width, height: info.height, channels: info.channels }
}

/**
 * The best JPEG of so many octets.
 * @param {import('./photo-advice.js').Pixels} pixels
 * @param {number[]} qualities from the best on
 * @param {number} most
 */
async function smallEnough({ data, ...raw }, qualities, most) {
  let jpeg
  for (const quality of qualities) {
    jpeg = await sharp(data, { raw })
      .toColourspace('srgb')
      .jpeg({ quality, chromaSubsampling: '4:2:0', optimiseCoding: true, mozjpeg: false, progressive: false })
      .toBuffer()
    if (jpeg.length <= most) break
  }
  return jpeg
}

/** @returns {never} */
function unreadable() {
  throw new Unfit('unreadable')
}

/** @param {number} kind @param {number} advice @param {Buffer} bytes */
function answer(kind, advice, bytes) {
  const head = Buffer.alloc(6)
  head[0] = kind
  head[1] = advice
  head.writeUInt32BE(bytes.length, 2)
  process.stdout.write(Buffer.concat([head, bytes]))
}

/** @param {string[]} advice */
const bits = (advice) => advice.reduce((sum, code) => sum | (1 << ADVICE.indexOf(code)), 0)

let parts = []
let waiting = 0
for await (const part of process.stdin) {
  parts.push(part)
  waiting += part.length
  while (waiting >= 5) {
    if (parts[0].length < 5) parts = [Buffer.concat(parts)]
    const length = parts[0].readUInt32BE(1)
    const draw = KINDS[parts[0][0]]
    if (draw === undefined || length > MOST_REQUEST) process.exit(1)
    if (waiting < 5 + length) break
    const request = Buffer.concat(parts)
    parts = [request.subarray(5 + length)]
    waiting -= 5 + length
    await draw(request.subarray(5, 5 + length)).then(
      ({ jpeg, advice }) => answer(0, bits(advice), jpeg),
      (error) => answer(1, 0, Buffer.from(error instanceof Unfit ? error.code : 'unreadable')),
    )
  }
}
