import { createHash, X509Certificate } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CURRENT_PROFILE, orderDigest } from '@nansen/authority'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import { parse as judgeZone } from 'mrz'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPeople } from '../../packages/nansen/src/people/index.ts'
import { openStore } from '../../packages/store/src/index.ts'
import { Canaries } from '../canary.ts'
import {
  contentsOf,
  type IssuedFolder,
  type IssuedPaper,
  issueTo,
  nansen,
  papersOf,
} from '../issued-folder.ts'
import { forEach, missingTools, run } from '../outside-tools.ts'
import { random } from '../signing-office.ts'
import { bouncyCastle, withBouncyCastle } from './bouncycastle.ts'

const PEOPLE = 1_000
const SEED = 1922
const NAMED = 50
const LOOKED_INTO = 100
const MINUTES = 60_000

const without = (...tools: readonly string[]) => {
  const missing = missingTools(...tools)
  return missing.length === 0 ? '' : ` (skipped: no ${missing.join(', ')} on this machine)`
}
const withOpenssl = without('openssl')
const withPdfTools = havePages()
  ? without('qpdf', 'pdftotext', 'pdffonts')
  : ' (skipped: no typst to draw pages)'

/** The compiler that draws pages is optional, and belongs to the command. */
function havePages(): boolean {
  try {
    createRequire(nansen).resolve('@myriaddreamin/typst-ts-node-compiler')
    return true
  } catch {
    return false
  }
}

let root: string
let issued: IssuedFolder
let named: IssuedFolder
const judge = bouncyCastle()

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'nansen-issued-'))
  issued = await issueTo(join(root, 'thousand'), PEOPLE, SEED)
  named = await issueTo(
    join(root, 'named'),
    NAMED,
    SEED + 1,
    '--named-curves',
    '--state',
    'QRR',
    '--no-pages',
  )
}, 15 * MINUTES)
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Fails with the folders for which something was not as it should be; a folder's name says nothing of anybody. */
async function forEachPaper(
  papers: readonly IssuedPaper[],
  problem: (paper: IssuedPaper) => Promise<string | undefined>,
): Promise<void> {
  const problems = await forEach(papers, async (paper) => {
    const found = await problem(paper)
    return found === undefined ? [] : [`${paper.folder}: ${found}`]
  })
  expect(problems.flat().slice(0, 10)).toEqual([])
}

const trustOf = ({ folder }: IssuedFolder, name: string) => readFileSync(join(folder, 'trust', name))
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

