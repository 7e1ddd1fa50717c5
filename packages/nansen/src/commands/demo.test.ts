import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_PEOPLE } from '../demo/people.ts'
import { main } from '../main.ts'

let parent: string
let out: string
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'nansen-demo-'))
  out = join(parent, 'specimens')
})
afterAll(() => rmSync(parent, { recursive: true }))

const demo = async (): Promise<{ code: number; text: string }> => {
  let text = ''
  const write = (more: string) => {
    text += more
  }
  return { code: await main(['demo', '--out', out], { out: write, error: write, colour: false }), text }
}

const GENUINE = 'Genuine and current'

test('it issues to twelve people, and tells what a border post says of each and of four forgeries', async () => {
  const { code, text } = await demo()
  expect(code).toBe(0)
  const rows = text.split('\n')
  for (const { about, row } of DEMO_PEOPLE) {
    const told = rows.find((line) => line.endsWith(about))
    expect(told).toContain(GENUINE)
    expect(told).toContain(` ${row[7]}  ${row[0]} `)
  }
  const forged = rows.filter((line) => line.includes('not-genuine'))
  expect(forged).toHaveLength(4)
  for (const line of forged) expect(line).not.toContain(GENUINE)
  for (const name of ['csca.cer', 'dsc.cer', 'crl.crl', 'masterlist.ml'])
    expect(existsSync(join(out, 'trust', name))).toBe(true)
  // What it tells to type next is there.
  const [, folder] = /npx nansen inspect --trust \S+ (\S+)/.exec(text) ?? []
  expect(existsSync(join(folder ?? '', 'EF_SOD.bin'))).toBe(true)
}, 120_000)

test('again, it finds the same papers and inspects them again', async () => {
  const before = readFileSync(join(out, 'papers.csv'), 'utf8')
  const { code, text } = await demo()
  expect(code).toBe(0)
  expect(text.split(GENUINE)).toHaveLength(1 + DEMO_PEOPLE.length)
  expect(readFileSync(join(out, 'papers.csv'), 'utf8')).toBe(before)
}, 120_000)

test('a folder that another version made is made anew', async () => {
  const before = readFileSync(join(out, 'papers.csv'), 'utf8')
  writeFileSync(join(out, 'people.csv'), 'id,family_name\n')
  expect((await demo()).code).toBe(0)
  expect(readFileSync(join(out, 'papers.csv'), 'utf8')).not.toBe(before)
}, 120_000)

test('it ends with 1 if anything gets another answer than it must', async () => {
  const [, folder] = readFileSync(join(out, 'papers.csv'), 'utf8').split('\n')[1]!.split(',')
  const path = join(out, folder!, 'EF_DG1.bin')
  const bytes = readFileSync(path)
  bytes[20]! ^= 1
  writeFileSync(path, bytes)
  const { code, text } = await demo()
  expect(code).toBe(1)
  expect(text.split(GENUINE)).toHaveLength(DEMO_PEOPLE.length)
}, 120_000)
