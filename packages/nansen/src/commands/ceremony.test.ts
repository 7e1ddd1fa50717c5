import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CEREMONIES, type CeremonyKind, currentTrust, heldTrust } from '@nansen/authority'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PowerCut, type TestOffice, testOffice } from '../../../../test/ceremony-office.ts'
import type { Output } from '../output.ts'
import { ceremonyCommand } from './ceremony.ts'
import type { Ask } from './ceremony-room.ts'
import { type CeremonyParts, ceremonyRun } from './ceremony-run.ts'

let folder: string
const at = (...path: string[]) => join(folder, ...path)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nansen-ceremony-command-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What a command writes, and its exit code; 64 and the message for a wrong call. */
async function told(work: (output: Output) => Promise<number>) {
  let [out, error] = ['', '']
  const output: Output = {
    out: (text) => {
      out += text
    },
    error: (text) => {
      error += text
    },
    colour: false,
  }
  const code = await work(output).catch((thrown: Error) => {
    if (thrown.name !== 'UsageError') throw thrown
    error += thrown.message
    return 64
  })
  return { code, out, error }
}

const command = (...arguments_: string[]) => told((output) => ceremonyCommand(arguments_, output))

describe('nansen ceremony', () => {
  test.each([
    [['--help'], 'shares'],
    [['script', '--help'], '--for'],
    [['run', '--help'], '--named-curves'],
    [['link', '--help'], 'ninety'],
    [['signer', '--help'], '--most'],
    [['crl', '--help'], '--revoke'],
    [['list', '--help'], 'master list'],
    [['shares', '--help'], '--threshold'],
    [['join', '--help'], 'SHEET'],
  ])('%j explains itself', async (arguments_, text) => {
    const answer = await command(...arguments_)
    expect(answer).toMatchObject({ code: 0, error: '' })
    expect(answer.out).toContain(text)
  })

  test.each([
    [[]],
    [['hold']],
    [['script', '--for', 'fun']],
    [['run', '--algorithm', 'Ed25519', '--yes']],
    [['run', '--papers-live', '0', '--yes']],
    [['run', '--revoke', '00', '--yes']],
    [['run', '--pkcs11', 'module.so', '--yes']],
    [['run', 'now', '--yes']],
    [['signer', '--state', 'UTO']],
    [['crl', '--office', 'no-such-office', '--yes']],
    [['shares']],
    [['join', '--out', 'x']],
  ])('%j is answered with a sentence and exit code 64', async (arguments_) => {
    const { code, error } = await command(...arguments_)
    expect(code).toBe(64)
    expect(error).not.toBe('')
  })

  test.each(['ISL', 'D', 'uto', 'UTOPIA', 'UT', ''])(
    'for the state "%s" is refused with the reason, and no office is made',
    async (state) => {
      const { code, error } = await command('run', '--office', at('office'), '--state', state, '--yes')
      expect(code).toBe(64)
      expect(error).toContain('arrangement')
      expect(existsSync(at('office'))).toBe(false)
    },
  )
})

