import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { silhouette } from '../specimen/silhouette.ts'
import { Decoder } from './decoder.ts'
import { normalisePortrait } from './normalise-portrait.ts'

type Sharp = typeof import('sharp')['default']

function optionalSharp(): Sharp | undefined {
  try {
    return createRequire(import.meta.url)('sharp') as Sharp
  } catch {
    return undefined
  }
}

const sharp = optionalSharp()
const folder = mkdtempSync(join(tmpdir(), 'nansen-pictures-'))
afterAll(() => rmSync(folder, { recursive: true }))

const codeOf = (source: string | Uint8Array, decoder?: Decoder): Promise<unknown> =>
  normalisePortrait(source, decoder).then(
    () => 'accepted',
    (error) => error.code,
  )

/** Colours that change all over, like a photograph's: red grows to the right, green downwards. */
function photograph(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      pixels[at] = (x * 255) / width
      pixels[at + 1] = (y * 255) / height
      pixels[at + 2] = (x * 31 + y * 17 + ((x * y) % 97)) % 256
    }
  return sharp!(pixels, { raw: { width, height, channels: 3 } })
}

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** A grey PNG of one bit a pixel: of the largest that pass for small files. */
function emptyPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('a file that is no picture', () => {
  test.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('a portrait')],
    [
      'an SVG',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="413" height="531"/>'),
    ],
    ['a GIF', Uint8Array.from([...'GIF89a'].map((c) => c.charCodeAt(0)))],
  ])('%s is refused before anything opens it', async (_, bytes) => {
    expect(await codeOf(bytes)).toBe('portrait.not-an-image')
  })

  test('ten MiB and one octet are refused', async () => {
    const large = new Uint8Array(10 * 1024 * 1024 + 1)
    large.set([0xff, 0xd8, 0xff])
    expect(await codeOf(large)).toBe('portrait.too-large')
    writeFileSync(join(folder, 'large.jpg'), large)
    expect(await codeOf(join(folder, 'large.jpg'))).toBe('portrait.too-large')
  })

  test('a path that leads to no file is refused, and the error does not name it', async () => {
    for (const path of [join(folder, 'nobody.jpg'), folder, '/dev/zero'])
      await expect(normalisePortrait(path)).rejects.toThrow(/^portrait\.unreadable$/)
  })
})

