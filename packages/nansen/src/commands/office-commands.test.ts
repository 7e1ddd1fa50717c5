import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { papersOf } from '../../../../test/issued-folder.ts'
import { issueApproved as issue, requestFor } from '../../../../test/issuing-office.ts'
import { generatePeople, peopleCsv } from '../../../../test/people.ts'
import { runCommand as run } from '../../../../test/run-command.ts'
import { openOffice, readSettings } from '../office/index.ts'
import { legalRequestCommand } from './legal-request.ts'

/*
 * issue, check, recover, migrate and witness, one after another in the folder of one office as somebody would type
 * them; each test goes on from where the last one left it.
 */

let folder: string
const at = (...path: string[]) => join(folder, ...path)
const office = () => ['--office', at('papers', 'office')]
const list = (count: number, seed?: number) =>
  writeFileSync(at('people.csv'), peopleCsv(generatePeople(count, seed)))
const papers = (out = 'papers') =>
  readdirSync(at(out))
    .filter((name) => /^[0-9a-f]{32}$/.test(name))
    .sort()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nansen-office-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const issueTo = (out: string, ...more: string[]) =>
  run('issue', '--in', at('people.csv'), '--out', at(out), '--no-pages', ...more)

describe('nansen issue', { timeout: 120_000 }, () => {
  test('makes the office, its trust and a folder for each, and says how many and that they are specimens', async () => {
    list(3)
    const { code, out, error } = await issueTo('papers')
    expect([code, error]).toEqual([0, ''])
    expect(out).toBe(`3 papers in ${at('papers')}\nThey are specimens of a state that does not exist.\n`)
    expect(papers()).toHaveLength(3)
    expect(readdirSync(at('papers', 'trust')).sort()).toEqual([
      'crl.crl',
      'csca.cer',
      'dsc.cer',
      'masterlist.ml',
    ])
    expect((await run('inspect', '--trust', at('papers', 'trust'), at('papers', papers()[0]!))).code).toBe(0)
  })

  test('does not take the office of one state for that of another', async () => {
    const { code, error } = await issueTo('papers', '--state', 'QRR')
    expect(code).toBe(64)
    expect(error).toContain('is the office of UTO')
  })

  test('with an id that has a paper from other data, says so by line and makes no second one', async () => {
    const before = [...papersOf(at('papers'))]
    list(4, 7)
    const { code, error } = await issueTo('papers')
    expect(code).toBe(1)
    expect(error.match(/line [234]: The id has a paper already/g)).toHaveLength(3)
    expect(papers()).toHaveLength(4)
    expect([...papersOf(at('papers'))].slice(0, 3)).toEqual(before)
  })

  test('of another list keeps in papers.csv what was issued before', async () => {
    const before = [...papersOf(at('papers'))]
    writeFileSync(at('people.csv'), peopleCsv([{ ...generatePeople(1, 8)[0]!, id: 'of another list' }]))
    expect((await issueTo('papers')).code).toBe(0)
    const after = [...papersOf(at('papers'))]
    expect(after).toHaveLength(5)
    expect(after.slice(1)).toEqual(before)
    expect(after.map(([, name]) => name).sort()).toEqual(papers())
  })

  test('of a paper that was handed over and whose folder is gone, says that none is made again', async () => {
    list(3)
    const name = papersOf(at('papers')).get('person-2')!
    renameSync(at('papers', name), at('put away'))
    const { code, error } = await issueTo('papers')
    expect(code).toBe(1)
    expect(error).toMatch(/line 3: .*its folder is not here/)
    expect(papers()).not.toContain(name)
    renameSync(at('put away'), at('papers', name))
    expect((await issueTo('papers')).code).toBe(0)
  })

  test('with the wrong passphrase says that it is wrong, and not what it was', async () => {
    process.env.NANSEN_PASSPHRASE = 'the ice is thin in May'
    try {
      const { code, error } = await issueTo('papers')
      expect(code).toBe(70)
      expect(error).toBe('nansen issue: The passphrase or the PIN is wrong. [passphrase.wrong]\n')
    } finally {
      delete process.env.NANSEN_PASSPHRASE
    }
  })

  test('of a list that is none, says what its first line must be', async () => {
    for (const [text, sentence] of [
      ['', 'It is empty'],
      ['name,born\nA,B\n', 'missing: id'],
      [Buffer.from([0xff, 0xfe, 0x41]), 'not UTF-8'],
    ] as const) {
      writeFileSync(at('none.csv'), text)
      const { code, error } = await run('issue', '--in', at('none.csv'), '--out', at('papers'), '--no-pages')
      expect(code).toBe(1)
      expect(error).toContain(sentence)
    }
  })
})

