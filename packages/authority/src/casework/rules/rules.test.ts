import { expect, test } from 'vitest'
import { EVIDENCE_KINDS } from './evidence-kinds.ts'
import { GROUNDS, groundOf, RULES_VALID_FROM, RULES_VERSION } from './grounds.ts'
import { PLACES } from './places.ts'
import { STAY_BASES } from './stay-bases.ts'

const LISTS = { GROUNDS, EVIDENCE_KINDS, STAY_BASES, PLACES }

test.each(Object.entries(LISTS))('%s: each code once, in small letters', (_, list) => {
  const codes = list.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect(code).toMatch(/^[a-z0-9-]{2,40}$/)
})

test('the rules have a version and a day', () => {
  expect(RULES_VERSION).toMatch(/^[a-z0-9-]+$/)
  expect(RULES_VALID_FROM).toMatch(/^\d{4}-\d\d-\d\d$/)
})

test('there are grounds for and against, each with its law, and those for it with their papers', () => {
  for (const kind of ['approve', 'refuse']) {
    const grounds = GROUNDS.filter((ground) => ground.kind === kind)
    expect(grounds.length).toBeGreaterThanOrEqual(6)
    for (const { code, law } of grounds) {
      expect(law.length).toBeGreaterThan(0)
      expect(groundOf(code)?.documents === undefined).toBe(kind === 'refuse')
    }
  }
})

test('P18: no ground is a wanted notice, or what any other state says of somebody', () => {
  for (const { code, law } of GROUNDS)
    expect(`${code} ${law.join(' ')}`).not.toMatch(/notice|wanted|interpol|diffusion|origin|extradit/i)
})

test('no ground looks at where somebody was born or of which state they are', () => {
  for (const { code } of GROUNDS) expect(code).not.toMatch(/birth|nation|citizen|country/)
})

test('nothing is asked for that an army, or the state that somebody fled, would have to give', () => {
  for (const { code } of EVIDENCE_KINDS)
    expect(code).not.toMatch(/military|army|conscript|apostille|criminal/)
})
