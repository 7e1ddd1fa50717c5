import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
// A clone that belongs to another user is still ours to read.
const git = ['-c', 'safe.directory=*', '-C', root]
const haveGit = spawnSync('git', [...git, 'rev-parse', 'HEAD']).status === 0
const where = haveGit ? '' : ' (skipped: not a git repository)'

const scratch = mkdtempSync(join(tmpdir(), 'nansen-clone-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** A PATH that holds what installing needs, and no compiler. */
const bareTools = join(scratch, 'bin')

function whichOf(tool: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, tool))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

beforeAll(() => {
  mkdirSync(bareTools)
  symlinkSync(process.execPath, join(bareTools, 'node'))
  for (const tool of ['npm', 'npx', 'sh']) symlinkSync(whichOf(tool)!, join(bareTools, tool))
})

/** The last commit in a folder of its own, as someone gets it who downloads it. */
function plainCopy(name: string): string {
  const folder = join(scratch, name)
  const archive = join(scratch, `${name}.tar`)
  mkdirSync(folder)
  expect(spawnSync('git', [...git, 'archive', '-o', archive, 'HEAD']).status).toBe(0)
  expect(spawnSync('tar', ['-xf', archive, '-C', folder]).status).toBe(0)
  return folder
}

function run(folder: string, ...[command, ...arguments_]: [string, ...string[]]): SpawnSyncReturns<string> {
  return spawnSync(command, arguments_, { cwd: folder, encoding: 'utf8', env: environment() })
}

function environment() {
  // npm hands its settings down to what it starts; a person at a prompt has none of them.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST)/.test(name))
  return { ...Object.fromEntries(inherited), PATH: bareTools }
}

const command = (folder: string) => join(folder, 'node_modules', '.bin', 'nansen')

describe.skipIf(!haveGit)(`a plain copy without a compiler${where}`, { timeout: 300_000 }, () => {
  test('npm ci && npm start', () => {
    const folder = plainCopy('plain')
    expect(run(folder, 'npm', 'ci')).toMatchObject({ status: 0 })
    const started = run(folder, 'node', 'scripts/first-page.mjs')
    expect(started.stdout).toMatch(/second start: first page after .*within/)
    expect(started.status).toBe(0)
    expect(run(folder, 'npx', 'nansen', '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('inspect'),
    })
  })

  test('npm ci --ignore-scripts: the command builds itself, and two at once do not disturb each other', async () => {
    const folder = plainCopy('ignore-scripts')
    expect(run(folder, 'npm', 'ci', '--ignore-scripts')).toMatchObject({ status: 0 })
    expect(existsSync(join(folder, 'packages/nansen/dist'))).toBe(false)
    const both = await Promise.all([start(folder), start(folder)])
    expect(both).toEqual([
      { status: 0, stderr: '' },
      { status: 0, stderr: '' },
    ])
    expect(readdirSync(folder).filter((name) => name.startsWith('.build-'))).toEqual([])
    expect(run(folder, command(folder), '--help')).toMatchObject({ status: 0 })
  })

  test('npm ci --omit=dev: the command says in one sentence what to do', () => {
    const folder = plainCopy('omit-dev')
    expect(run(folder, 'npm', 'ci', '--omit=dev')).toMatchObject({ status: 0 })
    const { status, stdout, stderr } = run(folder, command(folder), '--help')
    expect({ status, stdout }).toEqual({ status: 70, stdout: '' })
    expect(stderr).toMatch(/^nansen: [^\n]*npm ci --include=dev[^\n]*\n$/)
  })
})

function start(folder: string): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(command(folder), ['--help'], { cwd: folder, env: environment() })
  let stderr = ''
  child.stdout.resume()
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stderr })))
}
