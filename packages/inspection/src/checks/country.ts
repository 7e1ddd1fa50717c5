import { FormatError } from '@nansen/formats'
import { countryOfIssuer } from '@nansen/formats/mrz'
import {
  attributeOf,
  type Certificate,
  countryOf,
  type Name,
  OIDS,
  subjectAltName,
} from '@nansen/formats/pki'
import type { Evidence } from '../evidence/evidence.ts'
import type { Finding } from '../finding.ts'
import { aside, cannotTell, finding, notGenuine, type Outcome, passed } from './check.ts'

const SECTION = '9303-12 §7.1.1.1'

/**
 * One country in the document, its signer and the anchor: without this bond, any state in the master lists
 * could sign the documents of every other. P21 [9303-12 §7.1.1.1]
 */
export function checkCountry({ signer, standing, chip }: Evidence): Outcome {
  if (signer === undefined || standing?.standing !== 'anchored')
    return aside(finding('country.not-comparable', 'signer certificate', SECTION))
  const country = countryOf(signer.subject)
  if (country === undefined || country !== countryOf(standing.anchor.certificate.subject))
    return notGenuine(finding('country.signer-differs', 'signer certificate', SECTION))
  const notes = lowerCase(signer.subject)
  const issuer = chip?.zone?.issuer.value
  if (issuer === undefined) return aside(finding('country.not-comparable', 'DG1', SECTION), notes)
  const allowed = countryOfIssuer(issuer)
  if (allowed === undefined) return cannotTell(finding('country.issuer-unknown', 'DG1', '9303-3 §5'), notes)
  const anchor = standing.anchor.certificate
  const same =
    allowed.countries.length === 0 ? namesItself(anchor, issuer) : allowed.countries.includes(country)
  return same ? passed(notes) : notGenuine(finding('country.issuer-differs', 'DG1', SECTION), notes)
}

/**
 * An organisation without a two-letter code puts its three-letter code into the alternative name of its
 * authority's certificate, as a locality. [9303-12 §7.1.1.2]
 */
function namesItself(anchor: Certificate, code: string): boolean {
  try {
    const names = subjectAltName(anchor) ?? []
    return names.some(
      (name) => name.kind === 'directory' && attributeOf(name.name, OIDS.localityName) === code,
    )
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

function lowerCase(name: Name): Finding[] {
  const written = attributeOf(name, OIDS.countryName)
  return written === written?.toUpperCase()
    ? []
    : [finding('country.lower-case', 'signer certificate', SECTION)]
}
