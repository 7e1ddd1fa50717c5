import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Sends one request over a connection that is open, and closes it. The host that is asked for is the one in the
 * request's URL, wherever the connection leads; redirects are left to the caller.
 */
export async function askAt(socket: Socket, request: Request, signal: AbortSignal): Promise<Response> {
  try {
    const { host, pathname, search } = new URL(request.url)
    const body = Buffer.from(await request.arrayBuffer())
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = httpRequest(
        {
          createConnection: () => socket,
          method: request.method,
          path: pathname + search,
          headers: {
            ...Object.fromEntries(request.headers),
            host,
            connection: 'close',
            ...(request.method === 'POST' ? { 'content-length': body.length } : {}),
          },
          signal,
        },
        resolve,
      )
      asked.once('error', reject)
      asked.end(body)
    })
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk as Buffer)
    const headers = new Headers()
    for (let i = 0; i < answer.rawHeaders.length; i += 2)
      headers.append(answer.rawHeaders[i]!, answer.rawHeaders[i + 1]!)
    return new Response(Buffer.concat(chunks), { status: answer.statusCode!, headers })
  } finally {
    socket.destroy()
  }
}
