import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caseCode, findCase, queue, queuesOf } from '@nansen/authority'
import { append } from '@nansen/store'
import { specimenOfficersOf } from '../packages/nansen/dist/specimen/specimen-officers.js'
import { foundOffice } from './bench-office.mjs'
import { startPostgresql } from './fixtures.mjs'
import { rounded } from './measure.mjs'

/** Milliseconds at the 95th of a hundred. */
const BAR = 50
const STATUSES = ['intake', 'decision', 'second', 'production', 'appeal', 'refused', 'collected']
const DAY = 86_400_000
/** Rows in one statement. */
const AT_ONCE = 500

/**
 * Every queue of every officer and the search by case code, on PostgreSQL with many cases of which three in ten are open:
 * how long a page takes on the server, and how many statements.
 * @param {{ cases: number, times: number }} options times that each is asked
 */
export async function benchQueues({ cases, times }) {
  const postgresql = await startPostgresql()
  if (postgresql === undefined) return { skipped: 'no PostgreSQL' }
  const folder = mkdtempSync(join(tmpdir(), 'nansen-bench-queues-'))
  try {
    const { opened } = await foundOffice(folder, postgresql.url)
    try {
      return await measure(opened.office, folder, cases, times)
    } finally {
      await opened.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
    await postgresql.stop()
  }
}

/**
 * @param {import('@nansen/authority').Office} plain
 * @param {string} folder
 * @param {number} cases
 * @param {number} times
 */
async function measure(plain, folder, cases, times) {
  const ids = await fill(plain, cases)
  let statements = 0
  const office = /** @type {import('@nansen/authority').CaseOffice} */ (
    /** @type {unknown} */ ({ ...plain, store: counting(plain.store, () => statements++) })
  )
  const specimens = await specimenOfficersOf(folder, plain.signing)
  /** @type {Record<string, { p50: number, p95: number, statements: number }>} */
  const pages = {}
  for (const label of ['Iris', 'Dario', 'Petra']) {
    const officer = specimens.list().find((one) => one.label === label)
    if (officer === undefined) throw new Error('bench: no such officer')
    const { officers } = plain.signing
    const session = await officers.signIn(await specimens.answer(officer.id, await officers.challenge()))
    const desk = { officer, token: session.token }
    const timed = async (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ page) => {
      const taken = []
      statements = 0
      for (let i = 0; i < times; i++) {
        const began = performance.now()
        await page()
        taken.push(performance.now() - began)
      }
      pages[`${label}: ${name}`] = {
        ...quantiles(taken),
        statements: Math.round((100 * statements) / times) / 100,
      }
    }
    for (const name of queuesOf(officer)) {
      /** @type {string | undefined} */
      let after
      await timed(name, async () => {
        const page = await queue(office, desk, name, after === undefined ? {} : { after })
        after = page.next
      })
    }
    await timed('search by code', () =>
      findCase(office, desk, caseCode(ids[Math.floor(ids.length / 2)] ?? '')),
    )
  }
  const p95 = Math.max(...Object.values(pages).map((page) => page.p95))
  return { cases, pages, worstP95: p95, bar: BAR, ofTheBar: rounded(p95 / BAR) }
}

/**
 * Cases as they stand in the database, with three events each; what is in them is not read here.
 * @param {import('@nansen/authority').Office} office
 * @param {number} cases
 */
async function fill(office, cases) {
  const account = randomBytes(16)
  await office.store.transaction((tx) => tx.insert('account', [{ id: account, public_key: randomBytes(65) }]))
  /** @type {string[]} */
  const ids = []
  const today = Math.floor(Date.now() / DAY) * DAY
  for (let from = 0; from < cases; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, cases - from) }, (_, i) => {
      const n = from + i
      // Most cases are closed; the open ones are spread over the queues.
      const status = n % 10 < 7 ? (STATUSES[5 + (n % 2)] ?? '') : (STATUSES[n % 5] ?? '')
      const open = n % 10 >= 7
      return {
        id: new Uint8Array(randomBytes(16)),
        account_id: account,
        family_id: account,
        status,
        minor: n % 9 === 0,
        waiting: open && n % 11 === 0,
        notice: open && n % 97 === 0,
        duplicate: open && n % 53 === 0,
        officer_id: null,
        submitted: new Date(today - (n % 200) * DAY),
        due: new Date(today + ((n % 60) - 30) * DAY),
        paused_since: null,
      }
    })
    ids.push(...some.map(({ id }) => Buffer.from(id).toString('hex')))
    await office.store.transaction(async (tx) => {
      await tx.insert('case_file', some)
      await append(
        tx,
        some.flatMap(({ id, submitted }) =>
          ['case.submitted', 'case.assigned', 'case.released'].map((kind) => ({
            stream: `case/${Buffer.from(id).toString('hex')}`,
            kind,
            at: submitted,
            body: { actor: 'bench' },
          })),
        ),
      )
    })
  }
  await office.store.transaction((tx) => tx.query('analyze'))
  return ids
}

/**
 * @param {import('@nansen/store').Store} store
 * @param {() => void} count
 * @returns {import('@nansen/store').Store}
 */
function counting(store, count) {
  return {
    kind: store.kind,
    close: () => store.close(),
    transaction: (work) =>
      store.transaction((tx) =>
        work({
          query: (sql, values) => {
            count()
            return tx.query(sql, values)
          },
          insert: tx.insert.bind(tx),
          insertNew: tx.insertNew.bind(tx),
        }),
      ),
  }
}

/** @param {readonly number[]} values milliseconds */
function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (/** @type {number} */ share) =>
    Math.round(100 * (sorted[Math.floor(share * (sorted.length - 1))] ?? 0)) / 100
  return { p50: at(0.5), p95: at(0.95) }
}
