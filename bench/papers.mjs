import * as node from 'node:crypto'
import { encodeDg2 } from '@nansen/formats/lds'
import { dataGroupsOf, sealChip } from '../packages/nansen/dist/specimen/passport.js'
import {
  SILHOUETTE_HEIGHT,
  SILHOUETTE_WIDTH,
  silhouette,
} from '../packages/nansen/dist/specimen/silhouette.js'
import { makeSpecimenTrust, UTOPIA } from '../packages/nansen/dist/specimen/state.js'

const at = new Date('2026-11-23T12:00:00Z')

/**
 * A paper of Utopia with a portrait of a real one's size, and the trust under which it is accepted.
 * @param {import('../packages/nansen/dist/specimen/keys.js').KeyKind} kind
 */
export function makeBenchPapers(kind) {
  const state = makeSpecimenTrust(UTOPIA, at, () => positive(node.randomBytes(16)), kind)
  const groups = new Map(
    dataGroupsOf({
      person: {
        familyName: 'Eriksson',
        givenNames: 'Anna Maria',
        language: 'en',
        documentCode: 'PT',
        nationality: 'RUS',
        birth: { year: 1974, month: 8, day: 12 },
        sex: 'F',
      },
      state: UTOPIA,
      number: 'L898902C3',
      issued: { year: 2026, month: 11, day: 23 },
      expires: { year: 2028, month: 11, day: 22 },
      returnRight: { kind: 'while-valid' },
    }),
  )
  groups.set(2, encodeDg2({ width: SILHOUETTE_WIDTH, height: SILHOUETTE_HEIGHT, image: enlarged(15_000) }))
  return {
    at,
    trust: [
      { label: 'csca', bytes: state.csca.certificate.encoded },
      { label: 'crl', bytes: state.crl },
    ],
    files: sealChip(groups, state.documentSigner, at),
  }
}

/** The silhouette with comments in it, up to about this many octets. @param {number} octets */
function enlarged(octets) {
  const image = silhouette()
  const filling = octets - image.length - 4
  const comment = new Uint8Array(4 + filling).fill(0x20)
  comment.set([0xff, 0xfe, (filling + 2) >> 8, (filling + 2) & 0xff])
  return new Uint8Array(Buffer.concat([image.subarray(0, 2), comment, image.subarray(2)]))
}

/** @param {Uint8Array} octets */
function positive(octets) {
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40
  return new Uint8Array(octets)
}