describe(`${PEOPLE} people in six scripts, from seed ${SEED}`, () => {
  test('nansen issue ends with 0, and each has the paper that papers.csv names', () => {
    expect(issued).toMatchObject({ code: 0 })
    expect(issued.papers).toHaveLength(PEOPLE)
    const folders = issued.papers.map(({ folder }) => folder)
    expect(new Set(folders).size).toBe(PEOPLE)
    const onDisk = readdirSync(issued.folder).filter((name) => /^[0-9a-f]{32}$/.test(name))
    expect(onDisk.map((name) => join(issued.folder, name)).sort()).toEqual([...folders].sort())
  })

  test('its progress is told in numbers that are right', () => {
    const told = [...issued.said.matchAll(/^(\d+) papers, (\d+) % of the list$/gm)]
    expect(told.length).toBeGreaterThan(0)
    for (const [, papers, share] of told)
      expect(Math.abs(Number(share) - (100 * Number(papers)) / PEOPLE)).toBeLessThanOrEqual(1)
  })

  test('each zone is of the person in the row', async () => {
    await forEachPaper(issued.papers, async ({ person, zone }) => {
      const [first, second] = zone
      const [year, month, day] = person.birthDate.replaceAll('X', '<').split('-')
      const expected = [
        `${person.documentCode}UTO`,
        `${person.nationality.padEnd(3, '<')}${year!.slice(2)}${month}${day}`,
        person.sex === 'X' ? '<' : person.sex,
      ]
      const found = [first!.slice(0, 5), second!.slice(10, 19), second![20]]
      return expected.join() === found.join() ? undefined : 'another person'
    })
  })

  test('nansen inspect accepts each with the trust beside them', { timeout: 5 * MINUTES }, async () => {
    const folders = issued.papers.map(({ folder }) => folder)
    const trust = join(issued.folder, 'trust')
    const { code, out } = await run(process.execPath, [
      nansen,
      'inspect',
      '--json',
      '--trust',
      trust,
      ...folders,
    ])
    const verdicts = out
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).verdict)
    expect({ code, accepted: verdicts.filter((verdict) => verdict === 'accepted').length }).toEqual({
      code: 0,
      accepted: PEOPLE,
    })
  })

  test.skipIf(withOpenssl)(
    `OpenSSL accepts each security object, and Node its signer under the authority${withOpenssl}`,
    { timeout: 15 * MINUTES },
    async () => {
      const authority = new X509Certificate(trustOf(issued, 'csca.cer'))
      const published = new X509Certificate(trustOf(issued, 'dsc.cer'))
      expect(authority.verify(authority.publicKey)).toBe(true)
      await forEachPaper(issued.papers, async ({ folder, read, signedData }) => {
        const signer = `${folder}.signer`
        const options = ['-verify', '-noverify', '-binary', '-inform', 'DER', '-signer', signer]
        const { code, out } = await run('openssl', ['cms', ...options], signedData)
        if (code !== 0) return 'OpenSSL refuses it'
        const certificate = new X509Certificate(readFileSync(signer))
        rmSync(signer)
        if (!certificate.verify(authority.publicKey)) return 'not under the authority'
        if (!certificate.raw.equals(published.raw)) return 'not the signer that is published'
        const groups = readdirSync(folder).filter((name) => name.startsWith('EF_DG'))
        const covered = groups.filter((name) => out.includes(digestOf(read(name))))
        return covered.length === groups.length && groups.length >= 6 ? undefined : 'covers other groups'
      })
    },
  )

  test.skipIf(withOpenssl)('OpenSSL refuses one of which an octet was changed', async () => {
    const [paper] = issued.papers
    // Within the digests.
    const changed = Buffer.from(paper!.signedData)
    changed[changed.indexOf(digestOf(paper!.read('EF_DG1.bin')))]! ^= 1
    const { code } = await run('openssl', ['cms', '-verify', '-noverify', '-inform', 'DER'], changed)
    expect(code).not.toBe(0)
  })

  test.skipIf(withBouncyCastle)(
    `BouncyCastle accepts each security object with its chain, and the lists${withBouncyCastle}`,
    { timeout: 10 * MINUTES },
    () => {
      const csca = trustOf(issued, 'csca.cer')
      const said = judge(issued.papers.map(({ read }) => ['sod', read('EF_SOD.bin'), csca] as const))
      expect(said).toHaveLength(PEOPLE)
      expect([...new Set(said)]).toEqual(['signature=true chain=true type=2.23.136.1.1.1 groups=6 der=true'])
      const lists = judge([
        ['certificate', trustOf(issued, 'dsc.cer'), csca],
        ['crl', trustOf(issued, 'crl.crl'), csca],
        ['master-list', trustOf(issued, 'masterlist.ml'), csca],
      ])
      expect(lists).toEqual([
        'signature=true der=true',
        'signature=true der=true entries=0',
        expect.stringMatching(/^signature=true chain=true .*certificates=1 der=true$/),
      ])
    },
  )

  test('npm mrz accepts every zone', async () => {
    await forEachPaper(issued.papers, async ({ zone }) => {
      const { details, documentNumber } = judgeZone([forZoneJudge(zone[0]!), zone[1]!])
      const refused = details.filter(({ valid }) => !valid).map(({ field }) => field)
      if (refused.length > 0) return refused.join()
      return documentNumber === zone[1]!.slice(0, 9) ? undefined : 'another number'
    })
  })

  test.skipIf(withPdfTools)(
    `both lines of the zone are found in each page, the fonts are in it, and qpdf finds nothing wrong${withPdfTools}`,
    { timeout: 15 * MINUTES },
    async () => {
      await forEachPaper(issued.papers, async ({ folder, zone }) => {
        const page = join(folder, 'datapage.pdf')
        if (!existsSync(page)) return 'no page'
        if ((await run('qpdf', ['--check', page])).code !== 0) return 'qpdf'
        const text = (await run('pdftotext', [page, '-'])).out.toString('utf8').split('\n')
        if (zone.length !== 2 || !zone.every((line) => text.filter((found) => found === line).length === 1))
          return 'zone'
        const fonts = (await run('pdffonts', [page])).out.toString('utf8').trimEnd().split('\n').slice(2)
        // Columns: embedded, subset, has a table back to Unicode; then an object's number.
        const embedded = fonts.filter((font) => / yes +(yes|no) +yes +\d+ +\d+$/.test(font))
        return fonts.length > 1 && embedded.length === fonts.length ? undefined : 'fonts'
      })
    },
  )

  test('the same command again changes nothing and signs nothing', { timeout: 10 * MINUTES }, async () => {
    const before = contentsOf(issued.folder, 'office')
    const journal = readFileSync(join(issued.folder, 'office', 'keys', 'journal'))
    const arguments_ = [nansen, 'issue', '--in', issued.list, '--out', issued.folder]
    const { code } = await run(process.execPath, arguments_)
    expect(code).toBe(0)
    expect(before.size).toBeGreaterThan(10 * PEOPLE)
    expect(contentsOf(issued.folder, 'office')).toEqual(before)
    expect(readFileSync(join(issued.folder, 'office', 'keys', 'journal')).equals(journal)).toBe(true)
  })
})