describe('nansen legal-request', { timeout: 60_000 }, () => {
  const request = async (text: string) => {
    let out = ''
    const output = {
      out: (more: string) => {
        out += more
      },
      error: () => {},
      colour: false,
    }
    const code = await legalRequestCommand(office(), output, Readable.from([text]))
    return { code, out }
  }

  test('prints every field about a number, what it is for, and neither the number nor a name', async () => {
    const zone = readFileSync(at('papers', papers()[0]!, 'mrz.txt'), 'utf8')
    const [first, second] = zone.split('\n') as [string, string]
    const number = second.slice(0, 9)
    const { code, out } = await request(`${number}\n`)
    expect(code).toBe(0)
    for (const text of [
      'paper.stage',
      'delivered',
      'paper.content',
      'octets',
      'log_entry.position',
      'journal, line',
      'sealed',
    ])
      expect(out).toContain(text)
    const name = first.slice(5).split('<')[0]!
    expect([out.includes(number), out.toUpperCase().includes(name)]).toEqual([false, false])
    expect(out).toContain('opened by no program of this office')
  })

  test('says so where nothing is stored', async () => {
    expect(await request('ACDEFGHJK')).toEqual({ code: 0, out: 'Nothing is stored under this number.\n' })
  })

  test.each(['', ' \n', 'ACDEFGHJK\nACDEFGHJL\n', 'A'.repeat(1000)])('%j is no number', async (text) => {
    await expect(request(text)).rejects.toThrow('give one number')
  })
})

