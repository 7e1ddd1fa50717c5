import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A PostgreSQL server of a test's own, on a port of this machine only: a new cluster, sync on. */
export interface TestServer {
  /** As the superuser `postgres`, to the database `postgres`. */
  readonly url: string
  readonly port: number
  readonly dataFolder: string
  /** Sets a setting of the server and starts it anew, so that every kind of setting takes effect. */
  setting(name: string, value: string): Promise<void>
  /** kill -9, of the server and of each process it started. */
  kill(): Promise<void>
  /** Starts it again after {@link kill}. */
  start(): Promise<void>
  /** Stops it and removes its folder. */
  stop(): Promise<void>
}

/** Starts one; `undefined` where PostgreSQL is not installed. */
export async function startPostgresql(): Promise<TestServer | undefined> {
  const binaries = binaryFolder()
  if (binaries === undefined) return undefined
  const owner = ownerOfServer()
  const place = 'uid' in owner ? reachableByAnyone() : tmpdir()
  const folder = mkdtempSync(join(place, 'nansen-postgresql-'))
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid)
  const dataFolder = join(folder, 'data')
  const options = { ...owner, cwd: folder }
  await run(
    join(binaries, 'initdb'),
    ['-D', dataFolder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    options,
  )
  const port = await freePort()
  let server: ChildProcess | undefined
  process.once('exit', () => server?.kill('SIGKILL'))

  const start = async () => {
    const started = spawn(
      join(binaries, 'postgres'),
      ['-D', dataFolder, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-N', '200'],
      { ...options, stdio: 'ignore' },
    )
    server = started
    while (!(await answers(binaries, port))) {
      if (started.exitCode !== null) throw new Error('PostgreSQL did not start')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    const children = signal === 'SIGKILL' ? childrenOf(server.pid!) : []
    server.kill(signal)
    for (const child of children) killed(child)
    await ended
  }

  await start()
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    port,
    dataFolder,
    async setting(name, value) {
      await end('SIGINT')
      appendFileSync(join(dataFolder, 'postgresql.auto.conf'), `${name} = '${value}'\n`)
      await start()
    },
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether {@link startPostgresql} would find one. */
export const havePostgresql = binaryFolder() !== undefined

/** Runs one of the programs that come with the server, such as `pg_dump`. @returns what it wrote to its output */
export function runPostgresqlTool(name: string, arguments_: readonly string[]): Buffer {
  return execFileSync(join(binaryFolder()!, name), arguments_, { maxBuffer: 1 << 30 })
}

/** Where `initdb` and `postgres` lie: the newest that Debian has installed, or on the path. */
function binaryFolder(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian) : []
  const newest = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, 'bin'))
  const path = (process.env.PATH ?? '').split(delimiter)
  return [...newest, ...path].find((folder) => existsSync(join(folder, 'initdb')))
}

/** PostgreSQL does not run as root: there it is its own user, whom Debian makes. */
function ownerOfServer(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {}
  const id = (which: string) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** A folder for passing things that another user can get to: `TMPDIR` may lie in a folder of one user alone. */
function reachableByAnyone(): string {
  const open = (folder: string): boolean =>
    (statSync(folder).mode & 0o001) !== 0 && (dirname(folder) === folder || open(dirname(folder)))
  const found = [tmpdir(), '/var/tmp', '/tmp'].find(
    (folder) => existsSync(folder) && open(realpathSync(folder)),
  )
  if (found === undefined) throw new Error('No folder that the user postgres could get to')
  return found
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(binaries: string, port: number): Promise<boolean> {
  return run(join(binaries, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).then(
    () => true,
    () => false,
  )
}

/** Each runs in a session of its own, so that no signal to a group reaches it. */
function childrenOf(pid: number): readonly number[] {
  if (!existsSync('/proc')) return []
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return []
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      return parent === pid ? [Number(entry)] : []
    } catch {
      return []
    }
  })
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself.
  }
}
