import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

const JARS = '/usr/share/java'
const classPath = ['bcprov', 'bcpkix', 'bcutil']
  .map((name) => join(JARS, `${name}.jar`))
  .filter((path) => existsSync(path))

export const haveBouncyCastle = classPath.length >= 2 && spawnSync('javac', ['-version']).status === 0
export const withBouncyCastle = haveBouncyCastle
  ? ''
  : ' (skipped: no javac, or no BouncyCastle in /usr/share/java)'

/** What is to be judged: its kind, its bytes, and the certificate above it. */
export type Item = readonly [kind: string, bytes: Uint8Array, above: Uint8Array]

/** Compiles `Judge.java` for the tests of one file. @returns one line of findings for each item */
export function bouncyCastle(): (items: readonly Item[]) => string[] {
  let folder: string
  let files = 0
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nansen-judge-'))
    if (!haveBouncyCastle) return
    const source = new URL('Judge.java', import.meta.url).pathname
    execFileSync('javac', ['-cp', classPath.join(':'), '-d', folder, source])
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const write = (bytes: Uint8Array): string => {
    const path = join(folder, `f${files++}`)
    writeFileSync(path, bytes)
    return path
  }
  return (items) => {
    const files = items.flatMap(([kind, bytes, above]) => [kind, write(bytes), write(above)])
    const classes = [...classPath, folder].join(':')
    return execFileSync('java', ['-cp', classes, 'Judge', ...files], { encoding: 'utf8' })
      .trimEnd()
      .split('\n')
  }
}
