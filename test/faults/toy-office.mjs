// What a command of the office looks like to the tests of kill.ts: it writes a record, then the act, then says so.
// toy-office.mjs issue|recover|check FOLDER [--careless: the act before its record]
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [command, folder = '', careless] = process.argv.slice(2)
const step = (/** @type {string} */ name) => {
  if (process.env.NANSEN_CRASH_AT === name) process.kill(process.pid, 'SIGKILL')
}
const wait = (/** @type {number} */ ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const names = () => readdirSync(folder).sort()
const unfinished = () =>
  names().filter(
    (name) => name.endsWith('.record') && !existsSync(join(folder, name.replace('.record', '.act'))),
  )

if (command === 'issue') {
  const first = names().length
  for (let n = first; n < first + 5; n++) {
    const kinds = careless ? ['act', 'record'] : ['record', 'act']
    for (const kind of kinds) {
      writeFileSync(join(folder, `${n}.${kind}`), '')
      step(kind)
      wait(5)
    }
  }
} else if (command === 'recover') {
  for (const name of unfinished()) writeFileSync(join(folder, name.replace('.record', '.act')), '')
} else if (command === 'check') {
  const acts = names().filter((name) => name.endsWith('.act'))
  const bare = acts.filter((name) => !existsSync(join(folder, name.replace('.act', '.record'))))
  if (bare.length + unfinished().length > 0) {
    console.error('an act without its record')
    process.exitCode = 1
  }
} else if (command === 'hang') wait(60_000)
