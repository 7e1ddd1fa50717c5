import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connectKeySocket, openRemoteSigning } from '@nansen/signing'
import { NANSEN } from '../faults/kill.ts'
import { random } from '../signing-office.ts'
import type { OfficeOnDisk } from './office-on-disk.ts'

/** `nansen signer` of an office, over a socket, so that several processes share it and a test can stop it. */
export interface KeyProcessOnSocket {
  /** For NANSEN_SIGNER. */
  readonly socket: string
  /** It hangs: it lives and answers nothing. */
  hang(): void
  goOn(): void
  kill(): Promise<void>
}

/** @param within a command that runs it, such as `prlimit` with its arguments */
export async function startKeyProcess(
  office: OfficeOnDisk,
  within: readonly string[] = [],
): Promise<KeyProcessOnSocket> {
  const folder = join(office.root, 'run')
  mkdirSync(folder, { mode: 0o700, recursive: true })
  const socket = join(folder, 'keys')
  const { args, env } = office.run('signer', '--office', office.folder, '--socket', socket)
  const [program, ...rest] = [...within, ...NANSEN, ...args]
  const child = spawn(program!, rest, { env: { ...process.env, ...env }, stdio: 'ignore' })
  await answering(child, socket)
  return {
    socket,
    hang: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

async function answering(child: ChildProcess, socket: string): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const signing = await openRemoteSigning({ connect: connectKeySocket(socket), random }).catch(
      () => undefined,
    )
    await signing?.close()
    if (signing !== undefined) return
    if (child.exitCode !== null) break
    await pause(50)
  }
  throw new Error('the key process does not answer')
}
