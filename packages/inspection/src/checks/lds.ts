import { dataGroupByTag } from '@nansen/formats/lds'
import type { ChipEvidence } from '../evidence/chip.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Finding } from '../finding.ts'
import { cannotTell, finding, notGenuine, type Outcome, passed } from './check.ts'

/**
 * Each data group presented has the hash that was signed. Hashes under a signature that does not stand are
 * anybody's, so nothing is compared with them. [9303-11 §5.1]
 */
export function checkHashes({ chip, signed }: Evidence): Outcome {
  if (chip?.sod === undefined)
    return cannotTell(chip?.unsupported ?? finding('sod.none', 'SOD', '9303-11 §5.1'))
  if (signed?.signed !== 'valid') return cannotTell(finding('lds.hashes-not-signed', 'SOD', '9303-11 §5.1'))
  const answers = [...chip.hashes]
  const differs = answers.find(([, answer]) => answer === 'differs')
  if (differs !== undefined) return notGenuine(finding('lds.hash-differs', `DG${differs[0]}`, '9303-11 §5.1'))
  const sha1 = chip.sod.securityObject.hashAlgorithm === 'sha1'
  return answers.some(([, answer]) => answer === 'same')
    ? passed(sha1 ? [finding('lds.hash-sha1', 'SOD', '9303-10 §4.6.2')] : [])
    : cannotTell(finding('lds.no-groups', 'data groups', '9303-11 §5.1'))
}

/**
 * No group that was not signed, and the two that every document has. A group that is presented but not listed
 * in the security object was put there by someone else. Others that are listed and not presented may be
 * protected, or were not read: that is a note. [9303-10 §4.6.2]
 */
export function checkComplete({ chip, signed }: Evidence): Outcome {
  const section = '9303-10 §4.6.2'
  if (chip?.sod === undefined) return cannotTell(chip?.unsupported ?? finding('sod.none', 'SOD', section))
  if (signed?.signed !== 'valid') return cannotTell(finding('lds.hashes-not-signed', 'SOD', section))
  const added = [...chip.hashes].find(([, answer]) => answer === 'not-signed')
  if (added !== undefined) return notGenuine(finding('lds.group-not-signed', `DG${added[0]}`, section))
  const notes = [...comNotes(chip), ...notPresented(chip)]
  for (const number of [1, 2])
    if (!chip.hashes.has(number))
      return cannotTell(finding('lds.group-missing', `DG${number}`, section), notes)
  return passed(notes)
}

const signedNumbers = (chip: ChipEvidence): readonly number[] =>
  chip.sod?.securityObject.hashes.map(({ number }) => number) ?? []

function notPresented(chip: ChipEvidence): Finding[] {
  return signedNumbers(chip)
    .filter((number) => number > 2 && !chip.hashes.has(number))
    .map((number) => finding('lds.group-not-presented', `DG${number}`, '9303-10 §4.6.2'))
}

/** Nothing signs EF.COM, so it decides nothing; but whoever changed it wanted a reader to skip a group. */
function comNotes({ com, sod }: ChipEvidence): Finding[] {
  if (com === undefined || sod === undefined) return []
  const listed = new Set(com.tags.map((tag) => dataGroupByTag(tag)?.number))
  const signed = sod.securityObject.hashes.map(({ number }) => number)
  const same = signed.length === listed.size && signed.every((number) => listed.has(number))
  return same ? [] : [finding('lds.com-differs', 'COM', '9303-10 §4.6.1')]
}
