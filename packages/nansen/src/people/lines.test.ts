import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Line, linesOf } from './lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'lines-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(content: string | Uint8Array): string {
  const path = join(folder, 'lines.csv')
  writeFileSync(path, content)
  return path
}

async function read(content: string | Uint8Array): Promise<readonly Line[]> {
  const lines: Line[] = []
  for await (const line of linesOf(file(content))) lines.push(line)
  return lines
}

test('an end of two octets that falls between two readings is one end', async () => {
  // Files are read in pieces of 64 KiB; the CR is the last octet of the first.
  const before = 'x'.repeat(4095)
  const filling = `${before}\n`.repeat(15) + 'y'.repeat(4095)
  const lines = await read(`${filling}\r\nz`)
  expect(filling.length).toBe(65_535)
  expect(lines.at(-1)).toEqual({ line: 17, text: 'z' })
})

test('4,096 octets are a line, and one more is too long wherever it falls', async () => {
  expect(await read('x'.repeat(4096))).toEqual([{ line: 1, text: 'x'.repeat(4096) }])
  expect(await read(`${'x'.repeat(4097)}\ny`)).toEqual([
    { line: 1, code: 'row.too-long' },
    { line: 2, text: 'y' },
  ])
})

test('a letter of several octets is whole, also where it falls between two readings', async () => {
  const text = `${`${'щ'.repeat(2047)}\n`.repeat(16)}${'щ'.repeat(40)}`
  const lines = await read(text)
  expect(lines).toHaveLength(17)
  for (const line of lines) expect('text' in line && /^щ+$/.test(line.text)).toBe(true)
})

test('the mark of UTF-8 is left out at the start of the file and nowhere else', async () => {
  expect(await read('\ufeffa\n\ufeffb')).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: '\ufeffb' },
  ])
})

test('after a million rows it says that there are too many', async () => {
  const path = file('x\n'.repeat(1_000_002))
  let lines = 0
  const reading = (async () => {
    for await (const _ of linesOf(path)) lines++
  })()
  await expect(reading).rejects.toMatchObject({ code: 'people.too-large' })
  expect(lines).toBe(1_000_001)
})
