import { readFileSync, writeFileSync } from 'node:fs'
import { generateMrz } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import { test } from 'vitest'
import { silhouette } from '../specimen/silhouette.ts'
import { renderDataPage } from './typst.ts'

test('mem', () => {
  const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) >> 10
  const t = (x: string) => transliterate(x, { language: 'ru' })
  const cpu = () => {
    const u = process.cpuUsage()
    return (u.user + u.system) / 1000
  }
  let c0 = cpu()
  const w0 = performance.now()
  for (let i = 0; i <= 3000; i++) {
    const number = 'K7R2' + String(10000 + i)
    const [primary, secondary] = [
      'Андреев' + 'абвгдежзик'[i % 10]! + 'лмнопрстуф'[((i / 10) | 0) % 10]!,
      'Пётр' + 'абвгдежзик'[((i / 100) | 0) % 10]!,
    ]
    const zone = generateMrz(
      {
        documentCode: 'PR',
        issuer: 'UTO',
        name: { primary, secondary },
        number,
        nationality: 'XXB',
        birth: { year: 1987, month: 3, day: 7 },
        sex: 'M',
        expiry: { year: 2028, month: 11, day: 3 },
      },
      'TD3',
      { transliterate: t },
    )
    const portrait = silhouette()
    portrait[portrait.length - 20] = i & 127
    const pdf = renderDataPage({
      state: { name: 'Utopia', code: 'UTO', secondName: 'Утопия' },
      documentCode: 'PR',
      number,
      name: { primary, secondary },
      latinName: { primary: t(primary), secondary: t(secondary) },
      nationality: { code: 'XXB' },
      birth: { year: 1987, month: 3, day: 7 },
      sex: 'M',
      authority: 'Utopia Office',
      issued: { year: 2026, month: 11, day: 4 },
      expires: { year: 2028, month: 11, day: 3 },
      returnRight: { kind: 'while-valid' },
      zone,
      portrait,
      specimen: true,
    })!
    if ([0, 10, 100, 500, 1000, 2000, 3000].includes(i))
      console.log(
        i,
        'rss',
        rss(),
        'MB; cpu/page',
        ((cpu() - c0) / Math.max(i, 1)).toFixed(2),
        'wall',
        ((performance.now() - w0) / Math.max(i, 1)).toFixed(2),
        pdf.length,
      )
    if (i === 0) c0 = cpu()
  }
}, 200000)
