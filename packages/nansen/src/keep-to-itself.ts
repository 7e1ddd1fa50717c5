import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * Makes it harder to get at the memory of this process: no core dump, where the system has a way to say so, and no
 * debugger that a signal would open. What cannot be done is left: whoever must be sure sets `ulimit -c 0` before. P5
 */
export async function keepToItself(): Promise<void> {
  // Node opens a debugger on SIGUSR1, to which any user of the machine could connect.
  process.on('SIGUSR1', () => {})
  // On Linux: no kind of memory goes into a dump, and a dump has no octets.
  await writeFile('/proc/self/coredump_filter', '0').catch(() => {})
  await promisify(execFile)('prlimit', ['--pid', String(process.pid), '--core=0:0']).catch(() => {})
}
