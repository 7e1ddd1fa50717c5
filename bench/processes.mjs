import { readFileSync } from 'node:fs'

/** Of `/proc`, where there is one; ticks are hundredths of a second on every Linux that Node runs on. */
const TICKS = 100

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Processes that this one has started, and that run. @param {number} [pid] @returns {number[]} */
export const childrenOf = (pid = process.pid) =>
  read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number)

/** Of a process with all that it started and that runs or was waited for. @param {number} pid @returns {number} */
export function cpuSecondsOf(pid) {
  // The name, in parentheses, may hold anything; utime, stime, cutime and cstime are the 14th to 17th field.
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
  const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS
  return childrenOf(pid).reduce((sum, child) => sum + cpuSecondsOf(child), own)
}

/** The most memory that a process has held so far. @param {number} pid */
export function mostMebibytesOf(pid) {
  const kibibytes = /VmHWM:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1]
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
}
