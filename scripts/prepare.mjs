// Builds at the end of `npm ci`. Without the compiler (`--omit=dev`) there is nothing to do; with
// `--ignore-scripts` this does not run, and the command builds when it is first started.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { buildOnce } from './build-once.mjs'

if (existsSync('node_modules/typescript/package.json')) {
  if (existsSync('packages/nansen/dist/main.js')) {
    const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], {
      stdio: 'inherit',
    })
    process.exitCode = status ?? 1
  } else {
    const problem = await buildOnce()
    if (problem !== undefined) {
      console.error(problem)
      process.exitCode = 1
    }
  }
}
