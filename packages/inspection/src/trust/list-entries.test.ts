import * as node from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { date, ecKey, makeCsca } from '../../../../test/specimen-pki.ts'
import { nodeCrypto } from '../crypto/node.ts'
import { Anchors } from './anchors.ts'
import { examineEntries } from './list-entries.ts'

const crypto = nodeCrypto(node)

describe('the certificates of a list', () => {
  test('that all have one name and were signed by nobody in it cost what a real list costs', async () => {
    const elsewhere = ecKey()
    let tries = 0
    const counting: typeof crypto = {
      ...crypto,
      verify: (...question) => {
        tries++
        return crypto.verify(...question)
      },
    }
    const certificates = Array.from({ length: 200 }, (_, i) => {
      const key = { ...ecKey(), sign: elsewhere.sign }
      return makeCsca(key, { serial: Uint8Array.of(1, i), notAfter: date('2040-01-01') }).encoded
    })
    const entries = await examineEntries(certificates, new Anchors(), counting)
    expect(entries).toHaveLength(200)
    expect(tries).toBeLessThanOrEqual(4096)
  })
})
