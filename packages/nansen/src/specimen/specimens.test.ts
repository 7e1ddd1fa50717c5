import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { encodeJpeg } from './jpeg.ts'
import { type SpecimenDocumentKind, specimenDocument } from './specimen-document.ts'
import { specimenPortrait } from './specimen-portrait.ts'

type Sharp = typeof import('sharp')['default']

function optionalSharp(): Sharp | undefined {
  try {
    return createRequire(import.meta.url)('sharp') as Sharp
  } catch {
    return undefined
  }
}

const sharp = optionalSharp()
const KINDS: readonly SpecimenDocumentKind[] = ['booklet', 'card', 'certificate', 'letter']
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('a drawn specimen', () => {
  test('is the same for the same seed, and another for every other', () => {
    const seeds = Array.from({ length: 30 }, (_, i) => i)
    const drawn = seeds.map((seed) => digest(specimenPortrait(seed)))
    expect(digest(specimenPortrait(7))).toBe(drawn[7])
    expect(new Set(drawn).size).toBe(seeds.length)
    for (const kind of KINDS) {
      const papers = [1, 2, 1].map((seed) => digest(specimenDocument(kind, seed)))
      expect(papers[2]).toBe(papers[0])
      expect(papers[1]).not.toBe(papers[0])
    }
  })

  test('has the same bytes on every machine', () => {
    expect(digest(specimenPortrait(1)).slice(0, 16)).toMatchInlineSnapshot(`"0f151284e68c1cc1"`)
    expect(digest(specimenDocument('letter', 1)).slice(0, 16)).toMatchInlineSnapshot(`"2410ef2ed1961d9c"`)
  })

  test('fits: a portrait on a chip, a paper among evidence', () => {
    for (let seed = 0; seed < 40; seed++) expect(specimenPortrait(seed).length).toBeLessThan(24_000)
    for (const kind of KINDS) expect(specimenDocument(kind, 3).length).toBeLessThan(150_000)
  })
})

describe.skipIf(sharp === undefined)('our own JPEG (skipped where sharp is not installed)', () => {
  test.each([
    [16, 16],
    [13, 21],
    [1, 1],
    [413, 531],
  ])('of %i × %i pixels reads as what was drawn', async (width, height) => {
    const rgb = new Uint8Array(width * height * 3)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        rgb.set(
          [(x * 255) / width, (y * 255) / height, 128 + 100 * Math.sin((x + y) / 9)],
          (y * width + x) * 3,
        )
    const { data, info } = await sharp!(encodeJpeg({ width, height, rgb }, 95))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height, info.channels]).toEqual([width, height, 3])
    let most = 0
    for (let i = 0; i < rgb.length; i++) most = Math.max(most, Math.abs(data[i]! - rgb[i]!))
    expect(most).toBeLessThan(20)
  })

  test('stands all qualities and the loudest pixels', async () => {
    const rgb = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (((i * 2_654_435_761) >>> 13) & 1) * 255)
    for (const quality of [1, 30, 50, 80, 100])
      await sharp!(encodeJpeg({ width: 64, height: 64, rgb }, quality), { failOn: 'warning' })
        .raw()
        .toBuffer()
  })
})