describe('nansen ceremony script', () => {
  test.each([
    ['run', 'first'],
    ['link', 'link'],
    ['signer', 'signer'],
    ['crl', 'crl'],
    ['list', 'list'],
  ] as const)('for %s tells every step that the program carries out, with its checks', async (name, kind) => {
    const { out, code } = await command('script', '--for', name, '--state', 'QRR')
    expect(code).toBe(0)
    const flat = out.replace(/\s+/g, ' ')
    const places = CEREMONIES[kind].steps.map((step, i) => {
      for (const line of [step.does, ...step.check]) expect(flat).toContain(line)
      return out.indexOf(`STEP ${i + 1}  ${step.name}\n`)
    })
    expect(places.every((place, i) => place > (places[i - 1] ?? 0))).toBe(true)
    expect(out).toContain('Ruritania (QRR): a state that does not exist')
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})

describe('in an office', () => {
  let office: TestOffice
  let answers: (question: string) => string = () => 'yes'
  const asked: string[] = []
  const ask: Ask = async (question) => {
    asked.push(question)
    return answers(question)
  }
  const parts = (more: Partial<CeremonyParts> = {}): CeremonyParts => ({
    open: async () => ({ office, close: async () => {} }),
    ask,
    ...more,
  })
  const run = (kind: CeremonyKind, ...arguments_: string[]) =>
    told((output) => ceremonyRun(kind, ['--office', at('office'), ...arguments_], output, parts()))
  const transcripts = () =>
    readdirSync(at('office', 'ceremonies')).filter((name) => name.endsWith('Z-run.txt'))

  beforeEach(async () => {
    office = await testOffice()
    answers = () => 'yes'
    asked.length = 0
  }, 60_000)
  afterEach(() => office.close())

  test('run asks before and after each step, and leaves the transcript and what others are given', async () => {
    const { code, out } = await run('first')
    expect(code).toBe(0)
    expect(asked.length).toBe(2 * CEREMONIES.first.steps.length)
    expect(readdirSync(at('office', 'ceremonies'))).toEqual(['20261124T100000Z-run.txt'])
    const text = readFileSync(at('office', 'ceremonies', '20261124T100000Z-run.txt'), 'utf8')
    const [above, below] = text.split('SHA-256 of everything above this line\n')
    expect(below!.replace(/\s/g, '')).toBe(createHash('sha256').update(above!).digest('hex'))
    expect(text).toMatch(/program +nansen \d+\.\d+\.\d+/)
    expect(readdirSync(at('office', 'trust')).sort()).toEqual([
      'crl.crl',
      'csca.cer',
      'dsc.cer',
      'masterlist.ml',
    ])
    const digest = createHash('sha256')
      .update(readFileSync(at('office', 'trust', 'csca.cer')))
      .digest('hex')
    const groups = digest.slice(0, 32).replace(/.{4}(?=.)/g, '$& ')
    expect(text).toContain(groups)
    expect(out).toContain(groups)
  })

  test('run with --yes asks nobody', async () => {
    expect((await run('first', '--yes')).code).toBe(0)
    expect(asked).toEqual([])
  })

  test('without a terminal it wants --yes, and makes nothing', async () => {
    const answer = await told((output) =>
      ceremonyRun('first', ['--office', at('office')], output, parts({ ask: undefined })),
    )
    expect(answer.code).toBe(64)
    expect((await office.signing.keys()).size).toBe(0)
  })

  test.each(['no', '', 'y', 'Yes!'])(
    'the answer "%s" stops it, and the same command goes on from there',
    async (answer) => {
      let left = 5
      answers = () => (left-- > 0 ? 'yes' : answer)
      const stopped = await run('first')
      expect(stopped.code).toBe(1)
      expect(stopped.error).toContain('goes on from here')
      const made = [...(await office.signing.keys()).keys()]
      expect(made).toEqual(['csca-1', 'document-signer-1'])
      answers = () => ' YES '
      office.at('2026-11-24T12:00:00Z')
      expect((await run('first')).code).toBe(0)
      expect((await office.signing.keys()).size).toBe(5)
      expect(transcripts()).toEqual(['20261124T120000Z-run.txt'])
    },
  )

  test('another ceremony waits until the one that was broken off is finished', async () => {
    await run('first', '--yes')
    office.cutAt('document-signer.stored')
    await expect(run('signer', '--yes')).rejects.toThrow(PowerCut)
    const other = await run('crl', '--yes')
    expect(other).toMatchObject({ code: 64 })
    expect(other.error).toContain('nansen ceremony signer')
    expect((await run('signer', '--yes')).code).toBe(0)
    expect((await heldTrust(office)).documentSigners.length).toBe(2)
    expect((await run('crl', '--yes')).code).toBe(0)
  })

  test('link writes the notice for other states beside the transcript', async () => {
    await run('first', '--yes')
    office.at('2026-11-25T10:00:00Z')
    const { code, out } = await run('link', '--yes', '--algorithm', 'P-384')
    expect(code).toBe(0)
    expect(out).toContain('new-key-notice.txt')
    expect(
      readFileSync(at('office', 'ceremonies', '20261125T100000Z-link-new-key-notice.txt'), 'utf8'),
    ).toContain('NOTICE OF A NEW KEY')
    expect(readdirSync(at('office', 'trust'))).toContain('csca-link.cer')
  })

  test('crl revokes a signer by the serial number as the transcript has it, in capitals or with colons', async () => {
    await run('first', '--yes')
    const { documentSigner } = await currentTrust(office)
    const serial = documentSigner.certificate.serialHex.toUpperCase().replace(/.{2}(?=.)/g, '$&:')
    const { code, out } = await run('crl', '--yes', '--revoke', serial)
    expect(code).toBe(0)
    expect(out).toMatch(/revoked +1\n/)
    await expect(currentTrust(office)).rejects.toThrow('period.document-signer')
    const refused = await run('crl', '--yes', '--revoke', 'ff')
    expect(refused.code).toBe(1)
    expect(refused.error).toContain('No signer of this authority')
  })

  test('a plan that was altered is refused', async () => {
    await run('first', '--yes')
    office.cutAt('crl.recorded')
    await expect(run('crl', '--yes')).rejects.toThrow(PowerCut)
    const path = at('office', 'ceremonies', 'open.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 1', '"version": 2'))
    expect((await run('crl', '--yes')).code).toBe(64)
  })

  test('shares and join give the passphrase back, and no sheet alone holds it', async () => {
    await run('first', '--yes')
    process.env.NANSEN_PASSPHRASE = 'the ice is thick in May'
    try {
      const made = await command(
        'shares',
        '--office',
        at('office'),
        '--shares',
        '3',
        '--threshold',
        '2',
        '--out',
        at('sheet-'),
      )
      expect(made).toMatchObject({ code: 0, out: '' })
      for (const i of [1, 2, 3]) {
        expect(readFileSync(at(`sheet-${i}.txt`), 'utf8')).not.toContain('ice')
        expect(statSync(at(`sheet-${i}.txt`)).mode & 0o077).toBe(0)
      }
      const joined = await command('join', '--out', at('back'), at('sheet-3.txt'), at('sheet-1.txt'))
      expect(joined.code).toBe(0)
      expect(joined.out).not.toContain('ice')
      expect(readFileSync(at('back'), 'utf8')).toBe('the ice is thick in May\n')
      const few = await command('join', '--out', at('none'), at('sheet-3.txt'))
      expect(few).toMatchObject({ code: 1 })
      expect(existsSync(at('none'))).toBe(false)
      writeFileSync(
        at('sheet-1.txt'),
        readFileSync(at('sheet-1.txt'), 'utf8').replace(
          /^(02 {2}..)(.)/m,
          (_, a, b) => a + (b === '0' ? '1' : '0'),
        ),
      )
      const wrong = await command('join', '--out', at('none'), at('sheet-2.txt'), at('sheet-1.txt'))
      expect(wrong.error).toContain('sheet 2, line 2, This line was not copied')
      const printed = await command('--shares', '3', '--threshold', '2', '--office', at('office'))
      expect(printed.out.split('\f').length).toBe(3)
      expect(
        (await command('shares', '--office', at('office'), '--shares', '3', '--threshold', '4')).code,
      ).toBe(64)
    } finally {
      delete process.env.NANSEN_PASSPHRASE
    }
  })
})
