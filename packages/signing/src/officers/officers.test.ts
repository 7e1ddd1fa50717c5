import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SigningOffice, signingOffice } from '../../../../test/signing-office.ts'
import { enrolSpecimenOfficers, officersOf, type TestOfficers } from '../../../../test/specimen-officers.ts'
import { recordApproval } from './approval-rows.ts'
import { assertionStands } from './assertion.ts'
import { decisionChallenge } from './challenge.ts'
import type { Approval, Assertion, Officer } from './officer.ts'
import { officersFiles } from './officers-files.ts'
import { readOfficersRoot, writeOfficersRoot } from './root.ts'

let office: SigningOffice
let officers: TestOfficers
const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
const octets = (n: number, length: number) => new Uint8Array(length).fill(n)

beforeEach(async () => {
  office = await signingOffice({ restsOnOrders: true })
  await enrolSpecimenOfficers(office)
  officers = officersOf(office)
}, 60_000)
afterEach(() => office.close())

const desk = () => office.signing.officers

/** A passkey that a test holds: what it says can be varied. */
function passkey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const id = b64(
    createHash('sha256')
      .update(publicKey.export({ format: 'der', type: 'spki' }))
      .digest()
      .subarray(0, 16),
  )
  return {
    credential: {
      kind: 'passkey' as const,
      id,
      publicKey: b64(publicKey.export({ format: 'der', type: 'spki' })),
    },
    answer(
      challenge: string,
      {
        type = 'webauthn.get',
        origin = 'http://utopia.localhost:8080',
        rpId = 'utopia.localhost',
        flags = 5,
        more = {},
      } = {},
    ): Assertion {
      const client = Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...more }))
      const data = Buffer.concat([
        createHash('sha256').update(rpId).digest(),
        Buffer.from([flags, 0, 0, 0, 0]),
      ])
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return {
        credentialId: id,
        authenticatorData: b64(data),
        clientDataJSON: b64(client),
        signature: b64(sign('sha256', signed, privateKey)),
      }
    },
  }
}

describe('an authenticator’s answer', () => {
  const root = { kind: 'specimen' as const, rpId: 'utopia.localhost', origins: [] }
  const key = passkey()
  const challenge = b64(octets(7, 32))

  test('stands for its challenge, host and credential', () => {
    expect(assertionStands(root, key.credential, key.answer(challenge), challenge)).toBe(true)
  })

  test.each([
    ['another challenge', key.answer(b64(octets(8, 32)))],
    ['a registration', key.answer(challenge, { type: 'webauthn.create' })],
    ['another host', key.answer(challenge, { origin: 'http://zembla.localhost' })],
    [
      'a host that only begins alike',
      key.answer(challenge, { origin: 'http://utopia.localhost.evil.example' }),
    ],
    ['another host in what the authenticator saw', key.answer(challenge, { rpId: 'zembla.localhost' })],
    ['nobody present', key.answer(challenge, { flags: 4 })],
    ['nobody verified', key.answer(challenge, { flags: 1 })],
    ['extensions that nobody asked for', key.answer(challenge, { flags: 0x85 })],
    ['a frame of another site', key.answer(challenge, { more: { crossOrigin: true } })],
    ['a frame that says where it is', key.answer(challenge, { more: { topOrigin: 'http://evil.example' } })],
    ['another credential', { ...key.answer(challenge), credentialId: b64('another') }],
    ['another key', { ...passkey().answer(challenge), credentialId: key.credential.id }],
    [
      'octets written in another way',
      { ...key.answer(challenge), signature: `${key.answer(challenge).signature}=` },
    ],
    [
      'nothing',
      { credentialId: key.credential.id, authenticatorData: '', clientDataJSON: '', signature: '' },
    ],
  ])('with %s does not', (_, answer) => {
    expect(assertionStands(root, key.credential, answer, challenge)).toBe(false)
  })

  test('of a real office stands for the origins that its root lists, and no port besides', () => {
    const real = { kind: 'real' as const, rpId: 'office.example', origins: ['https://office.example'] }
    const from = (origin: string) => key.answer(challenge, { origin, rpId: 'office.example' })
    expect(assertionStands(real, key.credential, from('https://office.example'), challenge)).toBe(true)
    for (const origin of ['http://office.example', 'https://office.example:8443', 'https://a.office.example'])
      expect(assertionStands(real, key.credential, from(origin), challenge)).toBe(false)
  })
})

