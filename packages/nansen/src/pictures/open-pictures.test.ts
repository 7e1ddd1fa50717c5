import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PictureRefusal } from '@nansen/authority'
import { afterAll, describe, expect, test } from 'vitest'
import { silhouette } from '../specimen/index.ts'
import { confinement, PROCESS_ONLY } from './confinement.ts'
import { Decoder } from './decoder.ts'
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

/** What became of an upload: nothing but a picture or a typed refusal. */
const outcome = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'accepted',
    (error) => (error instanceof PictureRefusal ? error.code : `untyped: ${error}`),
  )

/** A page of small print: letters a few pixels high, dark on light, with the grain of a camera. */
function page(width: number, height: number) {
  const lines = Array.from(
    { length: 56 },
    (_, i) =>
      `<text x="70" y="${90 + i * 24}" font-size="15">Удостоверение ${i}: Nansen passport, renewed</text>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1414"><rect width="1000" height="1414" fill="#f4f1e8"/>${lines.join('')}</svg>`
  return sharp!(Buffer.from(svg)).resize(width, height)
}

function noise(width: number, height: number) {
  let state = 7
  const pixels = Buffer.alloc(width * height * 3)
  for (let i = 0; i < pixels.length; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    pixels[i] = state >> 16
  }
  return sharp!(pixels, { raw: { width, height, channels: 3 } })
}

describe.skipIf(sharp === undefined)('a picture of a paper (skipped where sharp is not installed)', () => {
  test('becomes a JPEG of 1600 pixels along its long side and at most 400 kB', async () => {
    const photograph = await page(3000, 4242).jpeg({ quality: 95 }).toBuffer()
    const jpeg = await pictures.picture(photograph)
    const { format, width, height, channels, space } = await sharp!(jpeg).metadata()
    expect({ format, width, height, channels, space }).toEqual({
      format: 'jpeg',
      width: 1132,
      height: 1600,
      channels: 3,
      space: 'srgb',
    })
    expect(jpeg.length).toBeLessThanOrEqual(400_000)
  })

  test('keeps its small print: it differs little from the same page without loss', async () => {
    const original = await page(2000, 2828).png().toBuffer()
    const jpeg = await pictures.picture(original)
    const pixels = (bytes: Uint8Array) =>
      sharp!(bytes).resize(1132, 1600, { fit: 'fill' }).greyscale().raw().toBuffer()
    const [read, whole] = [await pixels(jpeg), await pixels(original)]
    let squares = 0
    for (let i = 0; i < whole.length; i++) squares += (read[i]! - whole[i]!) ** 2
    expect(10 * Math.log10(255 ** 2 / (squares / whole.length))).toBeGreaterThan(31)
  })

  test('of any size is not enlarged, and the same gives the same bytes', async () => {
    const small = await page(300, 200).png().toBuffer()
    const jpeg = await pictures.picture(small)
    expect(await sharp!(jpeg).metadata()).toMatchObject({ width: 300, height: 200 })
    expect(await pictures.picture(small)).toEqual(jpeg)
  })

  test('that is all noise is taken at a lower quality, and one of a single pixel too', async () => {
    const jpeg = await pictures.picture(await noise(1600, 1200).png().toBuffer())
    expect(jpeg.length).toBeLessThan(1_500_000)
    expect(await outcome(pictures.picture(await noise(1, 1).png().toBuffer()))).toBe('accepted')
    expect(await outcome(pictures.portrait(await noise(1, 1).png().toBuffer()))).toBe('accepted')
  })

  test('says nothing of where and with what it was taken, and loses what was appended', async () => {
    const taken = await page(800, 1000)
      .withExif({
        IFD0: { Copyright: 'PLANTED-OWNER', Model: 'PLANTED-CAMERA' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 45/1 7/1' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">PLANTED-XMP</x:xmpmeta>')
      .jpeg()
      .toBuffer()
    const upload = Buffer.concat([taken, Buffer.from('PLANTED-TAIL <script>')])
    expect(upload.toString('latin1')).toContain('PLANTED')
    const jpeg = Buffer.from(await pictures.picture(upload))
    expect(jpeg.toString('latin1')).not.toMatch(/PLANTED|Exif|http|script/)
    const { exif, xmp, icc, iptc, comments } = await sharp!(jpeg).metadata()
    expect({ exif, xmp, icc, iptc, comments }).toEqual({})
  })

  test('is turned upright', async () => {
    const lying = await page(1000, 700).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await sharp!(await pictures.picture(lying)).metadata()).toMatchObject({ width: 700, height: 1000 })
  })

  test('in the colours of another screen is brought to sRGB', async () => {
    const red = sharp!({
      create: { width: 64, height: 64, channels: 3, background: { r: 220, g: 40, b: 40 } },
    })
    const wide = await red.withIccProfile('p3').png().toBuffer()
    const [r, g, b] = await sharp!(await pictures.picture(wide))
      .raw()
      .toBuffer()
    for (const [is, was] of [
      [r, 220],
      [g, 40],
      [b, 40],
    ])
      expect(Math.abs(is! - was!)).toBeLessThan(8)
  })
})

describe.skipIf(sharp === undefined)('one process for all (skipped where sharp is not installed)', () => {
  test('answers a dozen at once, each with its own picture', async () => {
    const sizes = Array.from({ length: 12 }, (_, i) => 40 + i)
    const uploads = await Promise.all(sizes.map((size) => noise(size, 30).png().toBuffer()))
    const answers = await Promise.all(uploads.map((upload) => pictures.picture(upload)))
    const widths = await Promise.all(answers.map(async (jpeg) => (await sharp!(jpeg).metadata()).width))
    expect(widths).toEqual(sizes)
  })

  test('that dies costs the one picture it was at', async () => {
    const upload = await noise(2000, 2000).png().toBuffer()
    const mortal = openPictures()
    const answers = [mortal.picture(upload), mortal.picture(upload), mortal.portrait(upload)].map(outcome)
    setTimeout(() => mortal.close(), 150)
    expect(await Promise.all(answers)).toEqual(['picture.decoder-died', 'accepted', 'accepted'])
    mortal.close()
  })

  test('works the same where the system gives it no namespaces', async () => {
    const plain = openPictures({ confinement: () => PROCESS_ONLY })
    expect(await plain.portrait(silhouette())).toEqual(await pictures.portrait(silhouette()))
    plain.close()
  })

  test.skipIf(process.platform !== 'linux')(
    'has an empty environment, and no network that is ours',
    async () => {
      const decoder = new Decoder()
      await decoder.decode('portrait', silhouette())
      expect(readFileSync(`/proc/${decoder.pid}/environ`, 'latin1')).toBe('')
      const network = (pid: number | 'self') => readlinkSync(`/proc/${pid}/ns/net`)
      expect(network(decoder.pid!) !== network('self')).toBe(confinement()!.alone)
      decoder.close()
    },
  )
})

describe('where sharp is not installed', () => {
  test('nothing opens, and the refusal says why', () => {
    expect(() => openPictures({ confinement: () => undefined })).toThrow(/^picture\.decoder-missing$/)
  })

  test('the program says so by its exit', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nansen-decoder-'))
    cpSync(fileURLToPath(new URL('../../bin/decoder', import.meta.url)), folder, { recursive: true })
    cpSync(fileURLToPath(new URL('../../package.json', import.meta.url)), join(folder, 'package.json'))
    const { status } = spawnSync(process.execPath, [join(folder, 'picture-decoder.js'), 'probe'])
    rmSync(folder, { recursive: true })
    expect(status).toBe(3)
  })
})
