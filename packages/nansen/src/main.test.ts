import { execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand as run } from '../../../test/run-command.ts'
import { writeSpecimens } from '../../../test/specimens/write-specimens.ts'
import { exitCodeOf } from './exit.ts'

let folder: string
const at = (...path: string[]) => join(folder, ...path)
const trust = () => ['--trust', at('set', 'trust')]

const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nansen-test-'))
  writeSpecimens(at('set'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('nansen', () => {
  test.each([
    [['--help'], 0, 'inspect'],
    [['inspect', '--help'], 0, 'Exit code'],
    [['masterlist', '--help'], 0, 'diff'],
    [['masterlist', 'verify', '--help'], 0, 'CSCA'],
    [['masterlist', 'create', '--help'], 0, 'to be signed'],
    [['masterlist', 'diff', '--help'], 0, '--also'],
    [['demo', '--help'], 0, 'Utopia'],
    [['ceremony', '--help'], 0, 'transcript'],
    [['issue', '--help'], 0, 'birth_date'],
    [['recover', '--help'], 0, 'crash'],
    [['check', '--help'], 0, 'no signature without a record'],
    [['migrate', '--help'], 0, 'NANSEN_DATABASE'],
    [['legal-request', '--help'], 0, 'standard input'],
    [['witness', '--help'], 0, 'second history'],
    [['signer', '--help'], 0, 'SIGTERM'],
    [['--version'], 0, '0.'],
  ])('%j explains itself on standard output', async (arguments_, code, text) => {
    const answer = await run(...arguments_)
    expect(answer).toMatchObject({ code, error: '' })
    expect(answer.out).toContain(text)
  })

  test.each([
    [[]],
    [['pass']],
    [['toString']],
    [['inspect']],
    [['inspect', '--at', '2026-02-30', 'x']],
    [['inspect', '--at', 'tomorrow', 'x']],
    [['inspect', '--colour', 'x']],
    [['inspect', '--trust', 'no-such-file', 'x']],
    [['masterlist', 'sign']],
    [['masterlist', 'diff', 'one']],
    [['masterlist', 'create', '--signer', 'x']],
    [['masterlist', 'create', '--signer', 'x', '--csca', 'y', '--key', 'z', '--out', 'l', 'path']],
    [['demo', 'now']],
    [['issue']],
    [['issue', '--in', 'people.csv']],
    [['issue', '--in', 'no-such-file', '--out', 'x']],
    [['issue', '--in', 'a', '--out', 'b', 'c']],
    [['recover']],
    [['recover', '--office', 'no-such-office']],
    [['check']],
    [['check', '--office', 'no-such-office']],
    [['migrate', '--office', 'no-such-office']],
    [['legal-request']],
    [['legal-request', '--office', 'no-such-office']],
    [['witness', '--keys']],
    [['witness', '--office', 'no-such-office', '--keys']],
    [['signer']],
  ])('%j is answered with a sentence and exit code 64', async (arguments_) => {
    const { code, out, error } = await run(...arguments_)
    expect([code, out]).toEqual([64, ''])
    expect(error).not.toBe('')
  })
})

test.each([
  [[], 2],
  [['accepted'], 0],
  [['accepted', 'unproven'], 2],
  [['unproven', 'not-valid'], 1],
  [['rejected', 'accepted'], 1],
] as const)('the exit code of %j is %i', (verdicts, code) => {
  expect(exitCodeOf(verdicts)).toBe(code)
})

describe('nansen inspect', () => {
  const cases = [
    ['alien', 0],
    ['refugee', 0],
    ['stateless', 0],
    ['expired', 1],
    ['signer-revoked', 1],
    ['altered', 1],
    ['no-anchor', 2],
    ['zone-alone', 2],
  ] as const

  test.each(cases)('of the specimen %s ends with %i', async (name, code) => {
    expect((await run('inspect', ...trust(), at('set', 'papers', name))).code).toBe(code)
  })

  test('prints the answer first, what was read, and each check with its section', async () => {
    const { out } = await run('inspect', ...trust(), at('set', 'papers', 'alien'))
    expect(out).toContain('GENUINE AND CURRENT')
    expect(out).toMatch(/Name +SHCHERBAKOVA, ANNA IUREVNA/)
    expect(out).toMatch(/In full +Щербакова {2}Анна Юрьевна/)
    expect(out).toMatch(/✓ sod\.signature +\[9303-11 §5\.1\]/)
    expect(out).toContain('does not detect a copied chip')
  })

  test('says of what is not established that it is not', async () => {
    const { out } = await run('inspect', ...trust(), at('set', 'papers', 'altered'))
    expect(out).toContain('NOT GENUINE')
    expect(out).toContain('not established')
  })

  test('with --json prints one line for each input, in the order given', async () => {
    const papers = ['alien', 'altered', 'zone-alone'].map((name) => at('set', 'papers', name))
    const { code, out } = await run('inspect', '--json', ...trust(), ...papers, at('nothing-here'))
    expect(code).toBe(1)
    expect(lines(out).map(({ input, kind, verdict }) => [input, kind, verdict])).toEqual([
      [papers[0], 'emrtd', 'accepted'],
      [papers[1], 'emrtd', 'rejected'],
      [join(papers[2]!, 'mrz.txt'), 'mrz', 'unproven'],
      [at('nothing-here'), 'unknown', 'unproven'],
    ])
  })

  test('with --json names every check in order, each with result, code and section', async () => {
    const { out } = await run('inspect', '--json', ...trust(), at('set', 'papers', 'altered'))
    const [{ checks, document }] = lines(out)
    expect(checks.map(({ name }: { name: string }) => name)).toEqual([
      'format',
      'mrz.check-digits',
      'sod.signature',
      'sod.chain',
      'sod.country',
      'sod.document-type',
      'sod.signing-period',
      'lds.hashes',
      'lds.complete',
      'mrz.chip-agrees',
      'return-right',
      'revocation',
      'expiry',
      'chip',
    ])
    expect(checks.find(({ name }: { name: string }) => name === 'lds.hashes')).toMatchObject({
      result: 'failed',
      code: 'lds.hash-differs',
      cites: '9303-11 §5.1',
    })
    expect(document.zone.issuer).toBe('UTO')
  })

  test('of a folder of papers answers for each of them', async () => {
    const { code, out } = await run('inspect', '--json', ...trust(), at('set', 'papers'))
    expect(code).toBe(1)
    expect(lines(out)).toHaveLength(12)
  })

  test('of a folder of many security objects answers for each of them', async () => {
    mkdirSync(at('objects'))
    for (const name of ['alien', 'refugee'])
      cpSync(at('set', 'papers', name, 'EF_SOD.bin'), at('objects', `${name}.bin`))
    const { code, out } = await run('inspect', '--json', ...trust(), at('objects'))
    expect(code).toBe(2)
    expect(lines(out).map(({ kind }) => kind)).toEqual(['sod', 'sod'])
  })

  test('opens an archive like a folder', async () => {
    const files = [
      'EF_COM.bin',
      'EF_DG1.bin',
      'EF_DG2.bin',
      'EF_DG11.bin',
      'EF_DG12.bin',
      'EF_DG13.bin',
      'EF_SOD.bin',
    ]
    const zip = zipSync(
      Object.fromEntries(
        files.map((name) => [name, new Uint8Array(readFileSync(at('set', 'papers', 'stateless', name)))]),
      ),
    )
    writeFileSync(at('stateless.zip'), zip)
    expect((await run('inspect', ...trust(), at('stateless.zip'))).code).toBe(0)
  })

  test('takes every certificate of a PEM bundle, as trust and as input', async () => {
    const pem = ['utopia-csca.cer', 'ruritania-csca.cer']
      .map((name) => readFileSync(at('set', 'trust', name)).toString('base64'))
      .map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`)
    writeFileSync(at('bundle.pem'), pem.join('some text between\n'))
    const { code, out } = await run('inspect', '--json', '--trust', at('bundle.pem'), at('bundle.pem'))
    expect(code).toBe(0)
    expect(lines(out).map(({ input, kind }) => [input, kind])).toEqual([
      [`${at('bundle.pem')}#1`, 'certificate'],
      [`${at('bundle.pem')}#2`, 'certificate'],
    ])
  })

  test('without trust tells nothing, and says that this is no bad signature', async () => {
    const { code, out } = await run('inspect', at('set', 'papers', 'alien'))
    expect(code).toBe(2)
    expect(out).toContain('That is not the same as a bad signature')
  })

  test('judges by the day it is told', async () => {
    const later = await run(
      'inspect',
      '--json',
      ...trust(),
      '--at',
      '2031-01-01',
      at('set', 'papers', 'alien'),
    )
    expect(lines(later.out)[0].checks.find(({ name }: { name: string }) => name === 'expiry')).toMatchObject({
      result: 'failed',
      code: 'expiry.document',
    })
  })

  test('ends when a file named as trust cannot be used, and only warns of one in a folder', async () => {
    writeFileSync(at('noise.cer'), Buffer.from('no certificate'))
    const named = await run('inspect', '--trust', at('noise.cer'), at('set', 'papers', 'alien'))
    expect(named).toMatchObject({ code: 64, out: '' })
    cpSync(at('set', 'trust'), at('trust-with-noise'), { recursive: true })
    cpSync(at('noise.cer'), at('trust-with-noise', 'noise.cer'))
    const warned = await run('inspect', '--trust', at('trust-with-noise'), at('set', 'papers', 'alien'))
    expect(warned.code).toBe(0)
    expect(warned.error).toContain('noise.cer is not used as trust')
  })

  test('does not take a signer’s certificate for an anchor, even where it is named as trust', async () => {
    const [{ document }] = lines(
      (await run('inspect', '--json', ...trust(), at('set', 'papers', 'alien'))).out,
    )
    expect(document.signer.subject).toContain('Document signer')
    const list = await run(
      'inspect',
      '--json',
      '--trust',
      at('set', 'trust', 'utopia-csca.cer'),
      at('set', 'trust', 'utopia.ml'),
    )
    expect(lines(list.out)[0]).toMatchObject({ kind: 'master-list', verdict: 'accepted' })
  })

  test('turns control characters of a file name into signs that a terminal ignores', async () => {
    const { out } = await run('inspect', at('\u001b[2Jname'))
    expect(out).not.toContain('\u001b')
  })
})