describe('the chain of enrolments (P1)', () => {
  const enrolled = (changes: Partial<Officer> = {}): Officer => ({
    id: Buffer.from(octets(1, 16)).toString('hex'),
    label: 'Nina',
    roles: ['decision'],
    credential: passkey().credential,
    ...changes,
  })

  async function signedBy(officer: Officer, signers: readonly ('sofia' | 'sergio' | 'dario')[]) {
    const { record, challenge } = await desk().draftEnrolment({ kind: 'enrol', officer })
    const approvals = await Promise.all(signers.map((name) => officers[name].approve(challenge)))
    return { record, approvals: approvals as unknown as [Approval, Approval] }
  }

  test('two security officers enrol, and the new officer is one after a restart too', async () => {
    const officer = enrolled()
    const { record, approvals } = await signedBy(officer, ['sofia', 'sergio'])
    await desk().enrol(record, approvals)
    expect((await desk().list()).map(({ label }) => label)).toContain('Nina')
    await office.reopen()
    expect((await desk().list()).map(({ label }) => label)).toContain('Nina')
  })

  test.each([
    ['one of them twice', ['sofia', 'sofia']],
    ['one of them and an officer who decides', ['sofia', 'dario']],
    ['one of them alone', ['sofia']],
  ] as const)('%s enrols nobody', async (_, signers) => {
    const { record, approvals } = await signedBy(enrolled(), signers)
    await expect(desk().enrol(record, approvals)).rejects.toThrow('officers.approvals')
  })

  test.each([
    ['a key that is another officer’s', () => ({ credential: officers.dana.officer.credential })],
    ['security beside a decision', () => ({ roles: ['security', 'decision'] as const })],
    ['no part to play', () => ({ roles: [] })],
    ['a key of another curve', () => ({ credential: otherCurve() })],
  ])('an officer with %s is not enrolled', async (_, changes) => {
    const { record, approvals } = await signedBy(enrolled(changes()), ['sofia', 'sergio'])
    await expect(desk().enrol(record, approvals)).rejects.toThrow('officers.record')
  })

  test('a record that the database owner inserts, signed by keys of their own, makes the whole chain refused', async () => {
    const mine = passkey()
    const { record, challenge } = await desk().draftEnrolment({ kind: 'enrol', officer: enrolled() })
    const approvals = ['sofia', 'sergio'].map((name) => ({
      officer: officers[name as 'sofia'].officer.id,
      assertion: { ...mine.answer(challenge), credentialId: officers[name as 'sofia'].officer.credential.id },
    }))
    await office.sql(
      'insert into enrolment (seq, record, approvals) select max(seq) + 1, $1::bytea, $2 from enrolment',
      [record, JSON.stringify(approvals)],
    )
    await expect(desk().list()).rejects.toThrow('officers.approvals')
  })

  test('an older chain put back is refused: whoever was let go does not come back', async () => {
    const { record, challenge } = await desk().draftEnrolment({
      kind: 'end',
      officerId: officers.dario.officer.id,
    })
    await desk().enrol(record, [
      await officers.sofia.approve(challenge),
      await officers.sergio.approve(challenge),
    ])
    expect((await desk().list()).map(({ label }) => label)).not.toContain('Dario')
    await office.sql('delete from enrolment where seq = (select max(seq) from enrolment)')
    await expect(desk().list()).rejects.toThrow('officers.broken')
    await office.reopen()
    await expect(desk().list()).rejects.toThrow('officers.broken')
  })

  test('two security officers must remain', async () => {
    const { record, challenge } = await desk().draftEnrolment({
      kind: 'end',
      officerId: officers.sofia.officer.id,
    })
    const approvals = [
      await officers.sofia.approve(challenge),
      await officers.sergio.approve(challenge),
    ] as const
    await expect(desk().enrol(record, approvals)).rejects.toThrow('officers.record')
  })

  test('a root is written once, is for two at least, and believes keys in files for no state that exists', () => {
    const { rootPath } = officersFiles(office.journalPath)
    const { root } = readOfficersRoot(rootPath)!
    expect(() => writeOfficersRoot(rootPath, root)).toThrow('officers.root')
    const elsewhere = join(office.folder, 'another-root.json')
    expect(() => writeOfficersRoot(elsewhere, { ...root, state: 'CH' })).toThrow('officers.root')
    expect(() => writeOfficersRoot(elsewhere, { ...root, kind: 'real', state: 'CH' })).toThrow(
      'officers.root',
    )
    const [one] = root.securityOfficers
    expect(() => writeOfficersRoot(elsewhere, { ...root, securityOfficers: [one!] })).toThrow('officers.root')
    expect(() => readFileSync(elsewhere)).toThrow()
  })
})

