import { readable } from '@nansen/formats'
import { countryOfIssuer, KNOWN_CODES } from '@nansen/formats/mrz'
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
export function checkCountry({ signer, standing, chip, presentedAnchor }: Evidence): Outcome {
  if (presentedAnchor !== undefined) return passed()
  if (signer === undefined || standing?.standing !== 'anchored')
    return aside(finding('country.not-comparable', 'signer certificate', SECTION))
  const anchor = standing.anchor.certificate
  const country = countryOf(signer.subject)
  if (country !== countryOf(anchor.subject))
    return notGenuine(finding('country.signer-differs', 'signer certificate', SECTION))
  const notes = lowerCase(signer.subject)
  // A certificate and a list say nothing of a state but in their own names.
  if (chip === undefined) return passed(notes)
  if (country === undefined)
    return notGenuine(finding('country.signer-differs', 'signer certificate', SECTION))
  const issuer = chip.zone?.issuer.value
  if (issuer === undefined) return aside(finding('country.not-comparable', 'DG1', SECTION), notes)
  const allowed = countryOfIssuer(issuer)
  const differs = notGenuine(finding('country.issuer-differs', 'DG1', SECTION), notes)
  const unknown = cannotTell(finding('country.issuer-unknown', 'DG1', '9303-3 §5'), notes)
  if (allowed === undefined) return unknown
  if (allowed.countries.length > 0) return allowed.countries.includes(country) ? passed(notes) : differs
  if (!namesItself(anchor, issuer)) return differs
  // What an authority writes into its alternative name, only it has said: a state that writes the code of an
  // organisation there would sign for it. P21
  return STATES.has(country) ? unknown : passed(notes)
}

/** Countries that stand for an issuer with a two-letter code of its own. */
const STATES: ReadonlySet<string> = new Set(
  KNOWN_CODES.flatMap((code) => countryOfIssuer(code)?.countries ?? []),
)

/**
 * An organisation without a two-letter code puts its three-letter code into the alternative name of its
 * authority's certificate, as a locality. [9303-12 §7.1.1.2]
 */
function namesItself(anchor: Certificate, code: string): boolean {
  const names = readable(() => subjectAltName(anchor)) ?? []
  return names.some((name) => name.kind === 'directory' && attributeOf(name.name, OIDS.localityName) === code)
}

function lowerCase(name: Name): Finding[] {
  const written = attributeOf(name, OIDS.countryName)
  return written === written?.toUpperCase()
    ? []
    : [finding('country.lower-case', 'signer certificate', SECTION)]
}
