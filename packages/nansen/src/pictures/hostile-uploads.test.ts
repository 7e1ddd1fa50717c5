import { createRequire } from 'node:module'
import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { PictureRefusal } from '@nansen/authority'
import { afterAll, describe, expect, test } from 'vitest'
import { hostileCases } from '../../../../test/corpora/hostile-input.ts'
import { haveReferenceData, withReferenceData } from '../../../../test/reference-data.ts'
import { silhouette } from '../specimen/index.ts'
import { openPictures } from './open-pictures.ts'

type Sharp = typeof import('sharp')['default']

function optionalSharp(): Sharp | undefined {
  try {
    return createRequire(import.meta.url)('sharp') as Sharp
  } catch {
    return undefined
  }
}

const sharp = optionalSharp()
const pictures = sharp === undefined ? undefined! : openPictures()
afterAll(() => pictures?.close())

/** Milliseconds that one picture may take, and some for the pipes. */
const MOST_TIME = 6_000

/** What became of an upload as either kind; whatever went out is a JPEG that is what it says, and none of the upload. */
async function outcomes(bytes: Uint8Array): Promise<readonly [portrait: string, picture: string]> {
  const ended = async (answer: Promise<Uint8Array>): Promise<string> => {
    const from = performance.now()
    try {
      const { format, width = 0, height = 0, exif, xmp, icc, iptc } = await sharp!(await answer).metadata()
      expect({ format, exif, xmp, icc, iptc }).toEqual({ format: 'jpeg' })
      expect(Math.max(width, height)).toBeLessThanOrEqual(1600)
      return 'accepted'
    } catch (error) {
      if (error instanceof PictureRefusal) return error.code
      throw error
    } finally {
      expect(performance.now() - from).toBeLessThan(MOST_TIME)
    }
  }
  const portrait = await ended(pictures.portrait(bytes).then(({ jpeg }) => jpeg))
  return [portrait, await ended(pictures.picture(bytes))]
}

const both = (code: string) => [code, code]

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([ascii(type), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A grey PNG of one bit a pixel, with chunks of one's own before the pixels. */
function png(width: number, height: number, ...chunks: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  // Of the largest sizes only the header is ever read.
  const rows = width * height < 1e9 ? Buffer.alloc((Math.ceil(width / 8) + 1) * height) : Buffer.alloc(16)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...chunks,
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A whole JPEG whose header claims another size. */
function claiming(width: number, height: number): Buffer {
  const jpeg = Buffer.from(silhouette())
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  jpeg.writeUInt16BE(height, frame + 5)
  jpeg.writeUInt16BE(width, frame + 7)
  return jpeg
}

/** A JPEG with a segment of one's own behind its first two octets. */
function withSegment(marker: number, body: Buffer): Buffer {
  const [jpeg, length] = [Buffer.from(silhouette()), Buffer.alloc(2)]
  length.writeUInt16BE(body.length + 2)
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, marker]), length, body, jpeg.subarray(2)])
}

