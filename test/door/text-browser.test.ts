import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Lynx, missingForLynx, openLynx } from './lynx.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

/*
 * Somebody reads the pages aloud, or comes over a line on which only text gets through: they see what `lynx` shows.
 */

let office: ServingOffice
let lynx: Lynx
beforeAll(async () => {
  if (missingForLynx !== undefined) return
  office = await serveOffice()
  lynx = openLynx(`${office.origin}/begin`)
}, 120_000)
afterAll(async () => {
  await lynx?.close()
  await office?.remove()
})

const inLynx = missingForLynx === undefined ? 'in lynx' : `in lynx (skipped: no ${missingForLynx} here)`

describe.skipIf(missingForLynx !== undefined)(`somebody applies ${inLynx}`, () => {
  test('makes a page of their own, tells their name, leaves, and comes back to it with seven words', async () => {
    await lynx.sees('Your page opens with seven words')
    await lynx.choose('Latin letters')
    const shown = await lynx.press('Show me my words', 'Write these seven words down')
    const words = [...shown.matchAll(/^ +([1-7])\. (\S+)$/gm)].map(([, , word]) => word!)
    expect(words).toHaveLength(7)
    for (const word of words) expect(word).toMatch(/^[a-z]+$/)

    const asked = await lynx.press('I have written them down', 'Type three of your words')
    const places = [...asked.matchAll(/^ *Word ([1-7]) /gm)].map(([, place]) => Number(place))
    expect(places).toHaveLength(3)
    for (const place of places) await lynx.fill(`Word ${place}`, words[place - 1]!)

    const fresh = await lynx.press('Open my page', 'Your application')
    expect(fresh).toContain('0 of 6 done')
    expect(fresh).toMatch(/\[\d+\]Name\n +Not started\n/)

    await lynx.press('Name', 'What is your name?')
    await lynx.fill('Family name', 'Заречная')
    await lynx.fill('Given names', 'Вера Андреевна')
    await lynx.select('Language of the name', 'Russian')
    const spelled = await lynx.press('Save and continue', 'How machines will read the name')
    expect(spelled).toMatch(/^ *As you wrote it\s+Вера Андреевна Заречная$/m)
    expect(spelled).toMatch(/^ *Family name, for machines\s+ZARECHNAIA$/m)
    expect(spelled).toMatch(/^ *Given names, for machines\s+VERA ANDREEVNA$/m)
    await lynx.press('This spelling is fine', 'Date of birth')

    const told = await lynx.go(`${office.origin}/my`, 'Your application')
    expect(told).toContain('1 of 6 done')
    expect(told).toMatch(NAME_IS_DONE)

    await lynx.press('Leave this site', 'Public holidays')
    expect(lynx.text()).not.toMatch(/Заречная|Office for Papers/)
    // Lynx keeps pages in memory, and heeds only some of the ways to forbid it.
    const out = await lynx.go(`${office.origin}/my`, /Type your seven words|Your application/)
    expect(out).toContain('Type your seven words')
    await lynx.fill('Your seven words', words.join(' '))
    const again = await lynx.press('Open my page', 'Your application')
    expect(again).toContain('1 of 6 done')
    expect(again).toMatch(NAME_IS_DONE)
    expect(await lynx.press('Name', 'What is your name?')).toMatch(/Заречная[\s\S]+Вера Андреевна/)
  })
})

const NAME_IS_DONE = /\[\d+\]Name\n +Done\n/