describe('nansen demo', () => {
  test('does not overwrite a folder that it did not make', async () => {
    mkdirSync(at('mine'))
    writeFileSync(at('mine', 'letter.txt'), 'keep me')
    const { code, error } = await run('demo', '--out', at('mine'))
    expect(code).toBe(64)
    expect(error).toContain('not a folder of specimens')
    expect(readFileSync(at('mine', 'letter.txt'), 'utf8')).toBe('keep me')
  })
})

describe('nansen masterlist', () => {
  test('verify counts roots and links, and wants the publisher’s certificate', async () => {
    const list = at('set', 'trust', 'utopia.ml')
    const verified = await run('masterlist', 'verify', '--trust', at('set', 'trust', 'utopia-csca.cer'), list)
    expect(verified.code).toBe(0)
    expect(verified.out).toContain('1 roots, signed with their own key')
    expect((await run('masterlist', 'verify', list)).code).toBe(2)
  })

  test('verify of something else is a rejection, not a crash, in JSON too', async () => {
    for (const name of ['utopia.crl', 'utopia-csca.cer']) {
      const { code, out } = await run('masterlist', 'verify', '--json', ...trust(), at('set', 'trust', name))
      expect(code).toBe(1)
      const [{ verdict, checks }] = lines(out)
      expect([verdict, checks[0].code]).toEqual(['rejected', 'input.not-a-list'])
    }
  })

  test('diff names what was added and who has it, and ends with 1', async () => {
    const [a, b] = [at('set', 'trust', 'utopia.ml'), at('set', 'trust')]
    mkdirSync(at('two'))
    for (const name of ['utopia-csca.cer', 'ruritania-csca.cer']) cpSync(join(b, name), at('two', name))
    const { code, out } = await run('masterlist', 'diff', a, at('two'))
    expect(code).toBe(1)
    expect(out).toMatch(/^\+ QR .*in .*two$/m)
    expect(out).toContain('1 added, 0 removed, 1 the same')
    expect((await run('masterlist', 'diff', a, a)).code).toBe(0)
  })
})

