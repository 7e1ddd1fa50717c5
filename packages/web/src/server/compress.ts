import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { takesGzip } from './assets.ts'

const zip = promisify(gzip)

/** Not worth it below. */
const LEAST = 500

/** A page, compressed where the browser takes it: over Tor each kilobyte is time. */
export async function compressed(request: Request, response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('text/html') || response.body === null) return response
  if (!takesGzip(request)) return response
  const bytes = new Uint8Array(await response.arrayBuffer())
  const headers = new Headers(response.headers)
  if (bytes.length < LEAST) return new Response(bytes, { status: response.status, headers })
  headers.set('Content-Encoding', 'gzip')
  return new Response(new Uint8Array(await zip(bytes, { level: 6 })), { status: response.status, headers })
}