const ZIP = Buffer.concat([
  ascii('PK\u0003\u0004'),
  Buffer.alloc(26),
  ascii('PK\u0005\u0006'),
  Buffer.alloc(18),
])
const SVG = ascii('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
const PDF = ascii(
  '%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF',
)

describe.skipIf(sharp === undefined)('a hostile upload (skipped where sharp is not installed)', () => {
  test.skipIf(!haveReferenceData)(
    `every case of the reference data is refused ${withReferenceData}`,
    async () => {
      for (const { bytes } of hostileCases())
        for (const code of await outcomes(bytes))
          expect(code).toMatch(/^picture\.(empty|not-an-image|unreadable|too-many-pixels)$/)
    },
  )

  test.each<[what: string, bytes: Uint8Array, code: string]>([
    ['nothing', new Uint8Array(), 'picture.empty'],
    ['one octet', Uint8Array.of(0xff), 'picture.not-an-image'],
    ['the first octets of a JPEG', Uint8Array.of(0xff, 0xd8, 0xff), 'picture.unreadable'],
    ['the first octets of a PNG', png(1, 1).subarray(0, 8), 'picture.unreadable'],
    [
      'ten MiB and one octet',
      Buffer.concat([silhouette(), Buffer.alloc(10 * 1024 * 1024)]),
      'picture.too-large',
    ],
    ['an SVG', SVG, 'picture.not-an-image'],
    ['a PDF', PDF, 'picture.not-an-image'],
    ['a zip', ZIP, 'picture.not-an-image'],
    ['a gzip of zeros', gzipSync(Buffer.alloc(5_000_000)), 'picture.not-an-image'],
    ['an HTML page', ascii('<!doctype html><img src=x onerror=alert(1)>'), 'picture.not-an-image'],
    ['an icon', Uint8Array.of(0, 0, 1, 0, 1, 0), 'picture.not-an-image'],
    ['a PostScript program', ascii('%!PS-Adobe-3.0 EPSF-3.0'), 'picture.not-an-image'],
    [
      'a script of ImageMagick',
      ascii('push graphic-context\nfill url(https://x/|id)'),
      'picture.not-an-image',
    ],
    [
      'an SVG behind the first octets of a JPEG',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), SVG]),
      'picture.unreadable',
    ],
    [
      'a PDF behind the first octets of a PNG',
      Buffer.concat([png(1, 1).subarray(0, 8), PDF]),
      'picture.unreadable',
    ],
    ['256 million pixels in a few octets', png(16_000, 16_000), 'picture.too-many-pixels'],
    ['more pixels than can be counted', png(0x7fff_ffff, 0x7fff_ffff), 'picture.unreadable'],
    ['no pixels', png(0, 0), 'picture.unreadable'],
    ['a JPEG that claims 3,600 million pixels', claiming(60_000, 60_000), 'picture.too-many-pixels'],
    ['a JPEG that claims more than its kind can have', claiming(65_535, 65_535), 'picture.unreadable'],
  ])('%s', async (_, bytes, code) => {
    expect(await outcomes(bytes)).toEqual(both(code))
  })

  test('other kinds of pictures are refused, whatever their name would say', async () => {
    const drawn = sharp!({ create: { width: 400, height: 500, channels: 3, background: '#888' } })
    for (const kind of ['gif', 'webp', 'tiff', 'avif'] as const)
      expect(await outcomes(await drawn.clone().toFormat(kind).toBuffer())).toEqual(
        both('picture.not-an-image'),
      )
  })

  test('what stands beside a picture never goes out, whichever way it came in', async () => {
    const polyglots = [
      Buffer.concat([silhouette(), ZIP]),
      Buffer.concat([silhouette(), PDF, SVG]),
      withSegment(0xfe, Buffer.concat([PDF, SVG])),
      withSegment(0xe1, ascii('Exif\0\0MM\0*\0\0\0\u0008 <script>alert(1)</script>')),
      withSegment(
        0xe2,
        Buffer.concat([ascii('ICC_PROFILE\0\u0001\u0001'), ascii('%PDF- <script>'.repeat(40))]),
      ),
      png(400, 500, chunk('tEXt', Buffer.concat([ascii('Comment\0'), PDF, SVG]))),
    ]
    for (const polyglot of polyglots) {
      expect(await outcomes(polyglot)).toEqual(both('accepted'))
      for (const out of [await pictures.picture(polyglot), (await pictures.portrait(polyglot)).jpeg])
        expect(Buffer.from(out).toString('latin1')).not.toMatch(/script|%PDF|PK\u0003\u0004|Exif/)
    }
  })

  test('a text in a PNG that unfolds to 500 MB ends within the limits', async () => {
    const bomb = chunk('zTXt', Buffer.concat([ascii('Comment\0\0'), deflateSync(Buffer.alloc(500_000_000))]))
    for (const code of await outcomes(png(400, 500, bomb)))
      expect(code).toMatch(/^(accepted|picture\.(unreadable|decoder-died))$/)
  })

  test('a JPEG of a thousand scans, one that claims more than it has, and the longest sides end within the limits', async () => {
    const scans = await sharp!(Buffer.from(silhouette())).resize(3000).jpeg({ progressive: true }).toBuffer()
    const scan = scans.subarray(scans.lastIndexOf(Buffer.from([0xff, 0xda])), scans.length - 2)
    const many = Buffer.concat([scans.subarray(0, -2), ...Array(1000).fill(scan), Buffer.from([0xff, 0xd9])])
    const uploads = [
      many.subarray(0, 10 * 1024 * 1024),
      png(1, 65_000),
      png(24_000_000, 1),
      png(1, 24_000_000),
    ]
    for (const upload of uploads)
      for (const code of await outcomes(upload))
        expect(code).toMatch(/^(accepted|picture\.(unreadable|decoder-died))$/)
  })

  test('one cut off anywhere is refused', async () => {
    const whole = await sharp!(Buffer.from(silhouette())).png().toBuffer()
    for (const bytes of [silhouette(), whole])
      for (const share of [0.02, 0.2, 0.5, 0.8, 0.97])
        expect(await outcomes(bytes.subarray(0, bytes.length * share))).toEqual(both('picture.unreadable'))
  })

  test('a refusal holds nothing of what was sent', async () => {
    const error = await pictures.picture(ascii('PLANTED-NAME')).catch((each: unknown) => each)
    expect(String((error as Error).stack)).not.toContain('PLANTED')
    expect(Object.keys(error as object).sort()).toEqual(['code', 'name'])
  })

  test('after all of it a picture is still a picture', async () => {
    expect(await outcomes(silhouette())).toEqual(both('accepted'))
  })
})