describe('signing in', () => {
  test('gives a session that ends half an hour after it was used last, and after ten hours', async () => {
    const { token } = await officers.iris.signIn()
    const later = (minutes: number) => {
      office.now = new Date(office.now.getTime() + minutes * 60_000)
    }
    later(29)
    expect((await desk().session(token))?.officer.label).toBe('Iris')
    later(31)
    expect(await desk().session(token)).toBeUndefined()
    const { token: second } = await officers.iris.signIn()
    for (let i = 0; i < 21; i++) {
      expect((await desk().session(second))?.officer.label).toBe('Iris')
      later(29)
    }
    expect(await desk().session(second)).toBeUndefined()
  })

  test('an answer is good once, and for two minutes', async () => {
    const challenge = await desk().challenge()
    const answer = await officers.iris.sign(challenge)
    await desk().signIn(answer)
    await expect(desk().signIn(answer)).rejects.toThrow('officer.challenge')
    const late = await officers.iris.sign(await desk().challenge())
    office.now = new Date(office.now.getTime() + 3 * 60_000)
    await expect(desk().signIn(late)).rejects.toThrow('officer.challenge')
    await expect(desk().signIn(await officers.iris.sign(b64(octets(9, 32))))).rejects.toThrow(
      'officer.challenge',
    )
  })

  test('whoever is let go is out at once', async () => {
    const { token } = await officers.dario.signIn()
    const { record, challenge } = await desk().draftEnrolment({
      kind: 'end',
      officerId: officers.dario.officer.id,
    })
    await desk().enrol(record, [
      await officers.sofia.approve(challenge),
      await officers.sergio.approve(challenge),
    ])
    expect(await desk().session(token)).toBeUndefined()
    await expect(officers.dario.signIn()).rejects.toThrow('officer.unknown')
  })
})

describe('what two officers approved (P1)', () => {
  const order = octets(3, 32)
  let count = 0

  async function recorded(approvals: readonly Approval[], digests = [order]): Promise<Uint8Array> {
    const id = octets(++count, 16)
    await office.store.transaction((tx) =>
      recordApproval(tx, office.signing.wrappingPoint, id, {
        digests,
        approvals: approvals as unknown as [Approval, Approval],
      }),
    )
    return id
  }
  const challenge = decisionChallenge('approve', { over: 'list', digests: [order] })
  const demand = (approvalId: Uint8Array, of = order) =>
    office.signing.demandApproved([{ approvalId, order: of }])

  test('stands', async () => {
    await demand(
      await recorded([await officers.dario.approve(challenge), await officers.dana.approve(challenge)]),
    )
  })

  test('is nothing for another order, nor under another id', async () => {
    const id = await recorded([
      await officers.dario.approve(challenge),
      await officers.dana.approve(challenge),
    ])
    await expect(demand(id, octets(4, 32))).rejects.toThrow('approval.missing')
    await expect(demand(octets(99, 16))).rejects.toThrow('approval.missing')
  })

  test('one officer twice, or one who takes cases in, or one who makes papers, approves nothing', async () => {
    for (const pair of [
      ['dario', 'dario'],
      ['dario', 'iris'],
      ['petra', 'dana'],
      ['dario', 'sofia'],
    ] as const) {
      const approvals = await Promise.all(pair.map((name) => officers[name].approve(challenge)))
      await expect(demand(await recorded(approvals))).rejects.toThrow('approval.refused')
    }
  })

  test('a signature under a refusal is none under an approval', async () => {
    const refusal = decisionChallenge('refuse', { over: 'list', digests: [order] })
    const approvals = [await officers.dario.approve(challenge), await officers.dana.approve(refusal)]
    await expect(demand(await recorded(approvals))).rejects.toThrow('approval.refused')
  })

  test('a list that grew by one after it was signed approves nothing', async () => {
    const approvals = [await officers.dario.approve(challenge), await officers.dana.approve(challenge)]
    await expect(demand(await recorded(approvals, [order, octets(4, 32)]))).rejects.toThrow(
      'approval.refused',
    )
  })

  test('is nothing any more once one of them was let go', async () => {
    const id = await recorded([
      await officers.dario.approve(challenge),
      await officers.dana.approve(challenge),
    ])
    await demand(id)
    const { record, challenge: ending } = await desk().draftEnrolment({
      kind: 'end',
      officerId: officers.dario.officer.id,
    })
    await desk().enrol(record, [await officers.sofia.approve(ending), await officers.sergio.approve(ending)])
    await expect(demand(id)).rejects.toThrow('approval.refused')
  })

  test('changed in the database does not open', async () => {
    const id = await recorded([
      await officers.dario.approve(challenge),
      await officers.dana.approve(challenge),
    ])
    await office.sql('update approval set bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1)')
    await expect(demand(id)).rejects.toThrow('approval.missing')
  })
})

function otherCurve() {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })
  return {
    kind: 'passkey' as const,
    id: b64('p384'),
    publicKey: b64(publicKey.export({ format: 'der', type: 'spki' })),
  }
}
