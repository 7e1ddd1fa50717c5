import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holdCeremony, planCeremony } from '@nansen/authority'
import { Lanes } from '../packages/nansen/dist/lanes/index.js'
import { makeOffice, openOffice, readSettings } from '../packages/nansen/dist/office/index.js'
import {
  ensureSpecimenOfficers,
  specimenApprovals,
  specimenOfficersOf,
} from '../packages/nansen/dist/specimen/specimen-officers.js'
import { benchIssuer } from './bench-orders.mjs'
import { benchPortrait } from './fixtures.mjs'
import { childrenOf } from './processes.mjs'

/**
 * An office of Utopia on a schema of its own, as `nansen` wires it: keys in files, the key service in a process of its
 * own. Everything is gone when it is closed, but for the schema.
 * @param {string} url of PostgreSQL
 * @param {{ step?: (name: string) => void, lanes?: number }} [options] `step` is called after each of the numbered
 *   steps of issuing, where it is not done in lanes
 */
export async function openBenchOffice(url, options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'nansen-bench-office-'))
  try {
    return await openIn(folder, url, options)
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw error
  }
}

/**
 * An office of Utopia that has held its ceremony and enrolled its officers, open.
 * @param {string} folder @param {string} url
 */
export async function foundOffice(folder, url) {
  const schema = `bench_${randomBytes(6).toString('hex')}`
  const environment = { ...process.env, NANSEN_DATABASE: url }
  await makeOffice(folder, {
    version: 1,
    state: 'UTO',
    store: { kind: 'postgresql', schema },
    keys: { kind: 'files' },
    ecParameters: 'explicit',
  })
  const settings = await readSettings(folder)
  const founded = await openOffice(folder, settings, { environment, ceremony: true })
  try {
    await holdCeremony(founded.office, await planCeremony(founded.office, 'first'), 'bench')
    await founded.log()
    await ensureSpecimenOfficers(folder, settings, founded.office.signing)
  } finally {
    await founded.close()
  }
  const before = childrenOf()
  const opened = await openOffice(folder, settings, { environment })
  return { opened, settings, environment, before }
}

/** @param {string} folder @param {string} url @param {{ step?: (name: string) => void, lanes?: number }} options */
async function openIn(folder, url, { step, lanes = 1 }) {
  const { opened, settings, environment, before } = await foundOffice(folder, url)
  const portrait = benchPortrait()
  const approvals = specimenApprovals(() => specimenOfficersOf(folder, opened.office.signing), opened.office)
  const issuer =
    lanes === 1
      ? alone(benchIssuer({ ...opened.office, ...(step && { step }) }, portrait, approvals, 'bench'))
      : inLanes({ count: lanes, opened, folder, settings, environment, data: { folder, portrait } })
  return {
    ...issuer,
    /** The process of its key service. */
    keyService: childrenOf().find((child) => !before.includes(child)),
    async close() {
      await issuer.close()
      await opened.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** @param {ReturnType<typeof benchIssuer>} issuer */
const alone = (issuer) => ({
  prepare: async (/** @type {number} */ count) => issuer.prepare(count),
  issue: (/** @type {number} */ count) => issuer.issue(count),
  close: async () => {},
})

/** @param {Omit<import('../packages/nansen/dist/lanes/lanes.js').LanesToOpen<unknown>, 'script'>} toOpen */
function inLanes(toOpen) {
  const lanes = Lanes.open({ ...toOpen, script: new URL('issue-lane.mjs', import.meta.url) })
  return {
    /** As many in each: nobody knows which gets how many. @param {number} count */
    prepare: async (count) => {
      await Promise.all(Array.from({ length: toOpen.count }, () => lanes.ask({ prepare: count })))
    },
    issue: (/** @type {number} */ count) => lanes.ask({ issue: count }),
    close: () => lanes.close(),
  }
}
