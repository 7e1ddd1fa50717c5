import { type Door, enter, helpersOf, readDraft } from '@nansen/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import {
  fillDraft,
  fillPerson,
  handIn,
  newApplicant,
  PICTURE,
  wordsOn,
} from '../../../../test/web-applicant.ts'
import { openWeb, type Web } from '../index.ts'

let office: TestCaseOffice
let web: Web
beforeAll(async () => {
  office = await caseOffice()
  web = openWeb({ office, hosts: ['utopia.localhost'], specimen: true, report: () => {} })
})
afterAll(() => office.close())

/** The server did it, and the answer got lost on the way: the browser sends the same again, with the cookies it had. */
const lost: Web['fetch'] = async (request) => {
  if (request.method === 'POST') await web.fetch(request.clone())
  return web.fetch(request)
}

/** The same five times at once. */
const atOnce: Web['fetch'] = async (request) => {
  if (request.method !== 'POST') return web.fetch(request)
  const answers = await Promise.all(Array.from({ length: 5 }, () => web.fetch(request.clone())))
  return answers[4]!
}

/** The line breaks after half of what was sent; then it is sent whole. */
const broken: Web['fetch'] = async (request) => {
  if (request.method !== 'POST') return web.fetch(request)
  const bytes = new Uint8Array(await request.clone().arrayBuffer())
  const half = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.subarray(0, bytes.length / 2))
    },
    pull(controller) {
      controller.error(new Error('cut'))
    },
  })
  const cut = await web.fetch(
    new Request(request.url, {
      method: 'POST',
      headers: request.headers,
      body: half,
      duplex: 'half',
    } as RequestInit),
  )
  expect(cut.status).toBe(400)
  return web.fetch(request)
}

describe.each([
  ['after the server has done it', lost],
  ['half way up', broken],
  ['so often that the same is sent five times at once', atOnce],
])(
  'P26: the connection is cut at every request, %s',
  (_, fetch) => {
    test('nothing is lost, and nothing is there twice', async () => {
      const applicant = await newApplicant({ fetch })
      const { browser, person, words } = applicant
      await fillDraft(applicant, { family: 'Лисица', given: `Ева ${words[0]}` })
      await browser.get(`/my/person/${person}/evidence/add`)
      await browser.send(
        `/my/person/${person}/evidence/add`,
        { kind: 'diploma' },
        { file: ['file', PICTURE] },
      )
      await browser.get('/my/family')
      const child = /\/my\/person\/([0-9a-f]{32})\/name/.exec((await browser.send('/my/family')).text)![1]!
      await fillPerson(applicant, child, { family: 'Лисица', given: 'Миша', year: '2019' })
      await browser.get('/my/helpers/add')
      const shown = await browser.send('/my/helpers/add', {
        name: 'Lena',
        scopes: ['draft'],
        script: 'latin',
      })
      expect(wordsOn(shown)).toHaveLength(7)
      await browser.send('/my/helpers/words')

      const door = (await enter(office, words.join(' '))) as Door
      const draft = await readDraft(office, door)
      expect(draft.people.map(({ id }) => id)).toEqual([person, child])
      expect(draft.people[0]!.evidence).toHaveLength(1)
      expect(
        draft.people.every(({ photo, spellingConfirmed }) => photo !== undefined && spellingConfirmed),
      ).toBe(true)
      expect((await helpersOf(office, door)).filter(({ open }) => open)).toHaveLength(1)

      const cases = await handIn(applicant)
      expect(cases).toHaveLength(2)
      const [rows] = await office.store.transaction((tx) =>
        tx.query<{ count: number }>('select count(*) as count from case_file where account_id = $1', [
          door.accountId,
        ]),
      )
      expect(Number(rows!.count)).toBe(2)
      const [first] = cases
      await browser.get(`/my/case/${first}/withdraw`)
      const after = await browser.send(`/my/case/${first}/withdraw`, { sure: 'yes' })
      expect(after.text).toContain('Taken back')
    })
  },
  120_000,
)

test('P26: whoever goes back after a lost answer and sends the same picture again has it once', async () => {
  const { browser, person } = await newApplicant(web)
  const page = `/my/person/${person}/evidence/add`
  for (const kind of ['diploma', 'diploma', 'letter']) {
    await browser.get(page)
    await browser.send(page, { kind }, { file: ['file', PICTURE] })
  }
  const { text } = await browser.get(`/my/person/${person}/evidence`)
  expect(text.match(/name="remove"/g)).toHaveLength(2)
})
