import { type Point, pathOf } from './curve.ts'
import { PAGE, ZONE } from './geometry.ts'
import { type Palette, paletteOf, seedOf } from './palette.ts'
import { braid, compassRose, ring } from './rosette.ts'

const ZONE_TOP = PAGE.height - ZONE.height
const FINE = 0.06

/**
 * The pattern below the data, in light lines that a copier blurs: a rosette, braids and a field of waves, all
 * computed from the state's code, so that each state has its own. No sign of any state is in it.
 */
export const drawBackground = lastKept((code) => {
  const palette = paletteOf(code)
  const seed = seedOf(code)
  const device: Point = [10.4, 7.6]
  const rose = compassRose(device, 4.5)
  return svg(
    paper(palette),
    line('url(#lines)', FINE, waves(seed, ZONE_TOP)),
    line(palette.rosette, FINE, rosette([82, 38.6], 24.5, seed)),
    `<rect y="${ZONE_TOP * 100}" width="${PAGE.width * 100}" height="${ZONE.height * 100}" fill="#fff"/>`,
    line(palette.rosette, 0.1, braid([0, ZONE_TOP], PAGE.width, 0.8, 72)),
    line(palette.rosette, 0.1, braid([16.4, 12.75], 103.1, 0.7, 64)),
    line(
      palette.device,
      FINE,
      ring({ centre: device, inner: 3.05, outer: 3.75, lobes: 24, lines: 3, swell: [0, 0] }),
    ),
    `<path fill="${palette.device}" d="${rose.dark}"/>`,
    `<path fill="#fff" stroke="${palette.device}" stroke-width="7" stroke-linejoin="round" d="${rose.light}"/>`,
  )
})

/** The same for the page of observations: one great rose. */
export const drawObservationsBackground = lastKept((code) => {
  const palette = paletteOf(code)
  const seed = seedOf(code)
  const heart: Point = [PAGE.width / 2, PAGE.height / 2]
  const rose = compassRose(heart, 9.5)
  return svg(
    paper(palette),
    line('url(#lines)', FINE, waves(seed + 3, PAGE.height)),
    line(palette.rosette, FINE, rosette(heart, 37, seed)),
    `<path fill="${palette.rosette}" d="${rose.dark}"/>`,
    `<path fill="none" stroke="${palette.rosette}" stroke-width="8" d="${rose.light}"/>`,
  )
})

/** Rings around a centre, each with more lobes than the one inside it. */
function rosette(centre: Point, radius: number, seed: number): string {
  const lobes = 10 + (seed % 4)
  const part = (inner: number, outer: number, times: number, lines: number, share: number) =>
    ring({
      centre,
      inner: inner * radius,
      outer: outer * radius,
      lobes: lobes * times,
      lines,
      swell: [share, lobes],
    })
  return (
    part(0.22, 0.5, 2, 6, 0) +
    part(0.36, 0.78, 1, 12, 0) +
    part(0.66, 0.96, 3, 6, 0.4) +
    part(0.94, 1, 9, 2, 0)
  )
}

/** A field of waves down the page, each a little ahead of the one above it. */
function waves(seed: number, height: number): string {
  const lines = Math.round(height / 1.5)
  const length = 21 + (seed % 7)
  let d = ''
  for (let i = 0; i <= lines; i++) {
    const y = (i * height) / lines
    const shift = i * 0.21 + seed
    d += pathOf(
      (x) => [
        x,
        y + 1.3 * Math.sin((6.283 * x) / length + shift) + 1.1 * Math.sin((6.283 * x) / 57 - shift / 3),
      ],
      0,
      PAGE.width,
      18,
    )
  }
  return d
}

function paper({ paper: shades, lines }: Palette): string {
  const stops = (colours: readonly string[]) =>
    colours.map((colour, i) => `<stop offset="${i / 2}" stop-color="${colour}"/>`).join('')
  const gradient = (id: string, colours: readonly string[]) =>
    `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x2="12500" y2="3000">${stops(colours)}</linearGradient>`
  return (
    `<defs>${gradient('paper', shades)}${gradient('lines', lines)}</defs>` +
    '<rect width="12500" height="8800" fill="url(#paper)"/>'
  )
}

function line(colour: string, width: number, d: string): string {
  return `<path fill="none" stroke="${colour}" stroke-width="${width * 100}" d="${d}"/>`
}

function svg(...parts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg" width="125mm" height="88mm" viewBox="0 0 12500 8800">' +
      `${parts.join('')}</svg>`,
  )
}

/** Draws again only for another state: an office draws many pages for one. */
function lastKept(draw: (code: string) => Uint8Array): (code: string) => Uint8Array {
  let last: { code: string; drawn: Uint8Array } | undefined
  return (code) => {
    if (last?.code !== code) last = { code, drawn: draw(code) }
    return last.drawn
  }
}