/** What a state does: its own keys, elsewhere; here openssl's place is taken by node:crypto on files. */
describe('nansen masterlist create', () => {
  test('asks for a signature over bytes, puts it in, and writes only a list that is accepted', async () => {
    const { csca, signer, key } = await makeListSigner()
    writeFileSync(at('list-csca.cer'), csca)
    writeFileSync(at('list-signer.cer'), signer)
    const common = [
      '--signer',
      at('list-signer.cer'),
      '--csca',
      at('list-csca.cer'),
      '--at',
      '2026-11-23T12:00:00Z',
    ]
    const first = await run(
      'masterlist',
      'create',
      ...common,
      '--to-be-signed',
      at('tbs'),
      at('set', 'trust', 'utopia.ml'),
      at('list-csca.cer'),
    )
    expect(first).toMatchObject({ code: 0, error: '' })
    writeFileSync(at('signature'), sign('sha256', readFileSync(at('tbs')), key))
    const paths = [at('set', 'trust', 'utopia.ml'), at('list-csca.cer')]
    const second = await run(
      'masterlist',
      'create',
      ...common,
      '--signature',
      at('signature'),
      '--out',
      at('new.ml'),
      ...paths,
    )
    expect(second).toMatchObject({ code: 0, error: '' })
    const verified = await run(
      'masterlist',
      'verify',
      '--trust',
      at('list-csca.cer'),
      '--at',
      '2026-11-23',
      at('new.ml'),
    )
    expect(verified.code).toBe(0)
    expect(verified.out).toContain('2 roots')

    const wrong = readFileSync(at('signature'))
    wrong[wrong.length - 1]! ^= 1
    writeFileSync(at('signature'), wrong)
    const refused = await run(
      'masterlist',
      'create',
      ...common,
      '--signature',
      at('signature'),
      '--out',
      at('bad.ml'),
      ...paths,
    )
    expect(refused.code).toBe(64)
    expect(refused.error).toContain('signature.wrong')
    expect(() => readFileSync(at('bad.ml'))).toThrow()
  })

  test('takes no private key, not even for a state that does not exist', async () => {
    const { csca, signer, key } = await makeListSigner()
    writeFileSync(at('specimen-csca.cer'), csca)
    writeFileSync(at('specimen-signer.cer'), signer)
    writeFileSync(at('specimen.pem'), key.export({ format: 'pem', type: 'pkcs8' }))
    const certificates = ['--signer', at('specimen-signer.cer'), '--csca', at('specimen-csca.cer')]
    const create = (...way: string[]) =>
      run('masterlist', 'create', ...certificates, '--at', '2026-11-23', ...way, at('specimen-csca.cer'))
    const { code, error } = await create('--key', at('specimen.pem'), '--out', at('specimen.ml'))
    expect(code).toBe(64)
    expect(error).toContain('--key')
    expect(existsSync(at('specimen.ml'))).toBe(false)
    expect((await run('masterlist', 'create', '--help')).out).toContain('nansen ceremony list')
  })

  test('refuses a signer’s certificate among the authorities', async () => {
    const { csca, signer } = await makeListSigner()
    writeFileSync(at('c.cer'), csca)
    writeFileSync(at('s.cer'), signer)
    const { code, error } = await run(
      'masterlist',
      'create',
      '--signer',
      at('s.cer'),
      '--csca',
      at('c.cer'),
      '--at',
      '2026-11-23',
      '--to-be-signed',
      at('x'),
      at('s.cer'),
    )
    expect(code).toBe(64)
    expect(error).toContain('not one of an authority')
  })
})

