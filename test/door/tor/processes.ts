import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { torPath } from './programs.ts'

/** Processes of Tor, each with a folder of its own below one that is temporary. */
export interface TorProcesses {
  /** Of a process that runs or will; made here. */
  folder(name: string): string
  start(name: string, torrc: readonly string[]): void
  /** Waits until something is there. @throws Error with what all of them wrote last, if one ends or it takes too long */
  until<T>(what: string, milliseconds: number, look: () => T | undefined): Promise<T>
  /** What each wrote last. */
  logs(): string
  kill(name: string): Promise<void>
  /** Kills all and takes the folders away. */
  remove(): Promise<void>
}

export function torProcesses(): TorProcesses {
  const root = mkdtempSync(join(tmpdir(), 'nansen-tor-'))
  const running = new Map<string, ChildProcess>()
  const killAll = () => {
    for (const child of running.values()) child.kill('SIGKILL')
  }
  process.once('exit', killAll)

  const folder = (name: string) => {
    const path = join(root, name)
    mkdirSync(path, { mode: 0o700, recursive: true })
    return path
  }
  const lastOf = (name: string) => {
    const log = join(root, name, 'log')
    return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-15).join('\n') : ''
  }
  const logs = () => [...running.keys()].map((name) => `${name}:\n${lastOf(name)}`).join('\n')
  const end = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  return {
    folder,
    start(name, lines) {
      const [torrc, defaults] = [join(folder(name), 'torrc'), join(folder(name), 'defaults')]
      writeFileSync(torrc, `${lines.join('\n')}\n`)
      // Instead of those of the machine.
      writeFileSync(defaults, '')
      const options = ['--quiet', '-f', torrc, '--defaults-torrc', defaults]
      running.set(name, spawn(torPath!, options, { stdio: 'ignore' }))
    },
    async until(what, milliseconds, look) {
      const late = performance.now() + milliseconds
      for (;;) {
        const found = look()
        if (found !== undefined) return found
        const ended = [...running].find(([, { exitCode }]) => exitCode !== null)
        if (ended !== undefined) throw new Error(`${ended[0]} ended by itself.\n${logs()}`)
        if (performance.now() > late) throw new Error(`Too late: ${what}.\n${logs()}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    logs,
    async kill(name) {
      await end(running.get(name)!)
      running.delete(name)
    },
    async remove() {
      process.off('exit', killAll)
      await Promise.all([...running.values()].map(end))
      rmSync(root, { recursive: true, force: true })
    },
  }
}
