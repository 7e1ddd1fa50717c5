import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand as run } from '../../../test/run-command.ts'
import { writeSpecimens } from '../../../test/specimens/write-specimens.ts'

let folder: string
const at = (...path: string[]) => join(folder, ...path)
const trust = () => ['--trust', at('set', 'trust')]

const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nansen-test-'))
  writeSpecimens(at('set'))
  writeFileSync(at('noise.cer'), 'no certificate')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('nansen inspect of what somebody prepared', () => {
  const folderOf = (name: string, ...papers: readonly (readonly [from: string, to: string])[]) => {
    mkdirSync(at(name), { recursive: true })
    for (const [from, to] of papers) cpSync(at('set', 'papers', from), at(name, to), { recursive: true })
    return at(name)
  }
  const answers = async (path: string) => {
    const { code, out } = await run('inspect', '--json', ...trust(), path)
    return [code, ...lines(out).map(({ input, verdict }) => `${input.slice(path.length)} ${verdict}`)]
  }

  test('does not wait for a pipe or a device, by itself or in a folder', async () => {
    const path = folderOf('pipes', ['alien', 'a'])
    execFileSync('mkfifo', [join(path, 'b')])
    symlinkSync('/dev/zero', join(path, 'c'))
    expect(await answers(path)).toEqual([2, '/a accepted', '/b unproven', '/c unproven'])
    expect(await answers(join(path, 'b'))).toEqual([2, ' unproven'])
    const { code, error } = await run('inspect', '--trust', join(path, 'b'), path)
    expect([code, error]).toEqual([64, expect.stringContaining('cannot be read')])
  })

  test('does not follow links to folders, which may lead round in a circle, and says so', async () => {
    const path = folderOf('circle', ['alien', 'a'])
    for (const name of ['b', 'c']) symlinkSync('.', join(path, name))
    expect(await answers(path)).toEqual([2, '/a accepted', '/b unproven', '/c unproven'])
  })

  test('passes nothing over that lies deep, is empty, or lies beside the files of a chip', async () => {
    expect(await answers(folderOf('deep', ['alien', 'a'], ['altered', 'b/c/d/e/f']))).toEqual([
      2,
      '/a accepted',
      '/b/c/d/e/f unproven',
    ])
    expect(await answers(folderOf('empty'))).toEqual([2, ' unproven'])
    expect(await answers(folderOf('beside', ['alien', '.'], ['altered', 'other']))).toEqual([
      1,
      ' accepted',
      '/other rejected',
    ])
  })

  test('reads the files of a chip and of a trust that are links', async () => {
    const [path, trusted] = [folderOf('links'), folderOf('links-trust')]
    for (const name of readdirSync(at('set', 'papers', 'alien')))
      symlinkSync(at('set', 'papers', 'alien', name), join(path, name))
    for (const name of readdirSync(at('set', 'trust')))
      symlinkSync(at('set', 'trust', name), join(trusted, name))
    mkdirSync(join(trusted, 'more'))
    const { code, error } = await run('inspect', '--trust', trusted, path)
    expect(code).toBe(0)
    expect(error).toContain('more is not used as trust: only files are read')
  })

  test('writes no character that a terminal obeys: not from file names, nor into JSON', async () => {
    const path = folderOf('names')
    for (const name of ['\u001b[2J', '\u009b2J', '\u202etxt.cer']) {
      cpSync(at('noise.cer'), join(path, name))
      const named = await run('inspect', '--trust', join(path, name), 'x')
      const found = await run('inspect', '--json', ...trust(), join(path, name))
      for (const text of [named.error, found.out]) expect(text).not.toMatch(/[\u001b\u009b\u202e]/)
      expect(lines(found.out)[0].input).toBe(join(path, name))
    }
    const { error } = await run('inspect', ...trust(), '--trust', path, at('set', 'papers', 'alien'))
    expect(error).toContain('is not used as trust')
    expect(error).not.toMatch(/[\u001b\u009b\u202e]/)
  })

  test('reads of a huge file no more than the largest that there is', async () => {
    const path = folderOf('huge')
    writeFileSync(join(path, 'file'), '')
    truncateSync(join(path, 'file'), 8 * 1024 ** 3)
    expect(await answers(path)).toEqual([2, '/file unproven'])
    const { code, error } = await run('inspect', '--trust', join(path, 'file'), path)
    expect([code, error]).toEqual([64, expect.stringContaining('larger than anything')])
  })

  test('of a moment on a day that there is not is a mistake', async () => {
    const { code } = await run('inspect', '--at', '2026-02-30T00:00:00Z', at('set', 'papers', 'alien'))
    expect(code).toBe(64)
  })
})
