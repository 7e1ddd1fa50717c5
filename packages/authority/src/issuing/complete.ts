import { hash } from 'node:crypto'
import { parseSodMessage, sealSod } from '@nansen/formats/lds'
import { hex, sameBytes } from '@nansen/formats/tlv'
import { type InputFile, inspect } from '@nansen/inspection'
import { recordedDigests } from '@nansen/signing'
import { append, type Head } from '@nansen/store'
import type { Office } from '../office.ts'
import { Refusal } from '../refusal.ts'
import { bringLogUpToDate } from '../registry/bring-log-up-to-date.ts'
import { startOfDay } from '../registry/day.ts'
import { releasePapers, streamOf } from '../registry/papers.ts'
import type { Desk } from './desk.ts'
import { chipFiles, groupsOf } from './draft.ts'
import type { PaperContent } from './paper-content.ts'
import { profileNamed } from './profile.ts'
import { type RecordedPaper, sealSodOf } from './read-papers.ts'
import { draftSecurityObject, securityObjectContent } from './security-object.ts'

/** A booklet as it goes to personalisation. */
export interface ReleasedPaper {
  /** 32 hexadecimal digits, by chance. */
  readonly id: string
  /** Every file of the chip. */
  readonly files: readonly InputFile[]
  readonly content: PaperContent
  /** The last event of its stream, where it was released just now. */
  readonly head?: Head
}

/**
 * Steps 10 to 12 of recorded papers: for those just recorded, and for those that a crash left behind.
 * @returns for each, in order, the released paper or why it is not released; what is refused here stays recorded, and
 *   is taken up by recovery
 * @throws SigningOutage, SigningRefusal, StoreError
 */
export async function complete(
  office: Office,
  desk: Desk,
  papers: readonly (RecordedPaper | Refusal)[],
): Promise<readonly (ReleasedPaper | Refusal)[]> {
  const readable = papers.filter((paper): paper is RecordedPaper => !(paper instanceof Refusal))
  const waiting = readable.filter(({ sod }) => sod === undefined)
  const sods = new Map<RecordedPaper, Uint8Array | Refusal>(
    readable.flatMap((paper) => (paper.sod === undefined ? [] : [[paper, paper.sod]])),
  )
  let heads: ReadonlyMap<string, Head> = new Map()
  if (waiting.length > 0) {
    // 10 finish: exactly the recorded bytes are signed
    const signatures = await office.signing.finish(waiting.map(({ intentId }) => intentId))
    office.step?.('issue.signed')
    // 11 inspect the finished paper, as a border guard would
    const recorded = await office.store.transaction((tx) =>
      recordedDigests(
        tx,
        waiting.map(({ intentId }) => intentId),
      ),
    )
    for (const [i, paper] of waiting.entries())
      sods.set(paper, await finished(office, desk, paper, signatures[i]!, recorded[i]!))
    office.step?.('issue.inspected')
    // 12 release: register, journal and log in one transaction; in the tree before it is handed over
    heads = await release(office, waiting, sods)
    office.step?.('issue.released')
  }
  // Also for papers that were released before a crash, and may not be in the tree yet. P19
  if (readable.length > 0) await bringLogUpToDate(office)
  office.step?.('issue.logged')
  return papers.map((paper) => {
    if (paper instanceof Refusal) return paper
    const sod = sods.get(paper)!
    if (sod instanceof Refusal) return sod
    const id = hex(paper.id)
    const head = heads.get(streamOf(id))
    return { id, files: chipFiles(paper.content.files, sod), content: paper.content, ...(head && { head }) }
  })
}

/** The security object, sealed, compared with what was recorded, and inspected with all it belongs to. P3 */
async function finished(
  office: Office,
  desk: Desk,
  { content, drafted: atHand }: RecordedPaper,
  signature: Uint8Array,
  recorded: Uint8Array,
): Promise<Uint8Array | Refusal> {
  const profile = profileNamed(content.order.profile)
  const signer = desk.signers.get(content.signerCertificate)
  if (profile === undefined) return new Refusal('order.profile-unknown')
  if (signer === undefined) return new Refusal('paper.signer-unknown')
  const drafted =
    atHand ??
    draftSecurityObject(securityObjectContent(groupsOf(content.files), profile, signer, content.signedAt))
  const sod = sealSod(drafted, signature)
  const signed = parseSodMessage(sod).signer.signedAttributes.toBeSigned
  if (!sameBytes(sha256(signed), recorded)) return new Refusal('paper.bytes-differ')
  const { verdict } = await inspect(chipFiles(content.files, sod), desk.trust, office.clock(), office.crypto)
  if (verdict.verdict === 'accepted') return sod
  const [finding] = verdict.verdict === 'unproven' ? verdict.missing : verdict.because
  return new Refusal('paper.not-accepted', { cause: finding.code })
}

/** @returns the last event of each that was released here, by stream */
async function release(
  office: Office,
  papers: readonly RecordedPaper[],
  sods: ReadonlyMap<RecordedPaper, Uint8Array | Refusal>,
): Promise<ReadonlyMap<string, Head>> {
  const good = papers.flatMap((paper) => {
    const sod = sods.get(paper)
    return sod instanceof Uint8Array
      ? [{ id: paper.id, sod: sealSodOf(paper.caseKey, paper.id, sod), head: paper.head }]
      : []
  })
  if (good.length === 0) return new Map()
  const known = new Map(
    good.flatMap(({ id, head }) => (head === undefined ? [] : [[streamOf(hex(id)), head]])),
  )
  const day = startOfDay(office.clock())
  return office.store.transaction(async (tx) => {
    const released = new Set((await releasePapers(tx, good)).map(hex))
    const events = await append(
      tx,
      good
        .filter(({ id }) => released.has(hex(id)))
        .map(({ id, sod }) => ({
          stream: streamOf(hex(id)),
          kind: 'paper.released',
          at: day,
          // Of what is stored, not of the security object itself: whoever reads a chip cannot find its row.
          body: { sod: hex(sha256(sod)) },
        })),
      known,
    )
    await office.log.enter(tx, events)
    return new Map(events.map((event) => [event.stream, event]))
  })
}

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'))
