import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const work = mkdtempSync(join(tmpdir(), 'nansen-bench-'))
/** @type {typeof import('./fixtures.ts')} */
let fixtures
try {
  // Fixtures of the tests are in TypeScript; what is measured is the built code.
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    resolve: { conditions: ['source', 'module', 'import', 'node'] },
    build: {
      ssr: true,
      outDir: work,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: fileURLToPath(new URL('fixtures.ts', import.meta.url)),
        output: { entryFileNames: 'fixtures.mjs', codeSplitting: false },
      },
    },
  })

  fixtures = await import(pathToFileURL(join(work, 'fixtures.mjs')).href)
} finally {
  rmSync(work, { recursive: true })
}

export const { benchPortrait, makeBenchPapers, startPostgresql } = fixtures
