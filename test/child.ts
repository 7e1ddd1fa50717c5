import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A process of its own that runs the source, with what it said. */
export interface Child {
  readonly process: ChildProcess
  /** The next line it writes; `undefined` after its end. */
  line(): Promise<string | undefined>
  /** Tells it to go on: one line on its standard input. */
  say(text: string): void
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>
}

/**
 * Starts a process with a module of the project, by its path from the root, as `module`, and with `args`.
 * @param script its body, in JavaScript; `await` is allowed, and what it prints with `console.log` is told line by line
 */
export function childWith(path: string, script: string, ...args: readonly string[]): Child {
  const body = `
    import { createServer } from 'vite'
    const vite = await createServer({
      root: ${JSON.stringify(root)},
      configFile: false,
      appType: 'custom',
      logLevel: 'error',
      server: { middlewareMode: true, hmr: false, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true },
    })
    const module = await vite.ssrLoadModule(${JSON.stringify(`/${path}`)})
    const args = process.argv.slice(1)
    ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', body, '--', ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return {
    process: child,
    line: async () => ((await lines.next()) as IteratorResult<string, undefined>).value,
    say: (text) => child.stdin!.write(`${text}\n`),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
