import { readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

let claims = 0

/**
 * Takes a file for this process until it lets go or dies; `undefined` where another that lives has it. Node has no lock of
 * the operating system, so each puts down a file whose name says who it is and looks after that who else has: of two,
 * at least one sees the other, and never do both stay. Claims of processes that are gone are swept away.
 * @returns lets go
 */
export function lockFile(path: string): (() => void) | undefined {
  const folder = dirname(path)
  const prefix = `${basename(path)}.lock.`
  const own = claimOfThisProcess()
  const name = `${prefix}${[...own, ++claims].join('.')}`
  writeFileSync(join(folder, name), '', { flag: 'wx', mode: 0o600 })
  const unlock = () => rmSync(join(folder, name), { force: true })
  const others = readdirSync(folder).filter((other) => other.startsWith(prefix) && other !== name)
  if (others.some((other) => mayLive(other.slice(prefix.length).split('.'), own))) {
    unlock()
    return undefined
  }
  for (const other of others) rmSync(join(folder, other), { force: true })
  return unlock
}

/** Which start of the machine, whose numbering of processes, the number, and when the process started. */
type Claim = readonly [boot: string, numbering: string, pid: string, started: string]

const claimOfThisProcess = (): Claim => [
  readOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')).slice(0, 8),
  readOr('', () => readlinkSync('/proc/self/ns/pid')).replace(/\D/g, ''),
  String(process.pid),
  startOf(String(process.pid)),
]

/** Yes, where that cannot be seen from here: another container counts its processes by itself. */
function mayLive([boot, numbering, pid = '', started]: readonly string[], own: Claim): boolean {
  if (boot !== own[0]) return false
  if (numbering !== own[1]) return true
  if (own[3] !== '') return startOf(pid) === started
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** In ticks since the machine did; empty where the process is gone, dead and not yet buried, or there is no /proc. */
function startOf(pid: string): string {
  const stat = readOr('', () => readFileSync(`/proc/${pid}/stat`, 'latin1'))
  // The program's name is in brackets and may hold anything, so what counts comes after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ['Z', 'X'].includes(fields[0]!) ? '' : (fields[19] ?? '')
}

function readOr(otherwise: string, read: () => string): string {
  try {
    return read()
  } catch {
    return otherwise
  }
}
