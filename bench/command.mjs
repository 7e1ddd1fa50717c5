import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeBenchPapers } from './fixtures.mjs'
import { rounded } from './measure.mjs'

const COMMAND = fileURLToPath(new URL('../node_modules/.bin/nansen', import.meta.url))
const BAR_SECONDS = 0.25

/** `nansen inspect` of one passport, from the start of the process to its answer: the median of several. @param {number} runs */
export function benchCommand(runs) {
  const folder = mkdtempSync(join(tmpdir(), 'nansen-bench-'))
  try {
    const { files, trust } = makeBenchPapers('P-256')
    for (const name of ['paper', 'trust']) mkdirSync(join(folder, name))
    for (const { name, bytes } of files) writeFileSync(join(folder, 'paper', name), bytes)
    for (const { label, bytes } of trust) writeFileSync(join(folder, 'trust', label), bytes)
    const options = [
      'inspect',
      '--at',
      '2026-11-23T12:00:00Z',
      '--trust',
      join(folder, 'trust'),
      join(folder, 'paper'),
    ]
    const times = Array.from({ length: runs }, () => {
      const start = performance.now()
      const { status } = spawnSync(COMMAND, options)
      if (status !== 0) throw new Error(`bench: nansen inspect ended with ${status}`)
      return (performance.now() - start) / 1000
    }).sort((a, b) => a - b)
    const median = times[Math.floor(runs / 2)] ?? Number.NaN
    const bare = barelyNode(runs)
    return {
      medianSeconds: rounded(median),
      fastestSeconds: rounded(times[0]),
      barSeconds: BAR_SECONDS,
      ratio: rounded(median / BAR_SECONDS),
      nodeAloneSeconds: rounded(bare),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** How long a process takes that does nothing. @param {number} runs */
function barelyNode(runs) {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return (performance.now() - start) / 1000
  }).sort((a, b) => a - b)
  return times[Math.floor(runs / 2)]
}
