#!/usr/bin/env node
// The command as npm links it: committed JavaScript, because npm links it before anything is built. A checkout
// that was installed with --ignore-scripts has no dist yet and builds it here, once.
import { existsSync } from 'node:fs'

/** Neither a verdict (0, 1, 2) nor a mistake in the arguments (64): the program itself failed. */
const FAILED = 70

const compiled = new URL('../dist/main.js', import.meta.url)
const builder = new URL('../../../scripts/build-once.mjs', import.meta.url)

async function start() {
  if (!existsSync(compiled)) {
    const problem = existsSync(builder)
      ? await (await import(builder.href)).buildOnce()
      : 'this copy of nansen has no dist folder: install it again'
    if (problem !== undefined) {
      process.stderr.write(`nansen: ${problem}\n`)
      return FAILED
    }
  }
  const { main } = await import(compiled.href)
  return main(process.argv.slice(2))
}

// An error that nobody foresaw must not end in 1, which says "rejected".
process.exitCode = await start().catch((error) => {
  console.error(error)
  return FAILED
})
