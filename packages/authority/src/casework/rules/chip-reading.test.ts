import { openTrust, type Trust } from '@nansen/inspection'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import { issueApproved, requestFor } from '../../../../../test/issuing-office.ts'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../../test/reference-data.ts'
import { openDesk } from '../../issuing/desk.ts'
import { isChipEvidence, readChip } from './chip-reading.ts'

let office: TestCaseOffice
let archive: Uint8Array
beforeAll(async () => {
  office = await caseOffice()
  const [result] = await issueApproved(office, [requestFor()])
  if (result?.outcome !== 'released') throw new Error('a paper is issued here')
  archive = zipSync(Object.fromEntries(result.paper.files.map(({ name, bytes }) => [name, bytes])))
})
afterAll(() => office.close())

const read = async (bytes: Uint8Array) => {
  const { trust } = await openDesk(office, office.clock())
  return readChip(bytes, trust, office.clock(), office.crypto)
}

test('the chip of an old passport says who it was given to, under its state’s signature', async () => {
  const { verdict, document } = await read(archive)
  expect(verdict.verdict).toBe('accepted')
  expect(document.zone).toMatchObject({ primaryIdentifier: 'SHCHERBAKOVA', nationality: 'RUS' })
})

test('a chip that was changed is not genuine, and what is no chip has a verdict too', async () => {
  const changed = archive.slice()
  changed[changed.indexOf(0x4d, 200)]! ^= 1
  expect((await read(changed)).verdict.verdict).not.toBe('accepted')
  expect((await read(new TextEncoder().encode('not a chip'))).verdict.verdict).toBe('unproven')
  expect((await read(new Uint8Array(0))).verdict.verdict).toBe('unproven')
})

test('one kind of evidence is an archive of chip files', () => {
  expect(isChipEvidence('old-passport-chip')).toBe(true)
  expect(isChipEvidence('expired-passport')).toBe(false)
})

test.skipIf(!haveReferenceData)(
  `an old Russian passport is checked against the lists that states publish, and its state is not asked ${withReferenceData}`,
  async () => {
    const list = (label: string) => ({ label, bytes: referenceData('emrtd', 'masterlists', label) })
    const lists = [list('DE_ROOT_CA_CSCA07.cer'), list('DE_ML_2026-05-28-08-28-45.ml')]
    const { trust } = await openTrust(lists, office.crypto)
    const chip = zipSync({ 'EF_SOD.bin': referenceData('emrtd', 'sod', 'sod-ru-sha1.bin') })
    const results = async (trusted: Trust) => {
      const { verdict, checks } = await readChip(chip, trusted, office.clock(), office.crypto)
      expect(verdict.verdict).toBe('unproven')
      return Object.fromEntries(checks.map(({ name, result }) => [name, result]))
    }
    expect(await results(trust)).toMatchObject({ 'sod.signature': 'passed', 'sod.chain': 'passed' })
    expect(await results(office.passports)).toMatchObject({
      'sod.signature': 'passed',
      'sod.chain': 'not-done',
    })
  },
)