describe('nansen check, recover and migrate', { timeout: 120_000 }, () => {
  test('where all is well, say that everything fits and that there is nothing to do', async () => {
    expect(await run('check', ...office())).toEqual({ code: 0, out: 'everything fits\n', error: '' })
    expect(await run('check', '--json', ...office())).toEqual({ code: 0, out: '', error: '' })
    expect(await run('recover', ...office())).toEqual({
      code: 0,
      out: 'released, not handed over yet: 0\n',
      error: '',
    })
    expect(await run('migrate', ...office())).toEqual({ code: 0, out: 'nothing to do\n', error: '' })
  })

  test('a paper that a crash left behind is found, finished, and handed over by the same list', async () => {
    const folder = at('papers', 'office')
    const opened = await openOffice(folder, await readSettings(folder), { environment: {} })
    const crash = new Error('a power cut')
    const step = (name: string) => {
      if (name === 'issue.recorded') throw crash
    }
    try {
      await expect(
        issue({ ...opened.office, step, folder }, [requestFor({ reference: 'left' })]),
      ).rejects.toBe(crash)
    } finally {
      await opened.close()
    }
    const found = await run('check', ...office())
    expect(found.code).toBe(1)
    expect(found.out).toMatch(/^2 [a-z.-]+ {2}[0-9a-f]{32}\n$/)
    const [problem] = (await run('check', '--json', ...office())).out.trimEnd().split('\n')
    expect(JSON.parse(problem!)).toMatchObject({
      invariant: 2,
      where: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    expect(await run('recover', ...office())).toEqual({
      code: 0,
      out: 'released, not handed over yet: 1\n',
      error: '',
    })
    expect((await run('check', ...office())).code).toBe(0)
  })

  test('a bit that somebody turned in the public log is found, and nothing is repaired', async () => {
    const tile = at('papers', 'office', 'log', 'tile', '0')
    const [name] = readdirSync(tile, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\d$/.test(name))
      .reverse()
    const bytes = readFileSync(join(tile, name!))
    const turned = Buffer.from(bytes)
    turned[0]! ^= 1
    writeFileSync(join(tile, name!), turned)
    const { code, out } = await run('check', ...office())
    expect(code).toBe(1)
    expect(out).toMatch(/^6 /)
    expect(readFileSync(join(tile, name!)).equals(turned)).toBe(true)
    writeFileSync(join(tile, name!), bytes)
    expect((await run('check', ...office())).code).toBe(0)
  })
})

describe('nansen witness', { timeout: 120_000 }, () => {
  let logKey: string
  let witnessKey: string
  const other = () => ['--office', at('ruritania')]
  const log = (out: string) => at(out, 'office', 'log')

  test('--keys prints the key of the log and that of the witness', async () => {
    expect((await run('ceremony', 'run', ...other(), '--state', 'QRR', '--yes')).code).toBe(0)
    const [utopia, ruritania] = [
      await run('witness', ...office(), '--keys'),
      await run('witness', ...other(), '--keys'),
    ]
    expect([utopia.code, ruritania.code]).toEqual([0, 0])
    expect(utopia.out).toMatch(
      /^utopia\.example\/log\+[0-9a-f]{8}\+\S+\nutopia\.example\/witness\+[0-9a-f]{8}\+\S+\n$/,
    )
    logKey = utopia.out.split('\n')[0]!
    witnessKey = ruritania.out.split('\n')[1]!
  })

  test('cosigns the log of another authority, which puts the line under its checkpoint', async () => {
    cpSync(at('papers'), at('copy'), { recursive: true })
    const { code, out } = await run('witness', ...other(), '--log-key', logKey, log('papers'))
    expect(code).toBe(0)
    expect(out).toMatch(/^— ruritania\.example\/witness \S+\n$/)
    const added = await run('witness', ...office(), '--add', out.trimEnd(), '--witness-key', witnessKey)
    expect(added).toEqual({ code: 0, out: 'added\n', error: '' })
    expect(readFileSync(join(log('papers'), 'checkpoint'), 'utf8')).toContain(out)
    expect((await run('check', ...office())).code).toBe(0)
  })

  test('refuses a second history of the same log, whose key signed both', async () => {
    for (const [out, seed] of [
      ['papers', 11],
      ['copy', 12],
    ] as const) {
      const people = generatePeople(1, seed).map((person) => ({ ...person, id: `later-${seed}` }))
      writeFileSync(at('people.csv'), peopleCsv(people))
      expect((await issueTo(out)).code).toBe(0)
    }
    expect((await run('witness', ...other(), '--log-key', logKey, log('papers'))).code).toBe(0)
    const refused = await run('witness', ...other(), '--log-key', logKey, log('copy'))
    expect(refused).toEqual({ code: 1, out: '', error: 'nansen witness: refused [not-consistent]\n' })
  })

  test('refuses a log whose key it was not given, and takes nothing for a key that is none', async () => {
    const foreign = await run('witness', ...other(), '--log-key', witnessKey, log('papers'))
    expect(foreign).toMatchObject({ code: 1, out: '' })
    expect(foreign.error).toMatch(/refused \[[a-z-]+\]/)
    for (const wrong of [
      ['--log-key', 'utopia', log('papers')],
      ['--log-key', logKey],
      [log('papers')],
      ['--add', 'a line'],
    ]) {
      const { code, error } = await run('witness', ...other(), ...wrong)
      expect(code).toBe(64)
      expect(error).not.toBe('')
    }
  })

  test('does not add a line that its witness did not make', async () => {
    const { code, error } = await run(
      'witness',
      ...office(),
      '--add',
      '— x AAAA',
      '--witness-key',
      witnessKey,
    )
    expect(code).toBe(70)
    expect(error).toContain('not signed by the key that it names')
  })
})
