import * as node from 'node:crypto'
import { encodeDg2 } from '@nansen/formats/lds'
import {
  SILHOUETTE_HEIGHT,
  SILHOUETTE_WIDTH,
  silhouette,
} from '../packages/nansen/src/specimen/silhouette.ts'
import { PAPER } from '../test/paper.ts'
import type { KeyKind } from '../test/specimens/keys.ts'
import { dataGroupsOf, sealChip } from '../test/specimens/passport.ts'
import { makeSpecimenTrust } from '../test/specimens/state.ts'

const at = new Date('2026-11-23T12:00:00Z')

/** A paper of Utopia with a portrait of a real one's size, and the trust under which it is accepted. */
export function makeBenchPapers(kind: KeyKind) {
  const state = makeSpecimenTrust(PAPER.state, at, () => positive(node.randomBytes(16)), kind)
  const groups = new Map(dataGroupsOf(PAPER))
  groups.set(2, encodeDg2({ width: SILHOUETTE_WIDTH, height: SILHOUETTE_HEIGHT, image: benchPortrait() }))
  return {
    at,
    trust: [
      { label: 'csca', bytes: state.csca.certificate.encoded },
      { label: 'crl', bytes: state.crl },
    ],
    files: sealChip(groups, state.documentSigner, at),
  }
}

/** A portrait of a real one's size. */
export const benchPortrait = (): Uint8Array => enlarged(15_000)

/** The silhouette with comments in it, up to about this many octets. */
function enlarged(octets: number): Uint8Array {
  const image = silhouette()
  const filling = octets - image.length - 4
  const comment = new Uint8Array(4 + filling).fill(0x20)
  comment.set([0xff, 0xfe, (filling + 2) >> 8, (filling + 2) & 0xff])
  return new Uint8Array(Buffer.concat([image.subarray(0, 2), comment, image.subarray(2)]))
}

function positive(octets: Uint8Array): Uint8Array {
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40
  return new Uint8Array(octets)
}
