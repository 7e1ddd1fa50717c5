import { describe, expect, test } from 'vitest'
import { caseOffice } from '../../../../test/case-office.ts'
import { errorsIn, visitor } from '../../../../test/web-visitor.ts'
import { openWeb } from '../index.ts'

const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4])

describe('somebody applies, without a script, in Russian', () => {
  test('from the first page to the receipt', async () => {
    const office = await caseOffice()
    const codes: string[] = []
    const web = openWeb({
      office,
      hosts: ['utopia.localhost'],
      specimen: true,
      report: (code) => codes.push(code),
    })
    const anna = visitor(web)
    await anna.get('/?language=ru')
    expect((await anna.get('/')).text).toContain('<html lang="ru">')
    await anna.get('/begin')
    const shown = await anna.send('/begin', { script: 'cyrillic' })
    const words = [...shown.text.matchAll(/<li>([а-яё]+)<\/li>/g)].map(([, word]) => word!)
    expect(words).toHaveLength(7)
    const asked = await anna.get('/begin/check')
    const fields = Object.fromEntries(
      [...asked.text.matchAll(/name="word-(\d)"/g)].map(([, n]) => [
        `word-${n}`,
        words[Number(n) - 1]!.toUpperCase(),
      ]),
    )
    expect(Object.keys(fields)).toHaveLength(3)
    const home = await anna.send('/begin/check', fields)
    expect(home.status).toBe(200)
    const person = /\/my\/person\/([0-9a-f]{32})\/name/.exec(home.text)![1]!
    const of = (page: string) => `/my/person/${person}/${page}`

    await anna.get(of('name'))
    const spelling = await anna.send(of('name'), {
      'family-name': 'Щукина',
      'given-names': 'Анна  Павловна',
      'name-language': 'ru',
      go: 'next',
    })
    expect(spelling.text).toContain('SHCHUKINA')
    await anna.send(of('spelling'), { go: 'next' })
    const wrong = await anna.post(of('birth'), {
      'birth-date-day': '31',
      'birth-date-month': '2',
      'birth-date-year': '1987',
      sex: 'F',
      nationality: 'Нигдения',
      go: 'next',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toMatch(/<title>Ошибка: /)
    expect(errorsIn(wrong.text).map((line) => line.split(':')[0])).toEqual(['birth-date-day', 'nationality'])
    expect(wrong.text).toContain('value="Нигдения"')
    await anna.send(of('birth'), {
      'birth-date-month': '4',
      'birth-date-year': '1987',
      sex: 'F',
      nationality: 'Россия',
      go: 'next',
    })
    const photo = await anna.send(of('photo'), {}, { file: ['photo', Buffer.from('too-dark picture')] })
    expect(photo.text).toContain('темновата')
    await anna.get(`${of('evidence')}/add`)
    const list = await anna.send(
      `${of('evidence')}/add`,
      { kind: 'internal-passport' },
      { file: ['file', PICTURE] },
    )
    expect(list.text).toContain('Внутренний паспорт')
    await anna.get('/my/reasons')
    await anna.send('/my/reasons', {
      reasons: ['passport-not-to-be-asked-for', 'persecuted-for-opinion'],
      story: 'Я писала о войне.',
      go: 'next',
    })
    await anna.send('/my/stay', { country: 'Грузия', basis: 'visa-free', go: 'next' })
    await anna.get('/my/meeting')
    await anna.send('/my/meeting', { meeting: 'consulate-ruritania', language: 'ru', go: 'next' })
    await anna.send('/my/fee', { waiver: 'cannot', solidarity: '0', go: 'next' })
    const check = await anna.get('/my/check')
    expect(check.text).toContain('апрель 1987')
    const receipt = await anna.send('/my/submit')
    expect(receipt.text).toContain('Ваше заявление у нас')
    const status = await anna.get('/my')
    expect(status.text).toContain('Рассматривают')

    // Again with the words, in another browser.
    const later = visitor(web)
    await later.get('/enter')
    const again = await later.send('/enter', {
      words: words.map((word, n) => `${n + 1}. ${word}`).join('\n'),
    })
    expect(again.text).toContain(/class="code">([^<]+)/.exec(receipt.text)![1]!)
    expect(codes).toEqual([])
  })
})
