import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silhouette } from '../../packages/nansen/src/specimen/silhouette.ts'
import { specimenDocument } from '../../packages/nansen/src/specimen/specimen-document.ts'
import { type ServingOffice, serveOffice } from './serving.ts'
import { missingForW3m, openW3m, type W3m } from './w3m.ts'

/*
 * The whole of an application in a browser that has text alone, but can send files: `w3m`.
 */

const folder = mkdtempSync(join(tmpdir(), 'nansen-files-'))
const photo = join(folder, 'photo.jpg')
const paper = join(folder, 'paper.jpg')

let office: ServingOffice
let w3m: W3m
beforeAll(async () => {
  if (missingForW3m !== undefined) return
  writeFileSync(photo, silhouette())
  writeFileSync(paper, specimenDocument('booklet', 7))
  office = await serveOffice()
  w3m = openW3m(`${office.origin}/begin`)
}, 120_000)
afterAll(async () => {
  await w3m?.close()
  await office?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const inW3m = missingForW3m === undefined ? 'in w3m' : `in w3m (skipped: no ${missingForW3m} here)`

describe.skipIf(missingForW3m !== undefined)(`somebody applies ${inW3m}`, () => {
  test('from the first page to the receipt, with a photograph and a picture of a paper', async () => {
    await w3m.choose('Cyrillic letters')
    const shown = await w3m.press('Show me my words', 'Write these seven words down')
    const words = [...shown.matchAll(/^ *[1-7]\. (\S+)$/gm)].map(([, word]) => word!)
    expect(words).toHaveLength(7)
    const asked = await w3m.press('I have written them down', 'Type three of your words')
    for (const [, place] of asked.matchAll(/^ *Word ([1-7])/gm))
      await w3m.fill(`Word ${place}`, words[Number(place) - 1]!)
    await w3m.press('Open my page', '0 of 6 done')

    await w3m.press('Name', 'What is your name?')
    await w3m.fill('Family name', 'Заречная')
    await w3m.fill('Given names', 'Вера Андреевна')
    await w3m.select('Language of the name', 'Russian')
    expect(await w3m.press('Save and continue', 'How machines will read the name')).toContain('ZARECHNAIA')
    await w3m.press('This spelling is fine', 'Date of birth')
    await w3m.fill('Day', '12')
    await w3m.fill('Month', '4')
    await w3m.fill('Year', '1987')
    await w3m.choose('Female')
    await w3m.fill('Nationality', 'Russia')
    await w3m.press('Save and continue', 'A photograph of your face')
    await w3m.fill('Choose a picture', photo, 'We have your photograph')
    await w3m.go(`${office.origin}/my`, '3 of 6 done')
    await w3m.press('Papers and other evidence', 'What shows who you are?')
    await w3m.press('Add something', 'Add a picture of something')
    await w3m.choose('Internal passport or identity card')
    await w3m.fill('Picture of it', paper, 'What you have added')
    await w3m.go(`${office.origin}/my/reasons`, 'Why can you not ask your own state?')
    await w3m.choose('My passport was taken from me or declared invalid.')
    await w3m.write('In your own words', 'Я подписала письмо против войны.')
    await w3m.press('Save and continue', 'Where are you now?')
    await w3m.fill('Country where you are', 'Utopia')
    await w3m.choose('Temporary protection')
    await w3m.press('Save and continue', 'Children who need')
    await w3m.go(`${office.origin}/my/meeting`, 'Where shall we see you?')
    await w3m.choose('Office at the harbour')
    await w3m.press('Save and continue', 'The fee')
    await w3m.choose('No, I cannot pay it')
    const all = await w3m.press('Save and continue', 'Look at everything before you hand it in')
    for (const told of [
      'Заречная',
      '12 April 1987',
      'Internal passport or identity card',
      'Я подписала письмо',
      'Utopia',
    ])
      expect(all).toContain(told)
    const receipt = await w3m.press('Hand in my application', 'Your application is with us')
    expect(receipt).toMatch(/Code of the case\s+[0-9A-Z]{4}/)
  })
})
