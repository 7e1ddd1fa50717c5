import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { build } from 'vite'
import { countBranches } from './instrument.mjs'

const HELP = `npm run fuzz -- [--seconds N] [--target NAME]... [--seed N] [--keep] [--begin-with DIR]...

Changes inputs at random, keeps those that take a branch of the code not taken before, and changes them
again. Something thrown that is no FormatError, a promise of test/fuzz/targets.ts broken, more than 100 ms or a
hang is a finding: it is written to a file and the exit code is 1.

  --seconds N       all targets together; 60 if not said
  --target NAME     der, cms, pki, lds, mrz, inspect; all if not said
  --seed N          of the random numbers; printed, so that a run can be repeated
  --keep            puts what was learnt into test/fuzz/corpus
  --begin-with DIR  other files to begin with; nothing that comes of them is kept
  --make-seeds      writes test/fuzz/seeds anew, and nothing else
`

const TARGETS = ['der', 'cms', 'pki', 'lds', 'mrz', 'inspect']
/** An input that takes longer than this hangs. */
const HANGS = 10_000
const MOST_OCTETS = 65_536

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    target: { type: 'string', multiple: true, default: TARGETS },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    keep: { type: 'boolean', default: false },
    'begin-with': { type: 'string', multiple: true, default: [] },
    'make-seeds': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const unknown = values.target.find((name) => !TARGETS.includes(name))
if (values.help || unknown !== undefined) {
  process.stdout.write(unknown === undefined ? HELP : `no target ${unknown}: ${TARGETS.join(', ')}\n`)
  process.exit(unknown === undefined ? 0 : 64)
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'nansen-fuzz-'))
try {
  const bundle = join(work, 'fuzz.mjs')
  const branches = await bundleTo(bundle)
  process.exitCode = values['make-seeds'] ? await makeSeeds(bundle) : await fuzz(bundle, branches)
} finally {
  rmSync(work, { recursive: true })
}

/**
 * Everything in one file, with branches counted.
 * @param {string} path
 */
async function bundleTo(path) {
  const plugin = countBranches()
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [plugin],
    ssr: { noExternal: true, resolve: { conditions: ['source', 'module', 'import', 'node'] } },
    resolve: { conditions: ['source', 'module', 'import', 'node'] },
    build: {
      ssr: true,
      write: false,
      minify: false,
      target: 'node20',
      rolldownOptions: { input: join(folder, 'fuzz.ts'), output: { codeSplitting: false } },
    },
  })
  const [{ code }] = /** @type {import('vite').Rolldown.RolldownOutput} */ (result).output
  const counters = `globalThis.__visits = new Uint32Array(${plugin.branches()})\n`
  writeFileSync(path, counters + code)
  return plugin.branches()
}

/** @param {string} bundle */
function makeSeeds(bundle) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(bundle, { workerData: { makeSeeds: true, folder } })
    worker.on('message', ({ count }) => process.stdout.write(`${count} seeds\n`))
    worker.on('error', reject)
    worker.on('exit', () => resolve(0))
  })
}

/**
 * @param {string} bundle
 * @param {number} branches
 */
function fuzz(bundle, branches) {
  const targets = values.target
  const seconds = Number(values.seconds) / targets.length
  const seed = Number(values.seed)
  process.stdout.write(`seed ${seed}, ${Math.round(seconds)} s for each of: ${targets.join(', ')}\n`)
  const findings = join(tmpdir(), `nansen-fuzz-findings-${process.pid}`)
  const shared = new SharedArrayBuffer(8 + MOST_OCTETS)
  const head = new Int32Array(shared, 0, 2)
  let found = 0
  /** @param {string} target @param {Uint8Array} input @param {string} what */
  const report = (target, input, what) => {
    mkdirSync(findings, { recursive: true })
    const path = join(findings, `${target}-${++found}.bin`)
    writeFileSync(path, input)
    process.stdout.write(`FINDING ${target}: ${what}\n  input: ${path}\n`)
  }
  const workerData = { folder, targets, seconds, seed, keep: values.keep, foreign: foreign(), shared }
  const worker = new Worker(bundle, { workerData })
  let at = targets[0] ?? ''
  worker.on('message', (message) => {
    at = message.target
    if (message.is === 'finding') report(message.target, message.input, message.what)
    if (message.is === 'kept')
      process.stdout.write(`${message.target}: kept ${message.files} files, ${message.octets} octets\n`)
    if (message.is === 'state')
      process.stdout.write(
        `${message.target}: ${Math.round(message.seconds)} s, ${message.runs} inputs, corpus ${message.corpus}, ` +
          `${message.branches} of ${branches} branches, newest at input ${message.newest}\n`,
      )
  })
  return new Promise((resolve) => {
    let seen = -1
    const watch = setInterval(() => {
      const runs = Atomics.load(head, 0)
      if (runs === seen) {
        report(at, new Uint8Array(shared, 8, Atomics.load(head, 1)).slice(), `hangs: more than ${HANGS} ms`)
        worker.terminate()
      }
      seen = runs
    }, HANGS)
    worker.on('error', (error) => report(at, new Uint8Array(), error.stack ?? String(error)))
    worker.on('exit', () => {
      clearInterval(watch)
      process.stdout.write(found === 0 ? 'no findings\n' : `${found} findings\n`)
      resolve(found === 0 ? 0 : 1)
    })
  })
}

/** @returns {Uint8Array[]} */
function foreign() {
  return values['begin-with'].flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .map((name) => join(directory, name))
      .filter((path) => statSync(path).isFile() && statSync(path).size <= MOST_OCTETS)
      .map((path) => new Uint8Array(readFileSync(path))),
  )
}
