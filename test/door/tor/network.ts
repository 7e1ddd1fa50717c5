import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeAuthority } from './authority.ts'
import { freePorts } from './free-ports.ts'
import { torProcesses } from './processes.ts'
import { authority, client, common, onionHost, relay } from './torrc.ts'

/** A Tor network within this machine: nothing in it can reach the network that others use. */
export interface TorNetwork {
  /** The name of the one service, `<56 letters>.onion`. */
  readonly onion: string
  /** Of the client, on 127.0.0.1. */
  readonly socksPort: number
  /** Waits for the relays, and starts the service and the client. The service may take some more seconds to answer. */
  join(): Promise<void>
  /** What each process wrote last. */
  logs(): string
  /** Kills every process of it and takes its folder away. */
  remove(): Promise<void>
}

const AUTHORITIES = ['authority1', 'authority2', 'authority3']
const RELAYS = ['relay1', 'relay2']
/** Milliseconds until the authorities agree on all relays; some 20 s are usual. */
const PATIENCE = 120_000

/**
 * Starts three directory authorities and two relays; the service and its client come with {@link TorNetwork.join}.
 * @param servicePort of 127.0.0.1, where what the service offers will listen
 */
export async function startTorNetwork(servicePort: number): Promise<TorNetwork> {
  const tor = torProcesses()
  try {
    const ports = await freePorts(2 * AUTHORITIES.length + RELAYS.length + 1)
    const [socksPort = 0, ...relayPorts] = ports.slice(2 * AUTHORITIES.length)
    const authorities = await Promise.all(
      AUTHORITIES.map((name, place) =>
        makeAuthority(name, tor.folder(name), [ports[2 * place]!, ports[2 * place + 1]!]),
      ),
    )
    const start = (name: string, lines: readonly string[]) =>
      tor.start(name, [...common(tor.folder(name), authorities), ...lines])
    for (const each of authorities) start(each.name, authority(each))
    for (const [place, name] of RELAYS.entries()) start(name, relay(name, relayPorts[place]!))

    // Its name is wanted at once; yet a host or client that sees only half of the relays keeps choosing among those.
    const service = join(tor.folder('host'), 'service')
    start('host', [...onionHost(service, servicePort), 'DisableNetwork 1'])
    const onion = await tor.until('a name', 30_000, () => nameIn(join(service, 'hostname')))
    await tor.kill('host')

    return {
      onion,
      socksPort,
      async join() {
        const everybody = AUTHORITIES.length + RELAYS.length
        await tor.until('the relays', PATIENCE, () =>
          AUTHORITIES.every((name) => relaysIn(tor.folder(name)) === everybody) ? true : undefined,
        )
        start('host', onionHost(service, servicePort))
        start('client', client(socksPort))
      },
      logs: tor.logs,
      remove: tor.remove,
    }
  } catch (error) {
    await tor.remove()
    throw error
  }
}

function nameIn(file: string): string | undefined {
  const name = existsSync(file) ? readFileSync(file, 'latin1').trim() : ''
  return /^[a-z2-7]{56}\.onion$/.test(name) ? name : undefined
}

/** How many relays the authorities agreed on last, as one of them has it in its folder. */
function relaysIn(folder: string): number {
  const file = join(folder, 'cached-microdesc-consensus')
  return existsSync(file) ? (readFileSync(file, 'latin1').match(/^r /gm) ?? []).length : 0
}
