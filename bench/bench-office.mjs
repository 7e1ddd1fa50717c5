import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CURRENT_PROFILE, deliver, holdCeremony, issue, planCeremony } from '@nansen/authority'
import { makeOffice, openOffice, readSettings } from '../packages/nansen/dist/office/index.js'
import { benchPortrait } from './fixtures.mjs'
import { childrenOf } from './processes.mjs'

/**
 * An office of Utopia on a schema of its own, as `nansen` wires it: keys in files, the key service in a process of its
 * own. Everything is gone when it is closed, but for the schema.
 * @param {string} url of PostgreSQL
 * @param {(name: string) => void} [step] called after each of the numbered steps of issuing
 */
export async function openBenchOffice(url, step) {
  const folder = mkdtempSync(join(tmpdir(), 'nansen-bench-office-'))
  try {
    return await openIn(folder, url, step)
  } catch (error) {
    rmSync(folder, { recursive: true })
    throw error
  }
}

/** @param {string} folder @param {string} url @param {(name: string) => void} [step] */
async function openIn(folder, url, step) {
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
  } finally {
    await founded.close()
  }
  const before = childrenOf()
  const opened = await openOffice(folder, settings, { environment })
  const office = step === undefined ? opened.office : { ...opened.office, step }
  const portrait = benchPortrait()
  /** @type {{ chipAuthentication: Uint8Array }[]} */
  const chips = []
  let number = 0
  return {
    /** Chips for so many papers: their keys are made in them, and not by the office. @param {number} count */
    prepare(count) {
      while (chips.length < count) chips.push({ chipAuthentication: chipKey() })
    },
    /** Papers for so many people, to the end. @param {number} count */
    async issue(count) {
      this.prepare(count)
      const requests = Array.from({ length: count }, () => {
        const chipKeys = chips.pop()
        return { order: orderOf(number++, portrait), portrait, ...(chipKeys && { chipKeys }) }
      })
      const results = await issue(office, requests)
      const ids = results.map((result) => {
        if (result.outcome === 'released') return result.paper.id
        throw new Error(`bench: a paper was ${result.outcome}`, { cause: result })
      })
      await deliver(office, ids)
    },
    /** The process of its key service. */
    keyService: childrenOf().find((child) => !before.includes(child)),
    async close() {
      await opened.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function chipKey() {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** @param {number} number @param {Uint8Array} portrait @returns {import('@nansen/authority').SpecimenOrder} */
function orderOf(number, portrait) {
  const name = [...String(number)].map((digit) => LETTERS[Number(digit)]).join('')
  return {
    kind: 'specimen',
    state: 'UTO',
    profile: CURRENT_PROFILE,
    reference: `bench-${number}`,
    familyName: `Eriksson${name}`,
    givenNames: 'Anna Maria',
    language: 'en',
    nationality: 'RUS',
    birthDate: '1974-08-12',
    sex: 'F',
    documentCode: 'PT',
    portrait: createHash('sha256').update(portrait).digest('hex'),
  }
}
