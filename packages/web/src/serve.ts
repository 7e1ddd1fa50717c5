import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { openWeb } from './server/app.ts'
import type { WebOptions } from './server/options.ts'

export interface Serving {
  /** Where it answers: `http://utopia.localhost:8080/`. */
  readonly url: string
  /** No further requests; those under way are answered first. */
  close(): Promise<void>
}

export interface Listen {
  /** 0 for any that is free. */
  readonly port: number
  /** An address of this machine: `127.0.0.1`. */
  readonly host: string
}

/** Slow lines are the rule over Tor, so a file of 10 MiB may take its time; a line that says nothing may not. */
const MINUTE = 60_000

/** Serves the pages over HTTP. */
export async function serveWeb(options: WebOptions, { port, host }: Listen): Promise<Serving> {
  const web = openWeb(options)
  const listener = getRequestListener((request) => web.fetch(request), {
    overrideGlobalObjects: false,
    errorHandler: () => {
      options.report('web.connection')
      return new Response(null, { status: 400 })
    },
  })
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: MINUTE,
      requestTimeout: 20 * MINUTE,
      keepAliveTimeout: 15_000,
      connectionsCheckingInterval: 10_000,
    },
    listener,
  )
  server.maxConnections = 1000
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, host, done)
  })
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${options.hosts[0] ?? host}:${bound}/`,
    close: () =>
      new Promise((done, failed) => {
        server.close((error) => (error ? failed(error) : done()))
        server.closeIdleConnections()
      }),
  }
}
