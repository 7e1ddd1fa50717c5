// Builds after `npm ci`, unless the compiler was left out (`--omit=dev`); the command itself builds once
// if it finds no dist, so `--ignore-scripts` works too.
import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

if (existsSync('node_modules/typescript/package.json')) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
