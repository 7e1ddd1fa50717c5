import { createHash, generateKeyPairSync } from 'node:crypto'
import { CURRENT_PROFILE, deliver, issue } from '@nansen/authority'

/**
 * Issues papers for people who do not exist, to the end.
 * @param {import('@nansen/authority').Office} office
 * @param {Uint8Array} portrait
 * @param {import('@nansen/authority').Approvals} approvals
 * @param {string} name before the references: no two that issue in one office have the same
 */
export function benchIssuer(office, portrait, approvals, name) {
  /** @type {{ chipAuthentication: Uint8Array }[]} */
  const chips = []
  let number = 0
  return {
    /** Chips for so many papers: their keys are made in them, and not by the office. @param {number} count */
    prepare(count) {
      while (chips.length < count) chips.push({ chipAuthentication: chipKey() })
    },
    /** @param {number} count */
    async issue(count) {
      this.prepare(count)
      const requests = Array.from({ length: count }, () => {
        const chipKeys = chips.pop()
        return { order: orderOf(name, number++, portrait), portrait, ...(chipKeys && { chipKeys }) }
      })
      const papers = (await issue(office, requests, approvals)).map((result) => {
        if (result.outcome === 'released') return result.paper
        throw new Error(`bench: a paper was ${result.outcome}`, { cause: result })
      })
      await deliver(office, papers)
    },
  }
}

function chipKey() {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/**
 * @param {string} name
 * @param {number} number
 * @param {Uint8Array} portrait
 * @returns {import('@nansen/authority').SpecimenOrder}
 */
function orderOf(name, number, portrait) {
  const letters = [...String(number)].map((digit) => LETTERS[Number(digit)]).join('')
  return {
    kind: 'specimen',
    state: 'UTO',
    profile: CURRENT_PROFILE,
    reference: `${name}-${number}`,
    familyName: `Eriksson${letters}`,
    givenNames: 'Anna Maria',
    language: 'en',
    nationality: 'RUS',
    birthDate: '1974-08-12',
    sex: 'F',
    documentCode: 'PT',
    portrait: createHash('sha256').update(portrait).digest('hex'),
  }
}
