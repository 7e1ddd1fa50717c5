import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hex } from '@nansen/formats/tlv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  random,
  request,
  type SigningOffice,
  signedAttributes,
  signingOffice,
} from '../../../test/signing-office.ts'
import { placeOfIntent } from './ledger.ts'
import { sealUnder } from './sealed.ts'

let office: SigningOffice
beforeAll(async () => {
  office = await signingOffice()
  await office.makeKey()
}, 60_000)
afterAll(() => office.close())

describe('keys of cases', () => {
  async function paperIn(stage: string) {
    const caseKey = await office.newCase()
    const [id] = await office.record(request({ caseKey }))
    await office.sql(
      `insert into paper (id, case_id, order_digest, form, reference_index, number_index, intent_id, content, sod, stage)
       values ($1, $2, $3, 'booklet', $4, $5, $6, $7, $8, $9)`,
      [random(16), caseKey.caseId, random(32), random(32), random(32), id!, random(10), random(10), stage],
    )
    return { caseKey, id: id! }
  }

  test('are given out while the paper is on its way', async () => {
    const [one, two] = [await paperIn('recorded'), await paperIn('released')]
    expect(await office.signing.openCases([two.id, one.id])).toEqual([two.caseKey, one.caseKey])
    expect(await office.signing.openCases([])).toEqual([])
  })

  test.each(['delivered', 'void'])('are not given out when it is %s', async (stage) => {
    const { id } = await paperIn(stage)
    await expect(office.signing.openCases([id])).rejects.toThrow('case.closed')
  })

  test('are not given out for what is no paper, has no case, or is somebody else’s', async () => {
    const [noPaper, noCase] = await office.record(request({ caseKey: await office.newCase() }), request())
    await expect(office.signing.openCases([noPaper!])).rejects.toThrow('case.closed')
    await expect(office.signing.openCases([noCase!])).rejects.toThrow('case.unknown')
    await expect(office.signing.openCases([random(16)])).rejects.toThrow('intent.unknown')
    const { id } = await paperIn('recorded')
    const other = await office.newCase()
    await office.sql('update paper set case_id = $1 where intent_id = $2', [other.caseId, id])
    await expect(office.signing.openCases([id])).rejects.toThrow('case.closed')
  })

  test('and the key for looking up are the same after a restart', async () => {
    const before = await office.signing.indexKey()
    const { id, caseKey } = await paperIn('recorded')
    await office.reopen()
    expect(before.length).toBe(32)
    expect(await office.signing.indexKey()).toEqual(before)
    expect(await office.signing.openCases([id])).toEqual([caseKey])
  })
})

describe('a thief of the database', () => {
  test('reads nothing of what is signed for a person, and no key', async () => {
    const canary = Buffer.from('Щербакова L898902C3'.padEnd(23))
    const caseKey = await office.newCase()
    const [id] = await office.record(request({ caseKey, toBeSigned: signedAttributes(canary) }))
    expect(canary.length).toBe(32)
    await office.signing.finish([id!])
    const secrets = [canary, canary.subarray(0, 12), caseKey.key, await office.signing.indexKey()]
    const forms = secrets.flatMap((secret) => [
      Buffer.from(secret),
      Buffer.from(hex(secret)),
      Buffer.from(Buffer.from(secret).toString('base64')),
    ])
    const dumps: Buffer[] = [readFileSync(office.journalPath)]
    const tables = await office.sql(
      `select table_name from information_schema.tables where table_schema = current_schema()`,
    )
    expect(tables.length).toBeGreaterThan(8)
    for (const { table_name } of tables)
      for (const row of await office.sql(`select * from "${table_name}"`))
        for (const value of Object.values(row))
          dumps.push(value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)))
    for (const name of readdirSync(join(office.folder, 'keys')))
      dumps.push(readFileSync(join(office.folder, 'keys', name)))
    const all = Buffer.concat(dumps)
    expect(all.length).toBeGreaterThan(5_000)
    for (const form of forms) expect(all.includes(form)).toBe(false)
    expect((await office.sql('select 1 as one from intent')).length).toBeGreaterThan(5)
  })

  test('who can seal bytes of their own for another place has them refused', async () => {
    const caseKey = await office.newCase()
    const [id] = await office.record(request({ caseKey }))
    const [row] = await office.sql('select * from intent where id = $1', [id!])
    const identity = row as unknown as Parameters<typeof placeOfIntent>[0]
    const bytes = signedAttributes()
    const resealed = sealUnder(caseKey, { ...placeOfIntent(identity), column: 'paper.content' }, bytes)
    await office.sql('update intent set bytes = $1 where id = $2', [resealed, id!])
    await expect(office.signing.finish([id!])).rejects.toThrow('intent.altered')
    expect(await office.sql('select 1 as one from signature where intent_id = $1', [id!])).toEqual([])
  })
})