/** npm mrz does not know Utopia, and stumbles at a name alone. Line 1 of a passport has no check digit. */
function forZoneJudge(line: string): string {
  const names = line.slice(5)
  const name = names.replace(/<+$/, '')
  const pair = name.includes('<<') ? names : `${name.slice(0, 36)}<<X`.padEnd(39, '<')
  return `${line.slice(0, 2)}GEO${pair}`
}

describe('who is in them stands nowhere but in the papers (P7, P10)', () => {
  let canaries: Canaries
  beforeAll(async () => {
    canaries = await canariesOf(issued)
  })

  test(`the search finds them where they must be: in the papers of the first ${LOOKED_INTO}`, () => {
    const kinds = issued.papers.slice(0, LOOKED_INTO).map(({ folder }) => {
      const found = canaries.findBelow(folder)
      return ['name', 'zone', 'number'].filter((kind) => found.some(({ what }) => what === kind))
    })
    const share = (kind: string) => kinds.filter((found) => found.includes(kind)).length / LOOKED_INTO
    expect([share('zone'), share('number')]).toEqual([1, 1])
    // A name of few letters is not looked for: it would be found by chance.
    expect(share('name')).toBeGreaterThan(0.95)
  })

  test('not in the office: its database, keys, journal, log and checkpoints', {
    timeout: 5 * MINUTES,
  }, () => {
    for (const part of ['db', 'keys', 'log', 'checkpoints', 'OFFICE.json'])
      expect(existsSync(join(issued.folder, 'office', part))).toBe(true)
    expect(canaries.findBelow(join(issued.folder, 'office'))).toEqual([])
  })

  test('not in any row of the database, read as a thief without the keys reads it', async () => {
    const copy = join(root, 'stolen')
    cpSync(join(issued.folder, 'office', 'db'), copy, { recursive: true })
    const store = await openStore({ kind: 'embedded', folder: copy, random, migrate: true })
    try {
      const papers = await store.transaction(async (tx) => {
        const tables = await tx.query<{ name: string }>(
          'select table_name as name from information_schema.tables where table_schema = current_schema()',
        )
        for (const { name } of tables)
          for (const row of await tx.query(`select * from "${name}"`))
            for (const [column, value] of Object.entries(row))
              expect(canaries.find(`${name}.${column}`, octetsOf(value))).toEqual([])
        return tx.query<{ count: number }>("select count(*) as count from paper where stage = 'delivered'")
      })
      expect(papers).toEqual([{ count: PEOPLE }])
    } finally {
      await store.close()
    }
  })

  test('not in what the command said, in papers.csv, or in the name of a file or folder', () => {
    const said = Buffer.from(issued.said)
    expect(said.length).toBeGreaterThan(0)
    const names = readdirSync(issued.folder, { recursive: true, encoding: 'utf8' }).join('\n')
    const list = readFileSync(join(issued.folder, 'papers.csv'))
    for (const [where, bytes] of Object.entries({ said, names: Buffer.from(names), list }))
      expect(canaries.find(where, bytes)).toEqual([])
    expect(canaries.findBelow(join(issued.folder, 'trust'))).toEqual([])
  })
})

const octetsOf = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : Buffer.from(typeof value === 'string' ? value : String(value))

