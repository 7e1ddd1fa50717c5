import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

/** What a proxy does with what a client sends. */
export type Cut =
  | 'nothing'
  /** Passes it on, lets the server act on it, and cuts the line before its answer comes back. */
  | 'after'
  /** Cuts the line before it reaches the server. */
  | 'before'
  /** Keeps it, and says nothing more: a line that hangs. */
  | 'silence'

/** A line to a PostgreSQL server that fails when a test wants it to. */
export interface CuttingProxy {
  readonly port: number
  /** What is done with the next message that holds this text, such as `commit`. */
  arm(cut: Cut, text: string): void
  close(): Promise<void>
}

export async function cuttingProxy(target: number): Promise<CuttingProxy> {
  let armed: { readonly cut: Cut; readonly text: string } = { cut: 'nothing', text: '' }
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = createConnection(target, '127.0.0.1')
    let deaf = false
    const cut = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', cut)
      socket.on('close', () => {
        open.delete(socket)
        cut()
      })
    }
    upstream.on('data', (chunk) => deaf || client.write(chunk))
    client.on('data', (chunk) => {
      const { cut: how, text } = armed
      const met = how !== 'nothing' && chunk.includes(text)
      if (!met) {
        upstream.write(chunk)
        return
      }
      armed = { cut: 'nothing', text: '' }
      deaf = true
      if (how === 'after') {
        upstream.write(chunk)
        // Its answer shows that the server has acted.
        upstream.once('data', cut)
      } else if (how === 'before') cut()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    arm(cut, text) {
      armed = { cut, text }
    },
    async close() {
      server.close()
      for (const socket of open) socket.destroy()
      await once(server, 'close')
    },
  }
}
