import { checkDer, tags } from '../../der/index.ts'
import { readable } from '../../readable.ts'
import { Fields, readOnly, sameBytes } from '../../tlv/index.ts'
import { readAlgorithmIdentifier, signatureAlgorithmOf } from '../algorithm.ts'
import { type Extension, extensionOf, readExtensionList } from '../certificate.ts'
import { type Crl, crlNumber, forEachEntry, MAX_CRL_ENTRIES } from '../crl.ts'
import { authorityKeyIdentifier } from '../extensions.ts'
import type { Name } from '../name.ts'
import { OIDS } from '../oids.ts'
import { faultOf, type LintFinding, placeIn, rulesAbout, runRules, unless } from './rule.ts'
import { rightParameters } from './rules-of-body.ts'
import {
  countryPrintable,
  countryUpperCase,
  directoryStrings,
  hasCountry,
  printableCharacters,
  serialNumberPrintable,
} from './rules-of-names.ts'
import { hasRightTimeType } from './view.ts'

type Fault = number | undefined

const rule = rulesAbout<Crl>()

/** Every rule for revocation lists. [9303-12 §7.1.4] [9303-12 table 9] [9303-12 table 10] */
export const CRL_RULES = [
  rule('der', 'error', '9303-12 §7.1', ({ encoded }) =>
    faultOf(() => checkDer(encoded, 20 * MAX_CRL_ENTRIES)),
  ),
  rule('version', 'error', '9303-12 table 9', ({ version }) => unless(version === 2, 0)),
  rule('signature.same', 'error', '9303-12 table 9', signatureSame),
  rule('signature.algorithm', 'error', '9303-12 §4.1.6', (crl) =>
    atAlgorithm(crl, algorithmOf(crl) !== undefined),
  ),
  rule('signature.parameters', 'error', 'RFC4055 §5', (crl) =>
    atAlgorithm(crl, rightParameters(crl.signatureAlgorithm)),
  ),
  rule('signature.sha1', 'error', '9303-12 §4.1.6.4', (crl) =>
    atAlgorithm(crl, algorithmOf(crl)?.hash !== 'sha1'),
  ),
  rule('issuer.country', 'error', '9303-12 table 9', (crl) => inIssuer(crl, hasCountry)),
  rule('issuer.country-case', 'error', '9303-12 table 9', (crl) => inIssuer(crl, countryUpperCase)),
  rule('issuer.country-type', 'error', '9303-12 table 9', (crl) => inIssuer(crl, countryPrintable)),
  rule('name.serial-number', 'error', '9303-12 table 9', (crl) => inIssuer(crl, serialNumberPrintable)),
  rule('name.string-type', 'error', '9303-12 table 9', (crl) => inIssuer(crl, directoryStrings)),
  rule('name.printable-characters', 'error', 'X.690 §8.23', (crl) => inIssuer(crl, printableCharacters)),
  rule('next-update.missing', 'error', '9303-12 table 9', (crl) => unless(crl.nextUpdate !== undefined, 0)),
  rule('next-update.order', 'error', 'RFC5280 §5.1.2.5', (crl) =>
    lasts(crl, (milliseconds) => milliseconds > 0),
  ),
  rule('next-update.late', 'error', '9303-12 §4.1.5', (crl) =>
    lasts(crl, (milliseconds) => milliseconds <= 90 * DAY),
  ),
  rule('updates.time-type', 'error', '9303-12 table 9', timeTypes),
  rule('authority-key-identifier.missing', 'error', '9303-12 table 10', (crl) =>
    present(crl, OIDS.authorityKeyIdentifier),
  ),
  rule('authority-key-identifier.key-identifier', 'error', '9303-12 table 10', namesKey),
  rule('crl-number.missing', 'error', '9303-12 table 10', (crl) => present(crl, OIDS.crlNumber)),
  rule('crl-number.value', 'error', '9303-12 table 10', numberValue),
  rule('delta-crl-indicator.forbidden', 'error', '9303-12 table 10', (crl) =>
    absent(crl, OIDS.deltaCrlIndicator),
  ),
  rule('issuing-distribution-point.forbidden', 'error', '9303-12 table 10', (crl) =>
    absent(crl, OIDS.issuingDistributionPoint),
  ),
  rule('freshest-crl.forbidden', 'error', '9303-12 table 10', (crl) => absent(crl, OIDS.freshestCrl)),
  rule('extensions.critical', 'error', '9303-12 table 10', (crl) => every(crl, ({ critical }) => !critical)),
  rule('extensions.default-encoded', 'error', '9303-12 table 9', (crl) =>
    every(crl, ({ defaultWritten }) => !defaultWritten),
  ),
  rule('extensions.der', 'error', '9303-12 §7.1', (crl) =>
    every(crl, ({ value }) => faultOf(() => checkDer(value)) === undefined),
  ),
  rule('entries.empty', 'error', 'RFC5280 §5.1.2.6', ({ entries }) =>
    unless(entries?.length !== 0, entries?.start ?? 0),
  ),
  rule('entries.extensions-forbidden', 'error', '9303-12 table 10', (crl) =>
    inEntries(crl, ({ oid }) => !NOT_IN_ENTRIES.has(oid)),
  ),
  rule('entries.extensions-critical', 'error', '9303-12 table 10', (crl) =>
    inEntries(crl, ({ critical }) => !critical),
  ),
] as const

