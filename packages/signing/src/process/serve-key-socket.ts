import { chmodSync, lstatSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { type KeyProcess, runKeyProcess } from './run-key-process.ts'

/** Offices at once: one that works, and others that recover, check or publish. */
const MOST_CONNECTIONS = 8

/** The place of the socket is not as it must be. The message is a sentence for whoever runs it. */
export class SocketRefusal extends Error {
  override readonly name = 'SocketRefusal'
}

export interface KeySocket {
  close(): Promise<void>
}

/**
 * Serves offices over a socket in the file system: whoever may enter its folder may ask, so the folder is its owner's,
 * and at most a group's, and nobody else's.
 * @throws SocketRefusal
 */
export async function serveKeySocket(
  path: string,
  { keyService, report }: Pick<KeyProcess, 'keyService' | 'report'>,
): Promise<KeySocket> {
  demandFolder(dirname(path))
  await demandFree(path)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    if (sockets.size >= MOST_CONNECTIONS) return void socket.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    // Keys are made at a ceremony, and a ceremony starts its own key process.
    runKeyProcess({ keyService, input: socket, output: socket, report })
      .catch(report)
      .finally(() => socket.destroy())
  })
  await listening(server, path)
  chmodSync(path, 0o660)
  return {
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function demandFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found?.isDirectory())
    throw new SocketRefusal('The folder of the socket does not exist: make it, mode 0700.')
  if ((found.mode & 0o027) !== 0)
    throw new SocketRefusal(
      'The folder of the socket is open to others: mode 0700, or 0750 with a group in which the office alone is.',
    )
}

/** A socket that nobody listens on is left over from a process that was killed. */
async function demandFree(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isSocket()) throw new SocketRefusal('There is something else in the place of the socket.')
  if (await answers(path)) throw new SocketRefusal('Another key process listens on this socket.')
  rmSync(path)
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
    server.listen(path)
  })
}
