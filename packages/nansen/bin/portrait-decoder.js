// Opens pictures of strangers, in a process that holds no key and no setting, so that a picture which takes it
// over finds nothing, and one that kills it costs one request. Committed JavaScript, because it is started as a
// program from `src` and from `dist` alike.
//
// Requests on standard input: length (4 octets, big-endian), picture. Answers on standard output: 0 and length
// and JPEG, or 1 and length and the code of an error. It ends when its input ends.

/** Of the picture that is made: 35 × 45 mm at 300 dots per inch. */
const WIDTH = 413
const HEIGHT = 531
/** Of the picture that is read, after it is cropped: fewer would show squares on the page. */
const LEAST_WIDTH = 300
const LEAST_HEIGHT = 386
const MOST_PIXELS = 24_000_000
const MOST_RESULT = 20_000
const QUALITIES = [92, 88, 84, 80, 75, 70, 65, 60, 50, 40, 30, 20, 10]
const MOST_REQUEST = 10 * 1024 * 1024
/** Octets, from whoever starts it. */
const MOST_MEMORY = Number(process.argv[2])

const sharp = await import('sharp').then((module) => module.default).catch(() => undefined)
if (sharp !== undefined) {
  // Every reader that libvips has is a way in: only two are left, and these from memory only.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] })
  sharp.cache(false)
  sharp.concurrency(1)
}

// Pictures are decoded in other threads, so this one can watch.
setInterval(() => {
  if (!(process.memoryUsage.rss() <= MOST_MEMORY)) process.exit(1)
}, 20).unref()

class Unfit extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code)
    this.code = code
  }
}

/** @param {Buffer} picture */
async function normalise(picture) {
  if (sharp === undefined) throw new Unfit('portrait.decoder-missing')
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 }
  const {
    width = 0,
    height = 0,
    orientation = 1,
  } = await sharp(picture, { ...options, limitInputPixels: false })
    .metadata()
    .catch(notAnImage)
  if (width * height > MOST_PIXELS) throw new Unfit('portrait.too-large')
  const [w, h] = orientation > 4 ? [height, width] : [width, height]
  const part = Math.min(w / WIDTH, h / HEIGHT)
  if (part * WIDTH < LEAST_WIDTH || part * HEIGHT < LEAST_HEIGHT) throw new Unfit('portrait.too-small')
  const pixels = await sharp(picture, options)
    .autoOrient()
    .resize(WIDTH, HEIGHT, { fit: 'cover', position: 'centre' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(notAnImage)
  return smallEnough(pixels)
}

/**
 * The best JPEG that a chip has room for. Only pixels are left by now: no metadata, nothing appended.
 * @param {{ data: Buffer, info: { channels: number } }} pixels
 */
async function smallEnough({ data, info: { channels } }) {
  let jpeg
  for (const quality of QUALITIES) {
    jpeg = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels } })
      .toColourspace('srgb')
      .jpeg({ quality, chromaSubsampling: '4:2:0', optimiseCoding: true, mozjpeg: false, progressive: false })
      .toBuffer()
    if (jpeg.length <= MOST_RESULT) break
  }
  return jpeg
}

/** @returns {never} */
function notAnImage() {
  throw new Unfit('portrait.not-an-image')
}

/** @param {number} kind @param {Buffer} bytes */
function answer(kind, bytes) {
  const head = Buffer.alloc(5)
  head[0] = kind
  head.writeUInt32BE(bytes.length, 1)
  process.stdout.write(Buffer.concat([head, bytes]))
}

let waiting = Buffer.alloc(0)
for await (const part of process.stdin) {
  waiting = Buffer.concat([waiting, part])
  while (waiting.length >= 4) {
    const length = waiting.readUInt32BE(0)
    if (length > MOST_REQUEST) process.exit(1)
    if (waiting.length < 4 + length) break
    const picture = waiting.subarray(4, 4 + length)
    waiting = waiting.subarray(4 + length)
    await normalise(picture).then(
      (jpeg) => answer(0, jpeg),
      (error) => answer(1, Buffer.from(error instanceof Unfit ? error.code : 'portrait.not-an-image')),
    )
  }
}