export type CrlLintCode = (typeof CRL_RULES)[number]['code']

/** Judges a revocation list by the profile. [9303-12 §7.1.4] */
export const lintCrl = (crl: Crl): readonly LintFinding<CrlLintCode>[] =>
  runRules<Crl, CrlLintCode>(CRL_RULES, crl)

const DAY = 24 * 60 * 60 * 1000

/** Entries say nothing but which certificate and when. */
const NOT_IN_ENTRIES: ReadonlySet<string> = new Set([
  OIDS.reasonCode,
  OIDS.holdInstructionCode,
  OIDS.invalidityDate,
  OIDS.certificateIssuer,
])

const algorithmOf = (crl: Crl) => signatureAlgorithmOf(crl.signatureAlgorithm)

const at = (crl: Crl, part: Uint8Array): number => placeIn(crl.encoded, part)

const atAlgorithm = (crl: Crl, holds: boolean): Fault =>
  unless(holds, at(crl, crl.signatureAlgorithm.encoded))

/** The fields before the issuer's name and after it. [RFC5280 §5.1.2] */
function anatomyOf({ encoded }: Crl) {
  const fields = new Fields(new Fields(readOnly(encoded), 'RFC5280 §5.1.1').any(), 'RFC5280 §5.1.2')
  fields.optional(tags.INTEGER)
  const signature = readAlgorithmIdentifier(fields.any())
  fields.any()
  return { signature, thisUpdate: fields.any(), afterThisUpdate: fields.peek() }
}

function signatureSame(crl: Crl): Fault {
  const { signature } = anatomyOf(crl)
  return unless(sameBytes(signature.encoded, crl.signatureAlgorithm.encoded), signature.at)
}

const inIssuer = (crl: Crl, holds: (name: Name) => boolean): Fault =>
  unless(holds(crl.issuer), at(crl, crl.issuer.encoded))

function lasts(crl: Crl, holds: (milliseconds: number) => boolean): Fault {
  const { thisUpdate, nextUpdate } = crl
  if (nextUpdate === undefined) return undefined
  return unless(holds(nextUpdate.getTime() - thisUpdate.getTime()), anatomyOf(crl).thisUpdate.start)
}

function timeTypes(crl: Crl): Fault {
  const { thisUpdate, afterThisUpdate } = anatomyOf(crl)
  if (!hasRightTimeType(thisUpdate, crl.thisUpdate)) return thisUpdate.start
  if (crl.nextUpdate === undefined || afterThisUpdate === undefined) return undefined
  return unless(hasRightTimeType(afterThisUpdate, crl.nextUpdate), afterThisUpdate.start)
}

const present = (crl: Crl, oid: string): Fault => unless(extensionOf(crl, oid) !== undefined, 0)

function absent(crl: Crl, oid: string): Fault {
  const extension = extensionOf(crl, oid)
  return extension && at(crl, extension.value)
}

function namesKey(crl: Crl): Fault {
  const extension = extensionOf(crl, OIDS.authorityKeyIdentifier)
  if (extension === undefined) return undefined
  const keyIdentifier = readable(() => authorityKeyIdentifier(crl))
  return unless(keyIdentifier !== undefined && keyIdentifier.length > 0, at(crl, extension.value))
}

/** Not negative, and at most 20 octets as an INTEGER. */
function numberValue(crl: Crl): Fault {
  const extension = extensionOf(crl, OIDS.crlNumber)
  if (extension === undefined) return undefined
  const holds = readable(() => crlNumber(crl)) !== undefined && extension.value.length <= 22
  return unless(holds, at(crl, extension.value))
}

function every(crl: Crl, holds: (extension: Extension) => boolean): Fault {
  const wrong = crl.extensions.find((extension) => !holds(extension))
  return wrong && at(crl, wrong.value)
}

function inEntries(crl: Crl, holds: (extension: Extension) => boolean): Fault {
  let fault: Fault
  if (crl.entries === undefined) return undefined
  forEachEntry(crl.entries, (entry) => {
    const fields = new Fields(entry, 'RFC5280 §5.1.2.6')
    fields.any()
    fields.any()
    const list = fields.peek()
    if (fault === undefined && list !== undefined)
      fault = readExtensionList(list).find((extension) => !holds(extension))?.at
  })
  return fault
}
