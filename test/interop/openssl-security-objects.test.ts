import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOnly } from '@nansen/formats/tlv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyKind } from '../../packages/nansen/src/specimen/keys.ts'
import { dataGroupsOf, sealChip } from '../../packages/nansen/src/specimen/passport.ts'
import { makeSpecimenTrust, UTOPIA } from '../../packages/nansen/src/specimen/state.ts'

const have = spawnSync('openssl', ['version']).status === 0
const why = have ? '' : ' (skipped: no openssl)'
const AT = new Date('2026-11-23T12:00:00Z')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nansen-openssl-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function securityObject(kind: KeyKind): Uint8Array {
  let serial = 0
  const state = makeSpecimenTrust(UTOPIA, AT, () => Uint8Array.of(1, ++serial), kind)
  const groups = dataGroupsOf({
    person: {
      familyName: 'Eriksson',
      givenNames: 'Anna',
      language: 'en',
      documentCode: 'PR',
      nationality: 'XXB',
      birth: { year: 1974, month: undefined, day: undefined },
      sex: 'X',
    },
    state: UTOPIA,
    number: 'L898902C3',
    issued: { year: 2026, month: 11, day: 23 },
    expires: { year: 2028, month: 11, day: 22 },
    returnRight: { kind: 'unlimited' },
  })
  const file = sealChip(groups, state.documentSigner, AT).find(({ name }) => name === 'EF_SOD.bin')!
  return readOnly(file.bytes).content
}

function openssl(arguments_: readonly string[], bytes: Uint8Array) {
  const path = join(folder, 'input')
  writeFileSync(path, bytes)
  const { status, stdout, stderr } = spawnSync('openssl', [...arguments_, '-in', path], {
    encoding: 'latin1',
  })
  return { status, stdout, stderr }
}

describe.skipIf(!have)(`OpenSSL reads our security objects${why}`, () => {
  const KINDS: readonly KeyKind[] = ['P-256', 'brainpoolP384r1', 'RSA', 'RSA-PSS']

  test.each(KINDS)('of kind %s element by element', (kind) => {
    const { status, stdout } = openssl(['asn1parse', '-inform', 'DER'], securityObject(kind))
    expect(status).toBe(0)
    expect(stdout).toContain(':pkcs7-signedData')
    expect(stdout).toContain(':2.23.136.1.1.1')
  })

  // OpenSSL 3 refuses certificates with explicit curve parameters, which the profile asks for, so of these only
  // the RSA kinds can be verified by it.
  test.each(['RSA', 'RSA-PSS'] as const)('of kind %s and verifies the signature', (kind) => {
    const genuine = securityObject(kind)
    const verify = ['cms', '-verify', '-inform', 'DER', '-noverify', '-out', join(folder, 'content')]
    expect(openssl(verify, genuine)).toMatchObject({ status: 0 })
    const altered = genuine.slice()
    altered[altered.length - 1]! ^= 1
    expect(openssl(verify, altered).status).not.toBe(0)
  })
})
