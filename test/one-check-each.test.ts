import * as node from 'node:crypto'
import { encodeDg12, encodeDg13, type ReturnRight, returnRightText } from '@nansen/formats/lds'
import { type CheckName, type InputFile, inspect, openTrust, type Trust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { zoneOf } from './crafted-papers.ts'
import { PAPER } from './paper.ts'
import { dataGroupsOf, sealChip } from './specimens/passport.ts'
import { makeSpecimenTrust, type SpecimenTrust, UTOPIA } from './specimens/state.ts'

/** Papers that a dishonest or careless issuer could have signed: everything is genuine but the one thing a check is for. */
const crypto = nodeCrypto(node)
const AT = new Date('2026-11-23T12:00:00Z')
const DAY = 86_400_000

let utopia: SpecimenTrust
let trust: Trust
beforeAll(async () => {
  let serial = 0
  utopia = makeSpecimenTrust(UTOPIA, AT, () => Uint8Array.of(1, ++serial))
  const sources = [utopia.csca.certificate.encoded, utopia.crl].map((bytes, i) => ({ label: `${i}`, bytes }))
  trust = (await openTrust(sources, crypto)).trust
})

/** The verdict, and each check that did not pass with its code; the chip is never asked here, so it is left out. */
async function judge(files: readonly InputFile[], at = AT): Promise<string> {
  const { verdict, checks } = await inspect(files, trust, at, crypto)
  const open: readonly CheckName[] = ['chip', 'mrz.chip-agrees']
  const told = checks.flatMap((check) =>
    check.result === 'passed' || open.includes(check.name)
      ? []
      : [`${check.name} ${check.result}: ${check.finding.code}`],
  )
  return [verdict.verdict, ...told].join('; ')
}

const chipWith = (
  changes: ReadonlyMap<number, Uint8Array | undefined>,
  signedAt = AT,
): readonly InputFile[] => {
  const groups = new Map(dataGroupsOf(PAPER))
  for (const [number, bytes] of changes)
    bytes === undefined ? groups.delete(number) : groups.set(number, bytes)
  return sealChip(groups, utopia.documentSigner, signedAt)
}
const dg12 = (right: ReturnRight | string, issued = PAPER.issued) =>
  encodeDg12({
    dateOfIssue: issued,
    endorsements: typeof right === 'string' ? right : returnRightText(right),
  })
const dg13 = (returnRight: ReturnRight) => encodeDg13({ returnRight })

test('the paper that all these vary is accepted', async () => {
  expect(await judge(chipWith(new Map()))).toBe('accepted')
})

describe('one thing wrong is found by the check that is for it', () => {
  test.each([
    [
      'a kind of document that the signer may not sign',
      () => chipWith(new Map([[1, zoneOf({ documentCode: 'PP' })]])),
      'rejected; sod.document-type failed: document-type.not-allowed',
    ],
    [
      'another state as issuer',
      () => chipWith(new Map([[1, zoneOf({ issuer: 'CHE' })]])),
      'rejected; sod.country failed: country.issuer-differs',
    ],
    [
      'a last day that was yesterday',
      () => chipWith(new Map([[1, zoneOf({ expiry: { year: 2026, month: 11, day: 22 } })]])),
      'not-valid; expiry failed: expiry.document',
    ],
    [
      'a last day that is today',
      () => chipWith(new Map([[1, zoneOf({ expiry: { year: 2026, month: 11, day: 23 } })]])),
      'accepted',
    ],
    [
      'a signature after the signer’s key was put away',
      () => chipWith(new Map(), new Date(AT.getTime() + 62 * DAY)),
      'rejected; sod.signing-period failed: signing-period.outside',
    ],
    [
      'a return right that ends earlier in the code than in the words',
      () => chipWith(new Map([[13, dg13({ kind: 'until-date', until: { year: 2027, month: 1, day: 1 } })]])),
      'rejected; return-right failed: return-right.differs',
    ],
    [
      'a return right in words only',
      () => chipWith(new Map([[13, undefined]])),
      'unproven; return-right not-done: return-right.incomplete',
    ],
    [
      'a return right in code only',
      () => chipWith(new Map([[12, dg12('nothing to observe')]])),
      'unproven; return-right not-done: return-right.incomplete',
    ],
    [
      'a return right whose words cannot be read',
      () => chipWith(new Map([[12, dg12('RETURN RIGHT: SOMETIMES')]])),
      'unproven; return-right not-done: return-right.incomplete',
    ],
    [
      'no return right at all, as papers of other issuers',
      () =>
        chipWith(
          new Map([
            [12, undefined],
            [13, undefined],
          ]),
        ),
      'accepted; return-right not-done: return-right.none',
    ],
  ])('%s', async (_, files, told) => {
    expect(await judge(files())).toBe(told)
  })

  test('the second letter of a document code that its dates ask for is a note', async () => {
    const dg1 = zoneOf({ documentCode: 'P', expiry: { year: 2038, month: 1, day: 1 } })
    const { checks } = await inspect(chipWith(new Map([[1, dg1]])), trust, AT, crypto)
    expect(checks[0]?.notes.map(({ code }) => code)).toContain('mrz.document-code-expiry')
  })

  test('a check digit that is wrong although it was signed', async () => {
    const dg1 = zoneOf({}).slice()
    dg1[dg1.length - 1] = dg1[dg1.length - 1] === 0x30 ? 0x31 : 0x30
    expect(await judge(chipWith(new Map([[1, dg1]])))).toBe(
      'rejected; mrz.check-digits failed: mrz.check-digit',
    )
  })

  test('a group that cannot be read although it was signed is a note: its hash tells that it is the issuer’s', async () => {
    const files = chipWith(new Map([[11, Uint8Array.of(0x6b, 2, 0x5c, 9)]]))
    const { verdict } = await inspect(files, trust, AT, crypto)
    expect(verdict.verdict).toBe('accepted')
    expect(verdict.notes.map(({ where }) => where.slice(0, 4))).toContain('DG11')
  })

  test('a return right that has ended is said, and does not make the passport invalid', async () => {
    const right: ReturnRight = { kind: 'until-date', until: { year: 2026, month: 11, day: 22 } }
    const files = chipWith(
      new Map([
        [12, dg12(right)],
        [13, dg13(right)],
      ]),
    )
    const { verdict } = await inspect(files, trust, AT, crypto)
    expect(verdict.verdict).toBe('accepted')
    expect(verdict.notes.map(({ code }) => code)).toContain('return-right.ended')
  })
})
