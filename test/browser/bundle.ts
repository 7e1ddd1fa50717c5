import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'

const entry = fileURLToPath(new URL('page.ts', import.meta.url))

export interface Bundle {
  readonly code: string
  /** Octets as served, and compressed. */
  readonly size: number
  readonly compressed: number
  /** What went into it, by path. */
  readonly modules: readonly string[]
}

/** `page.ts` with all it imports as one minified module, made from the source of our packages. */
export async function bundlePage(): Promise<Bundle> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['source', 'browser', 'module', 'import'] },
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: entry } },
  })
  const { output } = result as Rolldown.RolldownOutput
  const [chunk] = output
  if (output.length !== 1) throw new Error('the bundle is in more than one piece')
  return {
    code: chunk.code,
    size: Buffer.byteLength(chunk.code),
    compressed: gzipSync(chunk.code).length,
    modules: chunk.moduleIds,
  }
}
