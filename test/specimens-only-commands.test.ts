import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { papersOf } from './issued-folder.ts'
import { generatePeople, PEOPLE_HEADER, peopleCsv } from './people.ts'
import { runCommand as run } from './run-command.ts'

let folder: string
const at = (...path: string[]) => join(folder, ...path)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nansen-specimens-only-'))
  writeFileSync(at('people.csv'), peopleCsv(generatePeople(2)))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const REAL_STATES = ['CHE', 'D', 'CH', 'uto', 'UT', 'UTO ', '__proto__']

describe('no command takes a state that exists', () => {
  const commands = [
    ['issue', '--in', 'people.csv', '--out', 'out'],
    [
      'issue',
      '--in',
      'people.csv',
      '--out',
      'out',
      '--office',
      'elsewhere',
      '--postgresql',
      '--named-curves',
    ],
    ['ceremony', 'run', '--office', 'out', '--yes'],
    [
      'ceremony',
      'run',
      '--office',
      'out',
      '--yes',
      '--postgresql',
      '--pkcs11',
      'module.so',
      '--token',
      'real',
    ],
    ['ceremony', 'script'],
  ]
  test.each(commands.map((command) => [command]))('%j', async (command) => {
    const before = readdirSync(folder)
    for (const state of REAL_STATES) {
      const paths = command.map((word) =>
        ['people.csv', 'out', 'elsewhere'].includes(word) ? at(word) : word,
      )
      const { code, out, error } = await run(...paths, '--state', state)
      expect([code, out]).toEqual([64, ''])
      expect(error).toContain('arrangement')
      expect(existsSync(at('out', 'office'))).toBe(false)
      expect(existsSync(at('out', 'OFFICE.json'))).toBe(false)
    }
    expect(readdirSync(folder).filter((name) => !before.includes(name) && name !== 'out')).toEqual([])
  })

  test.each([
    '--real',
    '--kind=real',
    '--officers=2',
    '--issuer=CHE',
    '--no-specimen',
    '--force',
    '--country=CH',
  ])('there is no option %s', async (option) => {
    for (const command of ['issue', 'demo', 'recover', 'check', 'migrate', 'witness', 'signer'])
      expect((await run(command, option)).code).toBe(64)
  })
})

describe('an office in a folder', () => {
  const issue = (...more: string[]) =>
    run('issue', '--in', at('people.csv'), '--out', at('papers'), '--no-pages', ...more)
  const settings = () => at('papers', 'office', 'OFFICE.json')

  test('of Utopia issues, and an environment of another state changes nothing', {
    timeout: 120_000,
  }, async () => {
    process.env.NANSEN_STATE = 'CHE'
    try {
      expect(await issue()).toMatchObject({ code: 0, error: '' })
    } finally {
      delete process.env.NANSEN_STATE
    }
    const papers = [...papersOf(at('papers')).values()]
    expect(papers).toHaveLength(2)
    for (const paper of papers)
      expect(readFileSync(at('papers', paper, 'mrz.txt'), 'utf8')).toMatch(/^P[RST]UTO/)
  })

  test('whose settings somebody wrote over is opened by no command', async () => {
    const text = readFileSync(settings(), 'utf8')
    const journal = readFileSync(at('papers', 'office', 'keys', 'journal'))
    const office = ['--office', at('papers', 'office')]
    for (const changed of [
      text.replace('"UTO"', '"CHE"'),
      // Of two, a reader of JSON takes the last.
      text.replace('"state"', '"state": "UTO", "state": "CHE", "was"'),
      text.replace('"UTO"', '["UTO", "CHE"]'),
      text.replace('"UTO"', '{"code3": "CHE"}'),
      text.replace(/"state".*\n/, ''),
      'null',
      '',
    ]) {
      expect(changed).not.toBe(text)
      writeFileSync(settings(), changed)
      for (const { code, error } of [
        await issue(),
        await issue('--state', 'UTO'),
        await run('recover', ...office),
        await run('check', ...office),
        await run('migrate', ...office),
        await run('witness', ...office, '--keys'),
        await run('ceremony', 'run', ...office, '--yes'),
        await run('ceremony', 'signer', ...office, '--yes'),
        await run('ceremony', 'crl', ...office, '--yes'),
        await run('ceremony', 'list', ...office, '--yes'),
        await run('ceremony', 'link', ...office, '--yes'),
      ]) {
        expect(code).toBe(64)
        expect(error).toContain('OFFICE.json')
      }
    }
    writeFileSync(settings(), text)
    expect(readFileSync(at('papers', 'office', 'keys', 'journal')).equals(journal)).toBe(true)
  })

  test('takes no state from its list of people', { timeout: 120_000 }, async () => {
    const [header, ...rows] = peopleCsv(generatePeople(2, 7)).trimEnd().split('\n')
    expect(header).toBe(PEOPLE_HEADER)
    for (const column of ['state', 'kind']) {
      const list = [
        `${header},${column}`,
        ...rows.map((row) => `${row},${column === 'kind' ? 'real' : 'CHE'}`),
      ]
      writeFileSync(at('list.csv'), list.join('\n'))
      const { code, error } = await run('issue', '--in', at('list.csv'), '--out', at('papers'), '--no-pages')
      expect(code).toBe(1)
      expect(error).toContain('unknown: 1')
    }
    expect(readdirSync(at('papers')).filter((name) => /^[0-9a-f]{32}$/.test(name))).toHaveLength(2)
  })
})
