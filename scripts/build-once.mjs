import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** @type {{ references: { path: string }[] }} */
const { references } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))

/** Each after those it needs; the last is the command, whose dist is the sign that all are there. */
const packages = references.map(({ path }) => path)

/**
 * Builds the packages of a checkout that has no dist. It compiles in a folder of its own and moves each
 * finished dist into place, so a second process, or a kill at any moment, never meets half a build.
 * @returns {Promise<string | undefined>} one sentence on what to do, if it cannot
 */
export async function buildOnce() {
  const compiler = findCompiler()
  if (compiler === undefined)
    return `not built yet, and TypeScript is not installed: run "npm ci --include=dev" in ${root} and try again`
  const work = mkdtempSync(join(root, '.build-'))
  try {
    layOut(work)
    const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-b', work], {
      encoding: 'utf8',
    })
    if (status !== 0) return `the build failed: run "npm run build" in ${root}\n${stdout}${stderr}`
    for (const path of packages) moveIn(join(work, path, 'dist'), join(root, path, 'dist'))
    return undefined
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** @returns {string | undefined} the path of `tsc` */
function findCompiler() {
  try {
    const manifest = createRequire(join(root, 'package.json')).resolve('typescript/package.json')
    return join(dirname(manifest), 'bin', 'tsc')
  } catch {
    return undefined
  }
}

/**
 * A copy of what the compiler reads. Its own node_modules leads the packages to each other's copies;
 * everything else is found further up, in the checkout.
 * @param {string} work
 */
function layOut(work) {
  for (const file of ['tsconfig.json', 'tsconfig.base.json', 'package.json'])
    cpSync(join(root, file), join(work, file))
  mkdirSync(join(work, 'node_modules', '@nansen'), { recursive: true })
  for (const path of packages) {
    for (const part of ['package.json', 'tsconfig.json', 'src'])
      cpSync(join(root, path, part), join(work, path, part), { recursive: true })
    symlinkSync(join(work, path), join(work, 'node_modules', '@nansen', basename(path)), 'junction')
  }
}

/**
 * @param {string} from
 * @param {string} to left as it is if it is there already: another process was faster, with the same source
 */
function moveIn(from, to) {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!existsSync(to)) throw error
  }
}
