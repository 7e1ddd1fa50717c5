import { countryOfIssuer } from '@nansen/formats/mrz'
import { attributeOf, countryOf, type Name, OIDS } from '@nansen/formats/pki'
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
  // An organisation without a two-letter code names itself in the alternative name; that is not compared yet,
  // so nothing is claimed.
  if (allowed === undefined || allowed.countries.length === 0)
    return cannotTell(finding('country.issuer-unknown', 'DG1', '9303-3 §5'), notes)
  return allowed.countries.includes(country)
    ? passed(notes)
    : notGenuine(finding('country.issuer-differs', 'DG1', SECTION), notes)
}

function lowerCase(name: Name): Finding[] {
  const written = attributeOf(name, OIDS.countryName)
  return written === written?.toUpperCase()
    ? []
    : [finding('country.lower-case', 'signer certificate', SECTION)]
}
