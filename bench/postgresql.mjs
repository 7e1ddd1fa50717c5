import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Debian puts the programs of each version; the newest, or where NANSEN_POSTGRESQL_BIN points. */
function binaries() {
  const debian = '/usr/lib/postgresql'
  if (process.env.NANSEN_POSTGRESQL_BIN) return process.env.NANSEN_POSTGRESQL_BIN
  const newest = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))[0] : undefined
  return newest && join(debian, newest, 'bin')
}

/**
 * A PostgreSQL of its own in a temporary folder, durable as an office's must be, on loopback.
 * @returns {Promise<{ url: string, version: string, stop: () => void } | undefined>} undefined where there is none
 */
export async function startPostgresql() {
  const bin = binaries()
  if (!bin || !existsSync(join(bin, 'initdb'))) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'nansen-postgresql-'))
  // initdb refuses root.
  const as = process.getuid?.() === 0 ? accountOf('postgres') : undefined
  if (as) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  /** @param {string} program @param {string[]} args */
  const run = (program, ...args) => {
    const { status, stderr, stdout } = spawnSync(join(bin, program), args, {
      ...as,
      cwd: folder,
      encoding: 'utf8',
      // pg_ctl leaves the server behind with its pipes: it must have none of ours.
      stdio: program === 'pg_ctl' ? 'ignore' : 'pipe',
    })
    if (status !== 0) throw new Error(`bench: ${program} ended with ${status}: ${stderr ?? stdout ?? ''}`)
    return stdout
  }
  try {
    run('initdb', '-D', data, '-U', 'nansen', '-A', 'trust', '-E', 'UTF8', '--locale=C')
    const port = await freePort()
    const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c fsync=on -c synchronous_commit=on -c full_page_writes=on`
    run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', '-o', options, 'start')
    return {
      url: `postgresql://nansen@127.0.0.1:${port}/postgres`,
      version: run('postgres', '--version').trim(),
      stop() {
        run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** @param {string} name */
function accountOf(name) {
  const number = (/** @type {string} */ which) =>
    Number(spawnSync('id', [which, name], { encoding: 'utf8' }).stdout)
  return { uid: number('-u'), gid: number('-g') }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()))
    })
  })
}
