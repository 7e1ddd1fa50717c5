import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** @param {number} times @param {...number} sizes */
const repeated = (times, ...sizes) => Array.from({ length: times }, () => sizes).flat()

/**
 * Octets of the rows that issuing writes, by transaction. For each paper: recorded (case key, intent, paper with a 15 kB
 * portrait, key of its chip, event), signed, released (security object, event, entry of the log), place in the tree,
 * delivered. And for each call the head of the tree, and its checkpoint recorded and signed.
 * @param {number} batch papers in one call
 */
const transactionsOf = (batch) => [
  repeated(batch, 113, 420, 19_000, 100, 420),
  repeated(batch, 90),
  repeated(batch, 1_400, 350, 110),
  [...repeated(batch, 40), 80],
  [350],
  [90],
  repeated(batch, 40, 250),
]
export const COMMITS = transactionsOf(1).length

const TABLE = 'create table if not exists bare (id bytea not null primary key, bytes bytea not null)'

/**
 * Papers a second that PostgreSQL alone would take: rows of the same sizes in as many serialisable transactions,
 * through `pg`, with nothing else done; ids and octets by chance, as they are in an office.
 * @param {string} url
 * @param {{ connections: number, batch: number, seconds: number }} options `batch`: papers in one call
 */
export async function bareCommits(url, { connections, batch, seconds }) {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    }),
  )
  try {
    await clients[0]?.query(TABLE)
    const octets = randomBytes(65_536)
    const transactions = transactionsOf(batch)
    const began = performance.now()
    const until = began + seconds * 1000
    let papers = 0
    await Promise.all(
      clients.map(async (client) => {
        while (performance.now() < until) {
          for (const sizes of transactions) await commit(client, sizes, octets)
          papers += batch
        }
      }),
    )
    const rate = (papers * 1000) / (performance.now() - began)
    return { papersPerSecond: rate, commitsPerSecond: (rate * COMMITS) / batch }
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

/** @param {pg.Client} client @param {number[]} sizes @param {Buffer} octets */
async function commit(client, sizes, octets) {
  const offset = Math.floor(Math.random() * 4096)
  await client.query('begin isolation level serializable')
  await client.query({
    name: `insert-${sizes.length}`,
    text: `insert into bare (id, bytes) values ${sizes.map((_, i) => `($${2 * i + 1}, $${2 * i + 2})`).join(', ')}`,
    values: sizes.flatMap((size) => [randomBytes(16), octets.subarray(offset, offset + size)]),
  })
  await client.query('commit')
}
