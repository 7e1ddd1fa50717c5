import { FormatError } from '@nansen/formats'
import { documentTypeList } from '@nansen/formats/pki'
import type { Evidence } from '../evidence/evidence.ts'
import { aside, cannotTell, finding, notGenuine, type Outcome, passed } from './check.ts'

const SECTION = '9303-12 §7.1.1.6'

/** The document code is among those that the signer may sign; one letter stands for all that begin with it. [9303-12 §7.1.1.6] */
export function checkDocumentType({ signer, chip }: Evidence): Outcome {
  const code = chip?.zone?.documentCode.value
  if (signer === undefined || code === undefined)
    return aside(finding('document-type.unknown', 'DG1', SECTION))
  try {
    const types = documentTypeList(signer)
    if (types === undefined) return aside(finding('document-type.no-list', 'signer certificate', SECTION))
    return types.some((type) => allows(type, code))
      ? passed()
      : notGenuine(finding('document-type.not-allowed', 'DG1', SECTION))
  } catch (error) {
    if (error instanceof FormatError) return cannotTell(finding(error.code, 'signer certificate', SECTION))
    throw error
  }
}

function allows(type: string, code: string): boolean {
  const letters = type.replace(/<+$/, '')
  return letters.length === 1 ? code.startsWith(letters) : code === letters
}
