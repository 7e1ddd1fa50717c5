import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type CeremonySigning,
  connectKeySocket,
  openRemoteSigning,
  spawnKeyProcess,
} from '../../packages/signing/src/index.ts'
import { openStore, type Store } from '../../packages/store/src/index.ts'
import { type KeySpec, recordMany } from '../key-process/set-up.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { random } from '../signing-office.ts'
import { noSoftHsm, type SoftHsm, startSoftHsm } from '../softhsm.ts'

const missing = noSoftHsm() ?? (havePostgresql ? undefined : 'PostgreSQL is not installed')
const nansen = fileURLToPath(new URL('../../packages/nansen/bin/nansen.js', import.meta.url))
const onLinux = existsSync('/proc/self/limits')

const spec: KeySpec = {
  id: 'log-1',
  purpose: 'log',
  algorithm: 'P-256',
  state: 'UT',
  notBefore: new Date(Date.now() - 86_400_000),
  notAfter: new Date(Date.now() + 86_400_000),
  most: 10_000,
}

describe.skipIf(missing)(`nansen signer${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let server: TestServer
  let hsm: SoftHsm
  let folder: string
  let office: string
  let store: Store
  let environment: Record<string, string>
  const signer = (...more: string[]) => [nansen, 'signer', '--office', office, ...more]

  beforeAll(async () => {
    server = (await startPostgresql())!
    hsm = startSoftHsm()
    folder = mkdtempSync(join(tmpdir(), 'nansen-signer-'))
    office = join(folder, 'office')
    mkdirSync(join(office, 'keys'), { recursive: true, mode: 0o700 })
    const settings = {
      version: 1,
      state: 'UTO',
      store: { kind: 'postgresql', schema: 'utopia' },
      keys: { kind: 'pkcs11', module: hsm.module, token: hsm.tokenLabel },
      ecParameters: 'explicit',
    }
    writeFileSync(join(office, 'OFFICE.json'), JSON.stringify(settings))
    const pin = join(folder, 'pin')
    writeFileSync(pin, `${hsm.pin}\n`, { mode: 0o600 })
    environment = {
      PATH: process.env.PATH ?? '',
      SOFTHSM2_CONF: hsm.configuration,
      NANSEN_DATABASE: server.url,
      NANSEN_PIN_FILE: pin,
    }
    store = await openStore({ kind: 'postgresql', url: server.url, schema: 'utopia', random, migrate: true })
  })
  afterAll(async () => {
    await store?.close()
    await server?.stop()
    hsm?.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = (list: readonly string[], env = environment): Promise<CeremonySigning> =>
    openRemoteSigning({
      connect: spawnKeyProcess({ command: process.execPath, arguments: list, environment: env }),
      random,
    })

  const signs = async (signing: CeremonySigning) => {
    const { intents } = await recordMany(store, signing, spec.id, 5)
    const signatures = await signing.finish(intents)
    expect(signatures.length).toBe(5)
  }

  test('prepares a token at a ceremony, makes keys there, and signs', async () => {
    await expect(open(signer())).rejects.toMatchObject({ message: 'key process: device.empty' })
    const ceremony = await open(signer('--ceremony'))
    expect(await ceremony.makeKey(spec)).toMatchObject(spec)
    await signs(ceremony)
    await ceremony.close()
  })

  test('makes no key outside a ceremony', async () => {
    const signing = await open(signer())
    expect([...(await signing.keys()).keys()]).toEqual([spec.id])
    await expect(signing.makeKey({ ...spec, id: 'another' })).rejects.toMatchObject({ name: 'SigningOutage' })
    await signs(signing)
    await signing.close()
  })

  test('tells the office why it does not open, and prints no secret', async () => {
    const wrong = { ...environment, NANSEN_PIN_FILE: '', NANSEN_PIN: 'a wrong pin 5566' }
    await expect(open(signer(), wrong)).rejects.toMatchObject({ code: 'passphrase.wrong' })
    for (const env of [wrong, environment]) {
      const run = spawnSync(process.execPath, signer(), {
        env,
        input: '{"number":1,"verb":"keys"}\nnonsense\n',
      })
      const said = `${run.stdout}${run.stderr}`
      expect(said).toContain(env === wrong ? 'passphrase.wrong' : 'wire.question')
      expect(run.status).toBe(env === wrong ? 70 : 0)
      for (const secret of [hsm.pin, 'a wrong pin 5566', server.url]) expect(said).not.toContain(secret)
    }
  })

  test.skipIf(!onLinux)('leaves no core dump, and opens no debugger for a signal', async () => {
    const child = spawn(process.execPath, signer(), { env: environment, stdio: 'pipe' })
    const said: string[] = []
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (octets) => said.push(String(octets)))
    await once(child.stdout, 'data')
    expect(readFileSync(`/proc/${child.pid}/coredump_filter`, 'latin1').trim()).toBe('00000000')
    expect(readFileSync(`/proc/${child.pid}/limits`, 'latin1')).toMatch(/Max core file size\s+0\s+0\s/)
    child.kill('SIGUSR1')
    child.kill('SIGINT')
    await pause(500)
    expect(child.exitCode).toBe(null)
    child.stdin.end()
    await once(child, 'exit')
    expect(child.exitCode).toBe(0)
    expect(said.join('')).not.toContain('Debugger')
  })

  test('serves over a socket until it is told to stop, and takes the place of one that was killed', async () => {
    const run = join(folder, 'run')
    mkdirSync(run, { mode: 0o700 })
    const path = join(run, 'keys')
    const start = async (): Promise<ChildProcess> => {
      const child = spawn(process.execPath, signer('--socket', path), { env: environment, stdio: 'ignore' })
      for (let i = 0; i < 200; i++) {
        const signing = await openRemoteSigning({ connect: connectKeySocket(path), random }).catch(
          () => undefined,
        )
        await signing?.close()
        if (signing !== undefined) return child
        await pause(50)
      }
      throw new Error('it does not answer')
    }
    const first = await start()
    const signing = await openRemoteSigning({ connect: connectKeySocket(path), random })
    await signs(signing)
    first.kill('SIGKILL')
    await once(first, 'exit')
    await expect(signing.keys()).rejects.toMatchObject({ name: 'SigningOutage' })
    expect(existsSync(path)).toBe(true)
    const second = await start()
    await signs(signing)
    await signing.close()
    second.kill('SIGTERM')
    const [code] = await once(second, 'exit')
    expect(code).toBe(0)
    expect(existsSync(path)).toBe(false)
  })

  test('mistakes are answered with what to type', () => {
    const answer = (...list: string[]) => {
      const run = spawnSync(process.execPath, [nansen, 'signer', ...list], { env: environment, input: '' })
      expect(run.status).toBe(64)
      return String(run.stderr)
    }
    expect(answer()).toContain('nansen signer --office DIR')
    expect(answer('--office', office, '--ceremony', '--socket', 'x')).toContain('does not go with --socket')
    expect(answer('--office', office, '--pin', '1234')).toContain('--help')
    expect(answer('--office', office, '--socket', join(tmpdir(), 'keys'))).toContain('open to others')
    expect(answer('--office', join(folder, 'nowhere'))).toContain('is no office')
  })
})
