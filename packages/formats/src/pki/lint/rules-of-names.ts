import { isPrintable, tags } from '../../der/index.ts'
import { type Attribute, countryOf, type Name } from '../name.ts'
import { OIDS } from '../oids.ts'
import { unless } from './rule.ts'
import { type CertificateView, placeOf, rule } from './view.ts'

/** Issuer and subject. [9303-12 §7.1.1.1] [9303-12 table 5] */
export const RULES_OF_NAMES = [
  rule('issuer.country', 'all', 'error', '9303-12 §7.1.1.1', (it) => inIssuer(it, hasCountry)),
  rule('issuer.common-name', 'all', 'error', '9303-12 §7.1.1.1', (it) => inIssuer(it, hasCommonName)),
  rule('subject.country', 'all', 'error', '9303-12 §7.1.1.1', (it) => inSubject(it, hasCountry)),
  rule('subject.common-name', 'all', 'error', '9303-12 §7.1.1.1', (it) => inSubject(it, hasCommonName)),
  rule('issuer.country-case', 'all', 'error', '9303-12 table 5', (it) => inIssuer(it, countryUpperCase)),
  rule('issuer.country-type', 'all', 'error', '9303-12 table 5', (it) => inIssuer(it, countryPrintable)),
  rule('subject.country-case', 'all', 'error', '9303-12 table 5', (it) => inSubject(it, countryUpperCase)),
  rule('subject.country-type', 'all', 'error', '9303-12 table 5', (it) => inSubject(it, countryPrintable)),
  rule('country.same', 'all', 'error', '9303-12 table 5', sameCountry),
  rule('name.serial-number', 'all', 'error', '9303-12 table 5', (it) => inBoth(it, serialNumberPrintable)),
  rule('name.string-type', 'all', 'error', '9303-12 table 5', (it) => inBoth(it, directoryStrings)),
  rule('name.printable-characters', 'all', 'error', 'X.690 §8.23', (it) => inBoth(it, printableCharacters)),
  rule('seal-signer.subject', ['seal-signer'], 'error', '9303-12 §7.1.3', (it) =>
    inSubject(it, countryAndTwoLetters),
  ),
] as const

const inIssuer = (it: CertificateView, holds: (name: Name) => boolean): number | undefined =>
  unless(holds(it.certificate.issuer), placeOf(it, it.certificate.issuer.encoded))

const inSubject = (it: CertificateView, holds: (name: Name) => boolean): number | undefined =>
  unless(holds(it.certificate.subject), placeOf(it, it.certificate.subject.encoded))

const inBoth = (it: CertificateView, holds: (name: Name) => boolean): number | undefined =>
  inIssuer(it, holds) ?? inSubject(it, holds)

const attributes = (name: Name, type?: string): readonly Attribute[] =>
  name.parts.flat().filter((attribute) => type === undefined || attribute.type === type)

/** Two letters, in either case: the case is a rule of its own. */
export const hasCountry = (name: Name): boolean => {
  const countries = attributes(name, OIDS.countryName)
  return countries.length === 1 && /^[A-Za-z]{2}$/.test(countries[0]!.value)
}

const hasCommonName = (name: Name): boolean =>
  attributes(name, OIDS.commonName).some(({ value }) => value !== '')

export const countryUpperCase = (name: Name): boolean =>
  attributes(name, OIDS.countryName).every(({ value }) => value === value.toUpperCase())

export const countryPrintable = (name: Name): boolean =>
  attributes(name, OIDS.countryName).every(({ stringType }) => stringType === tags.PRINTABLE_STRING)

export const serialNumberPrintable = (name: Name): boolean =>
  attributes(name, OIDS.serialNumber).every(({ stringType }) => stringType === tags.PRINTABLE_STRING)

/** Attributes that are no DirectoryString: country, serial number and qualifier, mail address, domain part. */
const OTHER_SYNTAX: ReadonlySet<string> = new Set([
  OIDS.countryName,
  OIDS.serialNumber,
  '2.5.4.46',
  '1.2.840.113549.1.9.1',
  '0.9.2342.19200300.100.1.25',
])

export const directoryStrings = (name: Name): boolean =>
  attributes(name).every(
    ({ type, stringType }) =>
      OTHER_SYNTAX.has(type) || stringType === tags.PRINTABLE_STRING || stringType === tags.UTF8_STRING,
  )

export const printableCharacters = (name: Name): boolean =>
  attributes(name).every(
    ({ stringType, value }) => stringType !== tags.PRINTABLE_STRING || isPrintable(value),
  )

/** In either letter case, like everyone who compares them. */
function sameCountry(it: CertificateView): number | undefined {
  const { issuer, subject } = it.certificate
  return unless(countryOf(issuer) === countryOf(subject), placeOf(it, subject.encoded))
}

const countryAndTwoLetters = (name: Name): boolean => {
  const [country, commonName, ...more] = attributes(name)
  return (
    country?.type === OIDS.countryName &&
    commonName?.type === OIDS.commonName &&
    commonName.stringType === tags.PRINTABLE_STRING &&
    /^[A-Z]{2}$/.test(commonName.value) &&
    more.length === 0
  )
}
