import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const work = mkdtempSync(join(tmpdir(), 'nansen-bench-'))
/** @type {typeof import('./bench-paper.ts')} */
let papers
try {
  // What makes the papers is a fixture of the tests, in TypeScript; what is measured is the built code.
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
        input: fileURLToPath(new URL('bench-paper.ts', import.meta.url)),
        output: { entryFileNames: 'papers.mjs', codeSplitting: false },
      },
    },
  })

  papers = await import(pathToFileURL(join(work, 'papers.mjs')).href)
} finally {
  rmSync(work, { recursive: true })
}

export const { makeBenchPapers } = papers
