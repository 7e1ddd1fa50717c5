import { createRequire } from 'node:module'
import type { PhotoAdvice } from '@nansen/authority'
import { afterAll, describe, expect, test } from 'vitest'
import { silhouette, specimenPortrait } from '../specimen/index.ts'
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

interface Drawn {
  readonly skin?: string
  readonly hair?: string
  readonly clothes?: string
  readonly ground?: string
}

/** A head with hair and something of a face, on one ground. */
function person({ skin = '#c69a78', hair = '#3a2c24', clothes = '#40506c', ground = '#dfe3e6' }: Drawn = {}) {
  return sharp!(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 413 531" width="826" height="1062">
      <defs><linearGradient id="l"><stop offset="0" stop-color="#fff" stop-opacity=".12"/><stop offset="1" stop-opacity=".2"/></linearGradient></defs>
      <rect width="413" height="531" fill="${ground}"/>
      <ellipse cx="206" cy="600" rx="180" ry="200" fill="${clothes}"/>
      <rect x="166" y="300" width="80" height="120" fill="${skin}"/>
      <ellipse cx="206" cy="205" rx="105" ry="135" fill="${hair}"/>
      <ellipse cx="206" cy="235" rx="88" ry="115" fill="${skin}"/>
      <ellipse cx="206" cy="235" rx="88" ry="115" fill="url(#l)"/>
      <g fill="#eee"><ellipse cx="170" cy="220" rx="14" ry="7"/><ellipse cx="242" cy="220" rx="14" ry="7"/></g>
      <g fill="#15100e"><circle cx="170" cy="220" r="6"/><circle cx="242" cy="220" r="6"/></g>
      <path d="M178 290 Q206 304 234 290" stroke="#6a2a2a" stroke-width="6" fill="none"/></svg>`),
  )
}

const adviceOn = async (photograph: import('sharp').Sharp | Uint8Array): Promise<readonly PhotoAdvice[]> =>
  (
    await pictures.portrait(
      photograph instanceof Uint8Array ? photograph : await photograph.jpeg().toBuffer(),
    )
  ).advice

describe.skipIf(sharp === undefined)('advice on a photograph (skipped where sharp is not installed)', () => {
  test('is none on a good one', async () => {
    expect(await adviceOn(person())).toEqual([])
  })

  test('is none on the drawn silhouettes', async () => {
    expect(await adviceOn(silhouette())).toEqual([])
    for (let seed = 0; seed < 40; seed++)
      expect({ seed, advice: await adviceOn(specimenPortrait(seed, { child: seed % 4 === 3 })) }).toEqual({
        seed,
        advice: [],
      })
  })

  test.each<[what: string, drawn: Drawn]>([
    [
      'a very dark skin, dark hair and dark clothes',
      { skin: '#2e1f19', hair: '#0e0c0c', clothes: '#14161a' },
    ],
    ['a very fair skin and white hair', { skin: '#f4dccd', hair: '#eeeae2', clothes: '#7a8088' }],
    ['a white ground', { ground: '#ffffff' }],
  ])('holds no one’s looks against the light: %s', async (_, drawn) => {
    expect(await adviceOn(person(drawn))).toEqual([])
  })

  test.each<[PhotoAdvice, (whole: import('sharp').Sharp) => import('sharp').Sharp]>([
    ['too-dark', (whole) => whole.linear(0.25, 0)],
    ['too-bright', (whole) => whole.linear(0.35, 180)],
    ['low-contrast', (whole) => whole.linear(0.18, 105)],
    ['blurred', (whole) => whole.blur(8)],
  ])('says %s, and nothing else', async (code, spoilt) => {
    const whole = await person().png().toBuffer()
    expect(await adviceOn(spoilt(sharp!(whole)))).toEqual([code])
  })

  test('a slight blur is let pass', async () => {
    const whole = await person().png().toBuffer()
    expect(await adviceOn(sharp!(whole).blur(2))).toEqual([])
  })

  test('says background-uneven of a wall of bricks, of half a window, and of no quiet shadow', async () => {
    const behind = (svg: string) =>
      person({ ground: 'none' })
        .png()
        .toBuffer()
        .then((front) =>
          sharp!(
            Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="826" height="1062">${svg}</svg>`),
          )
            .composite([{ input: front }])
            .png()
            .toBuffer(),
        )
    const bricks = Array.from(
      { length: 400 },
      (_, i) =>
        `<rect x="${(i % 10) * 90 + (Math.floor(i / 10) % 2) * 45 - 45}" y="${Math.floor(i / 10) * 40}" width="80" height="32" fill="#a0523c"/>`,
    ).join('')
    const full = 'width="826" height="1062"'
    expect(await adviceOn(await behind(`<rect ${full} fill="#ddd"/>${bricks}`))).toEqual([
      'background-uneven',
    ])
    expect(
      await adviceOn(
        await behind(`<rect ${full} fill="#fff"/><rect width="413" height="1062" fill="#98a0a8"/>`),
      ),
    ).toEqual(['background-uneven'])
    const shadow =
      '<defs><linearGradient id="s"><stop offset="0" stop-color="#e6e6e6"/><stop offset="1" stop-color="#cccccc"/></linearGradient></defs>'
    expect(await adviceOn(await behind(`${shadow}<rect ${full} fill="url(#s)"/>`))).toEqual([])
  })

  test('says small of few pixels, not also blurred, and refuses none', async () => {
    const whole = await person().png().toBuffer()
    expect(await adviceOn(sharp!(whole).resize(120))).toEqual(['small'])
    expect(await adviceOn(sharp!(whole).resize(299))).toEqual(['small'])
    expect(await adviceOn(sharp!(whole).resize(301))).toEqual([])
  })

  test('is the same for the same picture', async () => {
    const dim = await person().linear(0.25, 0).jpeg().toBuffer()
    expect(await pictures.portrait(dim)).toEqual(await pictures.portrait(dim))
  })
})