describe.skipIf(sharp === undefined)('a picture (skipped where sharp is not installed)', () => {
  test('becomes a JPEG of 413 × 531 pixels that a chip has room for', async () => {
    const portrait = await normalisePortrait(await photograph(1400, 1800).jpeg({ quality: 95 }).toBuffer())
    const { format, width, height, channels, space } = await sharp!(portrait).metadata()
    expect({ format, width, height, channels, space }).toEqual({
      format: 'jpeg',
      width: 413,
      height: 531,
      channels: 3,
      space: 'srgb',
    })
    expect(portrait.length).toBeLessThanOrEqual(20_000)
    expect(portrait.length).toBeGreaterThan(12_000)
  })

  test('of a path and of its octets are the same, and so are two of one', async () => {
    const png = await photograph(500, 700).png().toBuffer()
    writeFileSync(join(folder, 'somebody.png'), png)
    const portrait = await normalisePortrait(png)
    expect(await normalisePortrait(png)).toEqual(portrait)
    expect(await normalisePortrait(join(folder, 'somebody.png'))).toEqual(portrait)
  })

  test('the drawn silhouette is a portrait too', async () => {
    expect(await codeOf(silhouette())).toBe('accepted')
  })

  test('says nothing of where and with what it was taken', async () => {
    const taken = await photograph(800, 1000)
      .withExif({
        IFD0: { Copyright: 'PLANTED-OWNER', Model: 'PLANTED-CAMERA' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 45/1 7/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">PLANTED-XMP</x:xmpmeta>')
      .jpeg()
      .toBuffer()
    expect(taken.toString('latin1')).toContain('PLANTED')
    const portrait = Buffer.from(await normalisePortrait(taken))
    expect(portrait.toString('latin1')).not.toMatch(/PLANTED|Exif|http/)
    const { exif, xmp, icc, iptc } = await sharp!(portrait).metadata()
    expect({ exif, xmp, icc, iptc }).toEqual({})
  })

  test('loses what was appended to it', async () => {
    const jpeg = await photograph(500, 643).jpeg().toBuffer()
    const polyglot = Buffer.concat([jpeg, Buffer.from('PK\u0003\u0004 <script>PLANTED</script>')])
    const portrait = await normalisePortrait(polyglot)
    expect(Buffer.from(portrait).toString('latin1')).not.toContain('PLANTED')
    expect(portrait).toEqual(await normalisePortrait(jpeg))
  })

  test('is turned upright', async () => {
    // Red grows to the right; turned by a quarter as the camera says, it grows downwards.
    const lying = await photograph(1000, 800).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const { data } = await sharp!(await normalisePortrait(lying))
      .raw()
      .toBuffer({ resolveWithObject: true })
    const red = (x: number, y: number) => data[(y * 413 + x) * 3]!
    expect(red(200, 500) - red(200, 30)).toBeGreaterThan(150)
    expect(Math.abs(red(380, 260) - red(30, 260))).toBeLessThan(40)
  })

  test('with parts one can see through stands on white', async () => {
    const clear = await sharp!({
      create: { width: 413, height: 531, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer()
    const { data } = await sharp!(await normalisePortrait(clear))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(data.every((value) => value > 250)).toBe(true)
  })

  test('in grey or in printing colours becomes one in three colours', async () => {
    for (const space of ['b-w', 'cmyk']) {
      const picture = await photograph(500, 643).toColourspace(space).jpeg().toBuffer()
      const { channels } = await sharp!(await normalisePortrait(picture)).metadata()
      expect(channels).toBe(3)
    }
  })

  test('of few pixels is refused', async () => {
    expect(await codeOf(await photograph(299, 600).jpeg().toBuffer())).toBe('portrait.too-small')
    expect(await codeOf(await photograph(2000, 300).jpeg().toBuffer())).toBe('portrait.too-small')
  })
})

describe.skipIf(sharp === undefined)('a hostile picture (skipped where sharp is not installed)', () => {
  test('a file of a few octets that unfolds to 256 million pixels is refused at once', async () => {
    const bomb = emptyPng(16_000, 16_000)
    expect(bomb.length).toBeLessThan(100_000)
    const started = performance.now()
    expect(await codeOf(bomb)).toBe('portrait.too-large')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('one of 24 million pixels is still a portrait, and costs one request where memory is short', async () => {
    const picture = await sharp!({
      create: { width: 4_242, height: 5_657, channels: 4, background: '#334455' },
    })
      .png({ progressive: true, compressionLevel: 1 })
      .toBuffer()
    expect(await codeOf(picture)).toBe('accepted')
    const poor = new Decoder({ memoryLimit: 100 * 1024 * 1024 })
    expect(await codeOf(picture, poor)).toBe('portrait.decoder-died')
    expect(await codeOf(silhouette(), poor)).toBe('accepted')
    poor.close()
  })

  test('one cut off anywhere is refused', async () => {
    const jpeg = await photograph(600, 800).jpeg().toBuffer()
    const png = await photograph(600, 800).png().toBuffer()
    for (const whole of [jpeg, png])
      for (const share of [0.01, 0.1, 0.5, 0.9])
        expect(await codeOf(whole.subarray(0, whole.length * share))).toBe('portrait.not-an-image')
  })

  test('another kind behind the first octets of a JPEG is refused', async () => {
    const gif = await photograph(20, 26).gif().toBuffer()
    const masked = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), gif])
    expect(await codeOf(masked)).toBe('portrait.not-an-image')
  })

  test('random changes end in a portrait or in a typed error, and the decoder lives on', async () => {
    const whole = await photograph(400, 520).jpeg().toBuffer()
    let seed = 1
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 60; round++) {
      const broken = Buffer.from(whole)
      for (let i = 0; i < 20; i++) broken[3 + next(broken.length - 3)] = next(256)
      expect(await codeOf(broken)).toMatch(/^(accepted|portrait\.(not-an-image|too-small|too-large))$/)
    }
    expect(await codeOf(whole)).toBe('accepted')
  })

  test('one that takes too long costs one request, and the next starts the decoder again', async () => {
    const jpeg = await photograph(2_000, 2_600).jpeg().toBuffer()
    const hasty = new Decoder({ timeLimit: 1 })
    expect(await codeOf(jpeg, hasty)).toBe('portrait.decoder-died')
    const patient = new Decoder()
    const both = [codeOf(jpeg, patient), codeOf(jpeg, patient), codeOf(jpeg, patient)]
    // The first is being decoded, the others wait.
    setTimeout(() => patient.close(), 20)
    expect(await Promise.all(both)).toEqual(['portrait.decoder-died', 'accepted', 'accepted'])
    patient.close()
  })
})

test.skipIf(process.platform !== 'linux')(
  'the process that opens pictures has an empty environment (skipped where there is no /proc)',
  async () => {
    process.env.NANSEN_TEST_SECRET = 'planted'
    const decoder = new Decoder()
    await codeOf(silhouette(), decoder)
    const { pid } = decoder
    expect(pid).toBeGreaterThan(0)
    expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).toBe('')
    delete process.env.NANSEN_TEST_SECRET
    decoder.close()
  },
)
