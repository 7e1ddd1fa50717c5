import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { CURRENT_PROFILE, currentTrust, recover } from '@nansen/authority'
import { encodeDg1, sealSod } from '@nansen/formats/lds'
import { generateMrz } from '@nansen/formats/mrz'
import { hex } from '@nansen/formats/tlv'
import { append } from '@nansen/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chipFiles } from '../packages/authority/src/issuing/draft.ts'
import { profileNamed } from '../packages/authority/src/issuing/profile.ts'
import { sealContent } from '../packages/authority/src/issuing/read-papers.ts'
import {
  contentsFile,
  draftSecurityObject,
  securityObjectContent,
} from '../packages/authority/src/issuing/security-object.ts'
import { insertPapers } from '../packages/authority/src/registry/papers.ts'
import { openFileDevice } from '../packages/signing/src/device/file-device.ts'
import { type IssuingOffice, issueApproved as issue, issuingOffice, requestFor } from './issuing-office.ts'
import { inspectedBy, signBy, UTOPIA, verdictOf } from './real-state.ts'
import { random } from './signing-office.ts'
import { dataGroupsOf, type SpecimenPerson } from './specimens/passport.ts'

let office: IssuingOffice
beforeAll(async () => {
  office = await issuingOffice()
}, 120_000)
afterAll(() => office.close())

describe('a chip with another state in its zone', () => {
  const PERSON: SpecimenPerson = {
    familyName: 'Roe',
    givenNames: 'Alex',
    language: 'en',
    documentCode: 'PT',
    nationality: 'CHE',
    birth: { year: 1990, month: 1, day: 1 },
    sex: 'X',
  }

  /** What a thief of the key files and their passphrase can have signed. */
  function withStolenKey(id: string, bytes: Uint8Array): Uint8Array {
    const device = openFileDevice({
      folder: join(office.folder, 'keys'),
      passphrase: 'test',
      create: false,
      weakScryptN: 16,
    })
    try {
      return device.sign(id, bytes)
    } finally {
      device.close()
    }
  }

  /** A chip under Utopia's own signer. What is signed are digests, so the room with the keys cannot see whose. */
  async function chipOf(code3: string) {
    const { documentSigner } = await currentTrust(office)
    const groups = new Map(
      dataGroupsOf({
        person: PERSON,
        state: { ...UTOPIA, code3 } as never,
        number: 'ACDEFGHJK',
        issued: { year: 2026, month: 11, day: 24 },
        expires: { year: 2028, month: 11, day: 23 },
        returnRight: { kind: 'while-valid' },
      }),
    )
    const profile = profileNamed(CURRENT_PROFILE)!
    const drafted = draftSecurityObject(
      securityObjectContent(groups, profile, documentSigner, office.clock()),
    )
    const files = new Map([
      ['EF_COM.bin', contentsFile(groups, profile)],
      ...[...groups].map(([number, bytes]) => [`EF_DG${number}.bin`, bytes] as const),
    ])
    return { documentSigner, drafted, files }
  }

  test.each([
    ['UTO', 'accepted'],
    ['CHE', 'rejected'],
    ['QRR', 'rejected'],
  ])('%s, signed with the stolen key itself, is %s', async (code3, verdict) => {
    const { drafted, files, documentSigner } = await chipOf(code3)
    const sod = sealSod(drafted, withStolenKey(documentSigner.key.id, drafted.toBeSigned))
    const { verdict: found } = await inspectedBy(office, chipFiles(files, sod))
    expect(found.verdict).toBe(verdict)
    if (found.verdict === 'rejected')
      expect(found.because.map(({ code }) => code)).toContain('country.issuer-differs')
  })

  test.each(['UTO', 'CHE'])(
    '%s, asked for by whoever holds the office, is not signed (P1)',
    async (code3) => {
      const { drafted, documentSigner } = await chipOf(code3)
      await expect(signBy(office, documentSigner.key.id, drafted.toBeSigned)).rejects.toThrow(
        'approval.missing',
      )
    },
  )

  test.each([
    ['UTO', 'specimen'],
    ['CHE', 'real'],
  ])(
    '%s, put into the register behind the office’s back as %s, comes to nothing in recovery (P1)',
    async (code3, kind) => {
      const { drafted, files, documentSigner } = await chipOf(code3)
      const id = random(16)
      const caseKey = { caseId: random(16), key: random(32) }
      const order = { ...requestFor().order, kind, state: code3, reference: code3 } as never
      const content = {
        order,
        number: 'ACDEFGHJK',
        issued: '2026-11-24',
        expires: '2028-11-23',
        signedAt: office.clock(),
        signerKey: documentSigner.key.id,
        signerCertificate: createHash('sha256').update(documentSigner.certificate.encoded).digest('hex'),
        files,
      }
      await office.store.transaction(async (tx) => {
        await office.signing.newCase(tx, [caseKey])
        const request = {
          key: documentSigner.key.id,
          toBeSigned: drafted.toBeSigned,
          caseKey,
          decision: random(32),
          once: random(32),
        }
        const [intentId] = await office.signing.record(tx, [request])
        const [referenceIndex, numberIndex, orderDigest] = [random(32), random(32), random(32)]
        const sealed = sealContent(caseKey, id, content)
        const common = { id, caseId: caseKey.caseId, intentId: intentId!, content: sealed }
        await insertPapers(tx, [{ ...common, orderDigest, referenceIndex, numberIndex }])
        await append(tx, [
          { stream: `paper/${hex(id)}`, kind: 'paper.recorded', at: office.clock(), body: {} },
        ])
      })
      const { released, voided } = await recover({ ...office })
      expect(released).toEqual([])
      expect(voided).toEqual([{ id: hex(id), code: 'approval.missing' }])
    },
  )

  test('that was never signed for is not made by exchanging the zone of a specimen', async () => {
    const [result] = await issue(office, [requestFor({ reference: 'exchanged' })])
    if (result?.outcome !== 'released') throw new Error('not issued')
    const document = {
      documentCode: 'PT',
      issuer: 'CHE',
      name: { primary: 'ROE', secondary: 'ALEX' },
      number: result.paper.content.number,
      nationality: 'CHE',
      birth: PERSON.birth,
      sex: 'X',
      expiry: { year: 2028, month: 11, day: 23 },
    } as const
    const dg1 = encodeDg1(generateMrz(document, 'TD3').join(''))
    const files = result.paper.files.map((file) =>
      file.name === 'EF_DG1.bin' ? { ...file, bytes: dg1 } : file,
    )
    expect(await verdictOf(office, files)).toBe('rejected')
  })
})