/** What a thief would look for, and what one would compute from a guess at all of it. */
async function canariesOf({ people, papers, list }: IssuedFolder): Promise<Canaries> {
  const canaries = new Canaries()
  for (const { familyName, givenNames, language, birthDate } of people) {
    for (const name of [familyName, givenNames, ...`${familyName} ${givenNames}`.split(/[ -]/)]) {
      canaries.add('name', name)
      if (name !== '') canaries.add('name', transliterate(name, { language }))
    }
    if (!birthDate.startsWith('X')) canaries.add('birth date', birthDate)
  }
  for (const { zone } of papers) {
    const number = zone[1]!.slice(0, 9)
    canaries.add('number', number)
    canaries.addOctets('digest of the number', digestOf(Buffer.from(number)))
    for (const line of zone) canaries.add('zone', line)
    canaries.addOctets('digest of the zone', digestOf(Buffer.from(zone.join(''))))
  }
  const orders = readPeople(list, { state: 'UTO', profile: CURRENT_PROFILE, at: new Date() })
  for await (const row of orders)
    if ('order' in row) canaries.addOctets('digest of the order', orderDigest(row.order))
  return canaries
}

describe(`${NAMED} people of an office with named curves`, () => {
  test.skipIf(withOpenssl)(
    `OpenSSL accepts each with its chain, the signer, and both lists${withOpenssl}`,
    { timeout: 5 * MINUTES },
    async () => {
      expect(named).toMatchObject({ code: 0 })
      expect(named.papers).toHaveLength(NAMED)
      const csca = join(root, 'csca.pem')
      writeFileSync(csca, new X509Certificate(trustOf(named, 'csca.cer')).toString())
      const whole = ['-verify', '-CAfile', csca, '-purpose', 'any', '-binary', '-inform', 'DER']
      await forEachPaper(named.papers, async ({ read, signedData }) => {
        const { code, out } = await run('openssl', ['cms', ...whole], signedData)
        if (code !== 0) return 'refused'
        return out.includes(digestOf(read('EF_DG1.bin'))) ? undefined : 'covers other groups'
      })
      const dsc = new X509Certificate(trustOf(named, 'dsc.cer')).toString()
      const signer = await run('openssl', ['verify', '-x509_strict', '-CAfile', csca], Buffer.from(dsc))
      expect(signer.out.toString()).toContain('OK')
      const crlOptions = ['crl', '-inform', 'DER', '-CAfile', csca, '-noout']
      const crl = await run('openssl', crlOptions, trustOf(named, 'crl.crl'))
      expect(crl.error).toContain('verify OK')
      const list = await run('openssl', ['cms', ...whole], trustOf(named, 'masterlist.ml'))
      expect({ code: list.code, holds: list.out.includes(trustOf(named, 'csca.cer')) }).toEqual({
        code: 0,
        holds: true,
      })
    },
  )

  test('nansen inspect accepts them too', async () => {
    const trust = join(named.folder, 'trust')
    const folders = named.papers.map(({ folder }) => folder)
    expect((await run(process.execPath, [nansen, 'inspect', '--trust', trust, ...folders])).code).toBe(0)
  })
})

describe('a row that is wrong', () => {
  test('is told with its line and without its value; the others are issued', {
    timeout: 3 * MINUTES,
  }, async () => {
    const folder = join(root, 'wrong')
    const list = join(root, 'wrong.csv')
    const lines = readFileSync(issued.list, 'utf8').split('\n')
    const rows = [
      lines[0],
      lines[1],
      'bad-1,Хрущёва1999,Ксения,ru,RUS,1961-07-23,F,PT,',
      'bad-2,Mandragora,Xenia,en,QQQ,1987-13-12,W,PP,',
      lines[2],
    ]
    writeFileSync(list, `${rows.join('\n')}\n`)
    const arguments_ = ['issue', '--in', list, '--out', folder, '--no-pages']
    const { code, error } = await run(process.execPath, [nansen, ...arguments_])
    expect(code).toBe(1)
    expect([...papersOf(folder).keys()]).toEqual([issued.people[0]!.id, issued.people[1]!.id])
    expect(error).toMatch(/line 3, family_name: .*\[order\.name-character\]/)
    for (const field of ['nationality', 'birth_date', 'sex', 'document_code'])
      expect(error).toContain(`line 4, ${field}: `)
    for (const value of ['Хрущёва', '1999', 'Ксения', '07-23', 'Mandragora', 'Xenia', 'QQQ', '13-12', 'bad-'])
      expect(error).not.toContain(value)
  })
})
