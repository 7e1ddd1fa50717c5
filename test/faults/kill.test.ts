import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kill, killRounds, randomKills, runUntil, summary } from './kill.ts'

const program = [process.execPath, fileURLToPath(new URL('toy-office.mjs', import.meta.url))]

describe('Kill, recover, check', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nansen-kill-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const run = (...args: string[]) => ({ program, args: [args[0]!, folder, ...args.slice(1)] })
  const rounds = (kills: readonly Kill[], ...options: string[]) =>
    killRounds({
      kills,
      command: () => run('issue', ...options),
      recover: () => run('recover'),
      check: () => run('check'),
    })

  test('a command that is not killed finishes, with its exit code', async () => {
    expect(await runUntil(run('issue'))).toMatchObject({ how: 'finished', code: 0 })
    rmSync(join(folder, '0.record'))
    expect(await runUntil(run('check'))).toMatchObject({ code: 1, error: 'an act without its record\n' })
  })

  test('a command is killed after the step named, and nothing comes after it', async () => {
    expect(await runUntil(run('issue'), { step: 'record' })).toMatchObject({ how: 'killed', code: null })
    expect(readdirSync(folder)).toEqual(['0.record'])
  })

  test('a command is killed at the moment said', async () => {
    const { how, milliseconds } = await runUntil(run('hang'), { after: 200 })
    expect(how).toBe('killed')
    expect(milliseconds).toBeGreaterThan(150)
  })

  test('a command that does not end is hung, and does not stay behind', async () => {
    expect(await runUntil(run('hang'), undefined, 200)).toMatchObject({ how: 'hung' })
  })

  test('what the command started dies with it', async () => {
    const parent = `const { spawn } = require('node:child_process')
      console.log(spawn('sleep', ['60'], { stdio: 'inherit' }).pid); setInterval(() => {}, 1000)`
    const { out } = await runUntil({ program: [process.execPath], args: ['-e', parent] }, { after: 400 })
    expect(Number(out)).toBeGreaterThan(0)
    expect(await isRunning(Number(out))).toBe(false)
  })

  test('moments are the same for the same seed, and lie in their window', () => {
    const window = { from: 100, to: 300 }
    const kills = randomKills(7, 50, window)
    expect(randomKills(7, 50, window)).toEqual(kills)
    expect(randomKills(8, 50, window)).not.toEqual(kills)
    for (const kill of kills) {
      expect('after' in kill && kill.after).toBeGreaterThanOrEqual(100)
      expect('after' in kill && kill.after).toBeLessThan(300)
    }
  })

  test('an office that records before it acts holds after every round', async () => {
    const kills = [{ step: 'record' }, { step: 'act' }, ...randomKills(3, 4, { from: 20, to: 120 })]
    const outcomes = await rounds(kills)
    expect(summary(outcomes).wrong).toEqual([])
    expect(summary(outcomes).killed).toBeGreaterThanOrEqual(2)
  })

  test('an office that acts before it records is found out', async () => {
    const { wrong } = summary(await rounds([{ step: 'act' }], '--careless'))
    expect(wrong).toEqual(['round 0, killed after step act: check ended with 1: an act without its record'])
  })

  test('a step that is never reached is wrong: its round would prove nothing', async () => {
    const { wrong, finished } = summary(await rounds([{ step: 'none' }]))
    expect(finished).toBe(1)
    expect(wrong).toEqual(['round 0, killed after step none: the step none was not reached'])
  })

  test('what else must hold is asked after each round', async () => {
    const outcomes = await killRounds({
      kills: [{ step: 'record' }],
      command: () => run('issue'),
      recover: () => run('recover'),
      check: () => run('check'),
      afterwards: (round) => {
        throw new Error(`papers lost in round ${round}`)
      },
    })
    expect(summary(outcomes).wrong[0]).toContain('papers lost in round 0')
  })
})

/** Whether a process runs; one that nobody has collected yet does not. */
async function isRunning(pid: number): Promise<boolean> {
  const ps = spawn('ps', ['-o', 'stat=', '-p', String(pid)])
  let state = ''
  for await (const text of ps.stdout) state += text
  return state.trim() !== '' && !state.trim().startsWith('Z')
}
