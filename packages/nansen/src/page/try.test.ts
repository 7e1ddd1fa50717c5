import { writeFileSync } from 'node:fs'
import { generateMrz } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import { drawDataPage } from '@nansen/formats/page'
import { test } from 'vitest'
import { silhouette } from '../specimen/silhouette.ts'
import { renderDataPage } from './typst.ts'

test('try', () => {
  const people = [
    ['ru', 'Андреев', 'Пётр Сергеевич', 'PR', 'XXB', 'UTO', 'Utopia', 'Утопия'],
    ['hy', 'Սարգսյան', 'Անահիտ', 'PS', 'XXA', 'UTO', 'Utopia', 'Ուտոպիա'],
    ['ka', 'გიორგაძე', 'ნინო', 'PT', 'RUS', 'QRR', 'Ruritania', ''],
    ['ar', 'الحسيني', 'محمد علي', 'PR', 'XXB', 'QZZ', 'Zembla', ''],
    [
      'en',
      'Papandropoulous-Featherstonehaugh',
      'Jonathon Warren Trevor Augustus Maximilian Emmanuel',
      'PT',
      'RUS',
      'UTO',
      'Utopia',
      '',
    ],
    [
      'ru',
      'Константинопольский-Преображенский',
      'Святослав Александрович Максимилиан-Эммануил',
      'PT',
      'RUS',
      'UTO',
      'Utopia',
      '',
    ],
    ['ru', 'Ыклас', '', 'PR', 'XXA', 'UTO', 'Utopia', ''],
  ] as const
  people.forEach(([language, primary, secondary, documentCode, nationality, code, state, second], i) => {
    const t = (x: string) => transliterate(x, { language })
    const birth = { year: 1987, month: i === 6 ? undefined : 3, day: i === 6 ? undefined : 7 }
    const zone = generateMrz(
      {
        documentCode,
        issuer: code,
        name: { primary, secondary },
        number: 'K7R2M9X4P',
        nationality,
        birth,
        sex: i % 2 ? 'F' : 'M',
        expiry: { year: 2028, month: 11, day: 3 },
      },
      'TD3',
      { transliterate: t },
    )
    const facts = {
      state: { name: state, code, secondName: second },
      documentCode,
      number: 'K7R2M9X4P',
      name: { primary, secondary },
      latinName: { primary: t(primary), secondary: t(secondary) },
      nationality: { code: nationality, ...(nationality === 'RUS' && { name: 'Russian Federation' }) },
      birth,
      sex: i % 2 ? ('F' as const) : ('M' as const),
      authority: `${state} Office of International Passports`,
      placeOfIssue: 'Port Utopia',
      issued: { year: 2026, month: 11, day: 4 },
      expires: { year: 2028, month: 11, day: 3 },
      returnRight: { kind: 'while-valid' as const },
      zone,
      portrait: silhouette(),
      specimen: true as const,
    }
    if (i === 0) {
      const p = drawDataPage(facts)
      writeFileSync(
        '/tmp/pg/page.json',
        JSON.stringify({
          ...p,
          files: Object.fromEntries(
            Object.entries(p.files).map(([n, b]) => [n, Buffer.from(b).toString('base64')]),
          ),
        }),
      )
    }
    const t0 = performance.now()
    const pdf = renderDataPage(facts)!
    console.log(i, pdf.length, (performance.now() - t0).toFixed(1))
    writeFileSync(`/tmp/pg/p${i}.pdf`, pdf)
  })
})
