import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type CommitFault, PlannedFault } from './commit-fault.ts'
import { TransactionWatch } from './transaction-watch.ts'
import { type Message, Messages, REQUESTS, texts } from './wire.ts'

/** Stands between a client and PostgreSQL, on loopback, and does to commits what was planned. */
export interface CommitProxy {
  /** Where clients connect; all else as in the server's own. */
  readonly url: string
  /** Commits asked for so far. */
  readonly commits: number
  plan(fault: CommitFault): PlannedFault
  /** Cuts every connection, as a restart of the server would. */
  cutAll(): void
  /** While down, every connection is cut and no new one is taken. */
  setDown(down: boolean): void
  close(): Promise<void>
}

interface House {
  readonly plans: Set<PlannedFault>
  readonly open: Set<Connection>
  commits: number
  down: boolean
}

/**
 * @param serverUrl `postgresql://user@host:port/database`, or with `?host=/folder` for a socket in the file system;
 * without TLS, which it answers with "no"
 */
export async function startCommitProxy(serverUrl: string): Promise<CommitProxy> {
  const house: House = { plans: new Set(), open: new Set(), commits: 0, down: false }
  const server = createServer((client) => {
    if (house.down) client.resetAndDestroy()
    else house.open.add(new Connection(client, connect(addressOf(serverUrl)), house))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const url = new URL(serverUrl)
  url.searchParams.delete('host')
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const cutAll = (): void => {
    for (const connection of house.open) connection.cut()
  }
  return {
    url: url.href,
    get commits() {
      return house.commits
    },
    plan(fault) {
      const planned = new PlannedFault(fault)
      house.plans.add(planned)
      return planned
    },
    cutAll,
    setDown(down) {
      house.down = down
      if (down) cutAll()
    },
    close() {
      cutAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function addressOf(serverUrl: string): { host: string; port: number } | { path: string } {
  const url = new URL(serverUrl)
  const port = Number(url.port || 5432)
  const folder = url.searchParams.get('host')
  return folder?.startsWith('/')
    ? { path: `${folder}/.s.PGSQL.${port}` }
    : { host: url.hostname || '127.0.0.1', port }
}

/** One client's connection. Each direction handles one chunk after the other, so that a delay keeps the order. */
class Connection {
  readonly #client: Socket
  readonly #server: Socket
  readonly #house: House
  readonly #fromClient = new Messages('client')
  readonly #fromServer = new Messages('server')
  readonly #watch = new TransactionWatch()
  /** Commits sent and not answered, each with what is to happen to the answer. */
  readonly #awaited: (PlannedFault | undefined)[] = []
  #silent = false

  constructor(client: Socket, server: Socket, house: House) {
    this.#client = client
    this.#server = server
    this.#house = house
    client.setNoDelay(true)
    server.setNoDelay(true)
    this.#pump(client, server, this.#fromClient, (message) => this.#said(message))
    this.#pump(server, client, this.#fromServer, (message) => this.#answered(message))
  }

  cut(): void {
    this.#silent = true
    this.#house.open.delete(this)
    this.#client.destroy()
    this.#server.destroy()
  }

  #pump(
    from: Socket,
    to: Socket,
    messages: Messages,
    handle: (message: Message) => void | Promise<void>,
  ): void {
    let before: Promise<void> = Promise.resolve()
    // Half-open: one side may go without the other noticing.
    from.on('error', () => this.#silent || this.cut())
    from.on('close', () => {
      before = before.then(() => {
        if (this.#silent) return
        this.#house.open.delete(this)
        to.end()
      })
    })
    from.on('data', (chunk: Buffer) => {
      before = before.then(async () => {
        for (const message of messages.push(chunk)) {
          if (this.#silent) return
          await handle(message)
        }
      })
    })
  }

  async #said(message: Message): Promise<void> {
    if (message.type === '') return this.#opens(message)
    const ran = this.#watch.follow(message)
    if (ran === undefined) {
      this.#server.write(message.bytes)
      return
    }
    this.#house.commits++
    const planned = this.#planFor(ran)
    const now = planned?.fault.side === 'before' ? planned : undefined
    if (now !== undefined) {
      await this.#happen(now)
      if (this.#silent) return
    }
    this.#awaited.push(now === undefined ? planned : undefined)
    this.#server.write(message.bytes)
  }

  /** The first words of a connection: a session, a request to cancel, or one for encryption. */
  #opens({ bytes, body }: Message): void {
    const request = body.readUInt32BE(0)
    if (request === REQUESTS.tls || request === REQUESTS.gss) {
      this.#client.write('N')
      return
    }
    this.#fromClient.untyped = false
    if (request === REQUESTS.cancel) this.#server.end(bytes)
    else this.#server.write(bytes)
  }

  async #answered(message: Message): Promise<void> {
    const outcome = this.#awaited.length > 0 ? outcomeOf(message) : undefined
    if (outcome !== undefined) {
      const planned = this.#awaited.shift()
      if (planned !== undefined && outcome === 'stored') {
        await this.#happen(planned)
        if (this.#silent) return
      } else planned?.missed()
    }
    this.#client.write(message.bytes)
  }

  async #happen(planned: PlannedFault): Promise<void> {
    const { act, milliseconds = 0 } = planned.fault
    this.#house.plans.delete(planned)
    if (act === 'delay') {
      planned.happens()
      await wait(milliseconds)
      return
    }
    if (act === 'cut') this.cut()
    else this.#silent = true
    planned.happens()
  }

  #planFor(ran: readonly string[]): PlannedFault | undefined {
    let chosen: PlannedFault | undefined
    // Every plan counts every commit; one acts, and another that would have waits for the next.
    for (const planned of this.#house.plans) {
      if (!planned.takes(ran)) continue
      if (chosen === undefined) chosen = planned
      else planned.missed()
    }
    return chosen
  }
}

/** What a message of the server says about a COMMIT; a failed transaction is answered with ROLLBACK. */
function outcomeOf({ type, body }: Message): 'stored' | 'not stored' | undefined {
  if (type === 'E') return 'not stored'
  if (type !== 'C') return undefined
  const [tag] = texts(body, 1)
  if (tag === 'COMMIT') return 'stored'
  return tag === 'ROLLBACK' ? 'not stored' : undefined
}
