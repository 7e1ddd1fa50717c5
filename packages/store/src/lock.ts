import { readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { StoreError } from './errors.ts'

/** A process, told apart from any that has its number later. */
interface Claim {
  /** What started this machine last, and the numbering of processes that the number is of. */
  readonly boot: string
  readonly numbering: string
  readonly pid: number
  /** When it started, in ticks since the machine did. */
  readonly started: string
}

let claims = 0

/**
 * Makes a folder this process's own until the returned function is called or the process ends, however it ends.
 * @throws StoreError store.locked
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const unlock = claim(folder, 'lock.')
  if (unlock === undefined) throw new StoreError('store.locked')
  return async () => unlock()
}

/** The same for one file; `undefined` where another process that lives has it. */
export const lockFile = (path: string): (() => void) | undefined =>
  claim(dirname(path), `${basename(path)}.lock.`)

/**
 * Node has no lock of the operating system. So each puts down a file that says in its name who it is, and looks after
 * that who else has: of two, at least one sees the other, so never do both stay. Files of processes that are gone are
 * swept away; that needs no lock of its own, because no living process can have such a name.
 */
function claim(folder: string, prefix: string): (() => void) | undefined {
  const own = claimOfThisProcess()
  const name = `${prefix}${own.boot}.${own.numbering}.${own.pid}.${own.started}.${++claims}`
  writeFileSync(join(folder, name), '', { flag: 'wx', mode: 0o600 })
  const unlock = () => rmSync(join(folder, name), { force: true })
  const others = readdirSync(folder).filter((other) => other.startsWith(prefix) && other !== name)
  if (others.some((other) => mayLive(other.slice(prefix.length), own))) {
    unlock()
    return undefined
  }
  for (const other of others) rmSync(join(folder, other), { force: true })
  return unlock
}

function claimOfThisProcess(): Claim {
  return {
    boot: readOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).slice(0, 8),
    numbering: readOr('', () => readlinkSync('/proc/self/ns/pid')).replace(/\D/g, ''),
    pid: process.pid,
    started: startOf(process.pid) ?? '',
  }
}

/** Whether the process named may still run; yes, where that cannot be seen from here. */
function mayLive(claimed: string, own: Claim): boolean {
  const [boot, numbering, pid, started] = claimed.split('.')
  if (boot !== own.boot) return false
  // Of another container on this machine, whose processes have other numbers here.
  if (numbering !== own.numbering) return true
  if (own.started === '') return answers(Number(pid))
  return startOf(Number(pid)) === started
}

/** For systems without /proc: a number given out again then looks like the process that had it, which errs to the safe side. */
function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Field 22 of a process's stat; `undefined` where it is gone, or dead and only not yet buried. */
function startOf(pid: number): string | undefined {
  const stat = readOr('', () => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  // The second field is the program's name in brackets and may hold anything, so what counts comes after the last.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ['', 'Z', 'X'].includes(fields[0]!) ? undefined : fields[19]
}

function readOr(otherwise: string, read: () => string): string {
  try {
    return read()
  } catch {
    return otherwise
  }
}