async function makeListSigner() {
  const { draftCsca, draftMasterListSigner, parseCertificate, parsePublicKey, sealCertificate } =
    await import('@nansen/formats/pki')
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicKey = (key: ReturnType<typeof pair>) =>
    parsePublicKey(new Uint8Array(key.publicKey.export({ format: 'der', type: 'spki' })))
  const content = (commonName: string, key: ReturnType<typeof pair>, serial: number) => ({
    subject: { country: 'UT', commonName },
    serial: Uint8Array.of(serial),
    publicKey: publicKey(key),
    keyIdentifier: new Uint8Array(createHash('sha1').update(String(serial)).digest()),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2036-01-01T00:00:00Z'),
    signingPeriod: {
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2029-01-01T00:00:00Z'),
    },
    alternativeName: { state: 'UTO' },
    crlUris: ['https://pki.example/crl'],
    signatureAlgorithm: { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' } as const,
  })
  const seal = (draft: { toBeSigned: Uint8Array }, by: ReturnType<typeof pair>) =>
    sealCertificate(draft, new Uint8Array(sign('sha256', draft.toBeSigned, by.privateKey)))
  const authority = pair()
  const csca = seal(draftCsca(content('CSCA', authority, 1)), authority)
  const own = pair()
  const signer = seal(
    draftMasterListSigner({ ...content('List signer', own, 2), issuer: parseCertificate(csca) }),
    authority,
  )
  return { csca, signer, key: own.privateKey }
}

test('the command as it is installed reads standard input and tells the shell', () => {
  const bin = new URL('../bin/nansen.js', import.meta.url).pathname
  const zone = readFileSync(at('set', 'papers', 'zone-alone', 'mrz.txt'))
  let status = 0
  let out = ''
  try {
    out = execFileSync(process.execPath, [bin, 'inspect', '--json', '-'], { input: zone, encoding: 'utf8' })
  } catch (error) {
    status = (error as { status: number }).status
    out = (error as { stdout: string }).stdout
  }
  expect(status).toBe(2)
  expect(JSON.parse(out)).toMatchObject({ input: '-', kind: 'mrz', verdict: 'unproven' })
})
