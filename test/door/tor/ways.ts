import { connect } from 'node:net'
import type { Web } from '../../../packages/web/src/index.ts'
import { askAt } from './ask-at.ts'
import { throughSocks } from './socks.ts'

/** Milliseconds for one request; through six relays of one machine it takes a tenth of a second. */
const PATIENCE = 20_000

type Way = Pick<Web, 'fetch'>

/** Asks as Tor Browser does, through the client, which alone knows how to reach the name. */
export const overTor = (socksPort: number): Way => ({
  async fetch(request) {
    const signal = AbortSignal.timeout(PATIENCE)
    return askAt(await throughSocks(socksPort, new URL(request.url).hostname, 80, signal), request, signal)
  },
})

/** Asks a port of this machine directly, whatever name the request is for. */
export const straightTo = (port: number): Way => ({
  fetch: (request) => askAt(connect({ host: '127.0.0.1', port }), request, AbortSignal.timeout(PATIENCE)),
})
