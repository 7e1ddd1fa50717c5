import { parseMrz } from '@nansen/formats/mrz'
import { parse } from 'mrz'
import { perSecond, rounded } from './measure.mjs'

const LINES = ['PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F3404159ZE184226B<<<<<16']
const TEXT = LINES.join('\n')

/** Zones of TD3 read a second, beside npm `mrz` in the same run. @param {number} seconds */
export async function benchMrz(seconds) {
  const many = 200
  const ours = many * (await perSecond(() => repeat(many, () => parseMrz(TEXT)), seconds))
  const theirs = many * (await perSecond(() => repeat(many, () => parse(LINES)), seconds))
  return {
    perSecond: rounded(ours),
    npmMrzPerSecond: rounded(theirs),
    ratio: rounded(ours / theirs),
    bar: 10,
  }
}

/** @param {number} times @param {() => unknown} work */
function repeat(times, work) {
  for (let i = 0; i < times; i++) work()
}
