import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { childWith } from '../../../test/child.ts'
import { KeyJournal, type KeyJournalEntry, readKeyJournal } from './key-journal.ts'

const base = mkdtempSync(join(tmpdir(), 'nansen-journal-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

let count = 0
const freshPath = () => join(mkdtempSync(join(base, 'j')), `journal-${count++}`)

const entry = (n: number, key = 'document-signer-1'): KeyJournalEntry => ({
  key,
  intent: n.toString(16).padStart(32, '0'),
  digest: 'ab'.repeat(32),
  stored: 'ef'.repeat(32),
  signature: 'cd'.repeat(32),
})

function written(entries: number, path = freshPath()): string {
  const journal = new KeyJournal(path)
  journal.append(Array.from({ length: entries }, (_, n) => entry(n)))
  journal.close()
  return path
}

const linesIn = (path: string) => readFileSync(path, 'latin1').split('\n').slice(0, -1)

describe('the journal of the keys', () => {
  test('counts each key, and goes on where it was when it is opened again', () => {
    const path = freshPath()
    const journal = new KeyJournal(path)
    journal.append([entry(0), entry(1, 'csca-1')])
    journal.append([entry(2)])
    journal.close()
    const again = new KeyJournal(path)
    again.append([entry(3)])
    expect(again.countOf('document-signer-1')).toBe(3)
    expect(again.countOf('csca-1')).toBe(1)
    expect(again.countOf('log-1')).toBe(0)
    again.close()
    const lines = readKeyJournal(path)
    expect(lines.map(({ number }) => number)).toEqual([0, 1, 2, 3])
    expect(lines[1]).toMatchObject(entry(1, 'csca-1'))
  })

  test('is read in pieces as if it were one', () => {
    const path = written(8000)
    expect(readFileSync(path).length).toBeGreaterThan(2 << 20)
    expect(readKeyJournal(path).length).toBe(8000)
    const journal = new KeyJournal(path)
    expect(journal.countOf('document-signer-1')).toBe(8000)
    journal.close()
  })

  test('that is not there yet is empty', () => {
    expect(readKeyJournal(freshPath())).toEqual([])
  })

  test('cuts off a last line that a crash left unfinished, wherever it stopped', () => {
    const whole = readFileSync(written(3))
    const beforeLast = whole.lastIndexOf(0x0a, whole.length - 2) + 1
    for (const length of [beforeLast + 1, beforeLast + 100, whole.length - 1]) {
      const path = written(3)
      truncateSync(path, length)
      expect(readKeyJournal(path).length).toBe(2)
      const journal = new KeyJournal(path)
      expect(journal.countOf('document-signer-1')).toBe(2)
      journal.append([entry(2)])
      journal.close()
      expect(readFileSync(path).equals(whole)).toBe(true)
    }
  })
})

describe('a journal is refused', () => {
  const tampering: [string, (lines: string[]) => string[]][] = [
    ['with a line changed in the middle', (lines) => lines.with(1, lines[1]!.replace('ab', 'aa'))],
    ['with a line taken out', (lines) => lines.toSpliced(1, 1)],
    ['with its first line taken out', (lines) => lines.slice(1)],
    ['with a line twice', (lines) => lines.toSpliced(1, 0, lines[1]!)],
    ['with lines in another order', (lines) => [lines[1]!, lines[0]!, lines[2]!]],
    ['with an empty line', (lines) => lines.toSpliced(1, 0, '')],
    ['with a finished last line that is cut short', (lines) => lines.with(2, lines[2]!.slice(0, 50))],
    ['with another field', (lines) => lines.with(2, lines[2]!.replace('{', '{"more":1,'))],
    ['with something that is no line', (lines) => [...lines, 'null']],
  ]
  test.each(tampering)('%s', (_, tamper) => {
    const path = written(3)
    writeFileSync(path, `${tamper(linesIn(path)).join('\n')}\n`)
    expect(() => new KeyJournal(path)).toThrow('journal.broken')
    expect(() => readKeyJournal(path)).toThrow('journal.broken')
    // The refusal keeps nothing locked.
    rmSync(path)
    new KeyJournal(path).close()
  })

  test('to a second key service, in this process or another, until the first has let go', async () => {
    const path = written(1)
    const first = new KeyJournal(path)
    expect(() => new KeyJournal(path)).toThrow('journal.in-use')
    expect(await fromAnotherProcess(path)).toContain('journal.in-use')
    first.append([entry(1)])
    first.close()
    expect(await fromAnotherProcess(path)).toContain('opened')
    // That process died without letting go.
    const next = new KeyJournal(path)
    expect(next.countOf('document-signer-1')).toBe(2)
    next.close()
  })

  test('when somebody else has written to it meanwhile', () => {
    const path = written(1)
    const journal = new KeyJournal(path)
    appendFileSync(path, 'x')
    expect(() => journal.append([entry(1)])).toThrow('journal.broken')
    expect(() => journal.append([entry(1)])).toThrow('closed')
    journal.close()
  })
})

/** Opens the journal in a process that is then killed, and tells what came of it. */
async function fromAnotherProcess(path: string): Promise<string | undefined> {
  const child = childWith(
    'packages/signing/src/key-journal.ts',
    `try { new module.KeyJournal(args[0]); console.log('opened') } catch (error) { console.log(error.message) }`,
    path,
  )
  const said = await child.line()
  await child.kill()
  return said
}
