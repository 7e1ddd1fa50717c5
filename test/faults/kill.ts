import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { seeded } from '../corpora/seeded.ts'

/** The command as people install it; `dist` must be up to date. */
export const NANSEN: readonly string[] = [
  process.execPath,
  fileURLToPath(new URL('../../packages/nansen/bin/nansen.js', import.meta.url)),
]

/** A command line. */
export interface Run {
  /** Program and first arguments; {@link NANSEN} unless said. */
  readonly program?: readonly string[]
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** When a process is killed: so many milliseconds after its start, or by itself after a named step. */
export type Kill = { readonly after: number } | { readonly step: string }

export interface Ended {
  /** `hung` was killed because it did not end. */
  readonly how: 'killed' | 'finished' | 'hung'
  /** Exit code; null for one that was killed. */
  readonly code: number | null
  readonly milliseconds: number
  readonly out: string
  readonly error: string
}

/**
 * Runs a command with SIGKILL at the moment said, its whole process group with it, as a power cut would.
 * @param longest milliseconds after which it counts as hung
 */
export function runUntil(run: Run, kill?: Kill, longest = 120_000): Promise<Ended> {
  const [program, ...first] = run.program ?? NANSEN
  const step = kill && 'step' in kill ? { NANSEN_CRASH_AT: kill.step } : {}
  const began = performance.now()
  const child = spawn(program!, [...first, ...run.args], {
    ...(run.cwd !== undefined && { cwd: run.cwd }),
    env: { ...process.env, ...run.env, ...step },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const all = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
  let hung = false
  const timers = [
    setTimeout(() => {
      hung = true
      all()
    }, longest),
  ]
  if (kill && 'after' in kill) timers.push(setTimeout(all, kill.after))
  const texts = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.error += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    // What it started goes with it, or its pipes would stay open.
    child.once('exit', all)
    child.once('close', (code, signal) => {
      for (const timer of timers) clearTimeout(timer)
      const how = hung ? 'hung' : signal === 'SIGKILL' ? 'killed' : 'finished'
      resolve({ how, code, milliseconds: performance.now() - began, ...texts })
    })
  })
}

/** From NANSEN_FAULT_SEED, to repeat a run, or by chance; printed, so that it can be repeated. */
export function faultSeed(): number {
  const given = process.env.NANSEN_FAULT_SEED
  const seed = given === undefined ? randomBytes(4).readUInt32BE() : Number(given)
  if (!Number.isInteger(seed)) throw new Error('NANSEN_FAULT_SEED is a whole number')
  console.log(`faults: NANSEN_FAULT_SEED=${seed}`)
  return seed
}

/** So many moments between two, in milliseconds after the start; the same for the same seed. */
export function randomKills(
  seed: number,
  count: number,
  window: { readonly from: number; readonly to: number },
): readonly Kill[] {
  const next = seeded(seed)
  const span = window.to - window.from
  return Array.from({ length: count }, () => ({ after: window.from + (next() / 2 ** 32) * span }))
}

export interface KillRounds {
  readonly kills: readonly Kill[]
  /** What is killed. */
  readonly command: (round: number) => Run
  /** Run after each kill, in this order, to the end; both must end with 0. */
  readonly recover: (round: number) => Run
  readonly check: (round: number) => Run
  /** What else must hold after each round; throws if it does not. */
  readonly afterwards?: (round: number) => void | Promise<void>
}

export interface KillOutcome {
  readonly round: number
  readonly kill: Kill
  readonly ended: Ended
  /** Empty where all held; else what did not, in a line each. */
  readonly wrong: readonly string[]
}

/** Kill, recover, check, round by round over the same data. It goes on after a round that went wrong. */
export async function killRounds(rounds: KillRounds): Promise<readonly KillOutcome[]> {
  const outcomes: KillOutcome[] = []
  for (const [round, kill] of rounds.kills.entries()) {
    const wrong: string[] = []
    const ended = await runUntil(rounds.command(round), kill)
    if (ended.how === 'hung') wrong.push('the command hung')
    if (ended.how === 'finished') {
      if ('step' in kill) wrong.push(`the step ${kill.step} was not reached`)
      if (ended.code !== 0) wrong.push(`the command ended with ${ended.code}: ${tail(ended)}`)
    }
    for (const name of ['recover', 'check'] as const) {
      const { how, code, ...texts } = await runUntil(rounds[name](round))
      if (how !== 'finished') wrong.push(`${name} ${how === 'hung' ? 'hung' : 'was killed'}`)
      else if (code !== 0) wrong.push(`${name} ended with ${code}: ${tail(texts)}`)
    }
    try {
      await rounds.afterwards?.(round)
    } catch (error) {
      wrong.push(`afterwards: ${error instanceof Error ? error.message : String(error)}`)
    }
    outcomes.push({ round, kill, ended, wrong })
  }
  return outcomes
}

/** How many were killed, how many were too fast, and every round that went wrong. */
export function summary(outcomes: readonly KillOutcome[]): {
  readonly killed: number
  readonly finished: number
  readonly wrong: readonly string[]
} {
  const count = (how: Ended['how']): number => outcomes.filter(({ ended }) => ended.how === how).length
  return {
    killed: count('killed'),
    finished: count('finished'),
    wrong: outcomes.flatMap(({ round, kill, wrong }) => {
      const moment = 'step' in kill ? `after step ${kill.step}` : `after ${Math.round(kill.after)} ms`
      return wrong.map((what) => `round ${round}, killed ${moment}: ${what}`)
    }),
  }
}

const tail = ({ out, error }: { readonly out: string; readonly error: string }): string =>
  (error || out).trim().slice(-500)
