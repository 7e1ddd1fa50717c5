import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/**
 * A connection through a proxy of this machine that speaks SOCKS 5 and looks the name up itself.
 * @throws Error with the proxy's code for why not
 */
export async function throughSocks(
  proxyPort: number,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: proxyPort, signal })
  try {
    await once(socket, 'connect', { signal })
    socket.write(Uint8Array.of(5, 1, 0))
    const [, method] = await read(socket, 2, signal)
    if (method !== 0) throw new Error('SOCKS: wants to know who asks')
    const name = Buffer.from(host, 'latin1')
    socket.write(
      Buffer.concat([Uint8Array.of(5, 1, 0, 3, name.length), name, Uint8Array.of(port >> 8, port)]),
    )
    // Tor answers with an address of four octets, all zero, and a port.
    const [, code, , kind] = await read(socket, 10, signal)
    if (code !== 0 || kind !== 1) throw new Error(`SOCKS: ${code}`)
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

async function read(socket: Socket, octets: number, signal: AbortSignal): Promise<Buffer> {
  for (;;) {
    const got = socket.read(octets) as Buffer | null
    if (got !== null && got.length === octets) return got
    if (got !== null || socket.readableEnded) throw new Error('SOCKS: hung up')
    await Promise.race([once(socket, 'readable', { signal }), once(socket, 'end', { signal })])
  }
}
