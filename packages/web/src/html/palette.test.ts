import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../assets/nansen.css', import.meta.url), 'utf8')
const named = Object.fromEntries(
  [...css.matchAll(/--([a-z]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value!]),
)
const colour = (of: string): string => named[of] ?? of

/** [WCAG 2.2: relative luminance] */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(colour(one)), luminance(colour(other))].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

test.each([
  ['ink', 'paper'],
  ['ink', 'sheet'],
  ['ink', 'mist'],
  ['ink', 'glow'],
  ['soft', 'paper'],
  ['soft', 'mist'],
  ['fjord', 'paper'],
  ['fjord', 'sheet'],
  ['deep', 'paper'],
  ['ember', 'paper'],
  ['ember', 'sheet'],
  ['#ffffff', 'fjord'],
  ['#ffffff', 'deep'],
  ['#ffffff', 'ember'],
  ['#f3f0e6', 'deep'],
  ['moss', '#e3efe5'],
  ['ink', '#e3efe5'],
  ['#6b3a05', 'glow'],
  ['#8a2d0c', '#f7dfd5'],
  ['deep', '#e9a06d'],
])('text in %s on %s can be read', (text, ground) => {
  expect(contrast(text, ground)).toBeGreaterThan(4.5)
})

test.each([
  ['edge', 'paper'],
  ['edge', 'sheet'],
  ['ember', 'paper'],
  ['#e9a06d', 'deep'],
  ['deep', 'focus'],
  ['deep', 'paper'],
])('the edge of what can be pressed, in %s on %s, can be seen', (edge, ground) => {
  expect(contrast(edge, ground)).toBeGreaterThan(3)
})

test('focus is seen on the dark head too', () => {
  expect(contrast('focus', 'deep')).toBeGreaterThan(3)
})
