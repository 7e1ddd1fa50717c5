import { checkDer, readBitString, tags } from '../../der/index.ts'
import { childrenOf, type Element, Fields, readOnly, sameBytes } from '../../tlv/index.ts'
import { type Extended, type Extension, extensionOf } from '../certificate.ts'
import * as read from '../extensions.ts'
import { type Attribute, sameName } from '../name.ts'
import { OIDS } from '../oids.ts'
import { faultOf, unless } from './rule.ts'
import { IN_TABLE } from './rules-of-presence.ts'
import { type CertificateView, monthsAfter, placeOfExtension } from './view.ts'

type Fault = number | undefined

/** Judges an extension where it is there; that it must be there is another rule. */
function where(it: CertificateView, oid: string, holds: (extension: Extension) => boolean): Fault {
  const extension = extensionOf(it.certificate, oid)
  return extension && unless(holds(extension), placeOfExtension(it, extension))
}

/** The place of the first extension that does not hold, plus where inside it. */
function everyExtension(it: CertificateView, fault: (extension: Extension) => Fault): Fault {
  for (const extension of it.certificate.extensions) {
    const at = fault(extension)
    if (at !== undefined) return placeOfExtension(it, extension) + at
  }
  return undefined
}

export const defaultEncoded = (it: CertificateView): Fault =>
  everyExtension(it, ({ defaultWritten }) => unless(!defaultWritten, 0))

export const extensionDer = (it: CertificateView): Fault =>
  everyExtension(it, ({ value }) => faultOf(() => checkDer(value)))

const READERS: readonly (readonly [string, (of: Extended) => unknown])[] = [
  [OIDS.authorityKeyIdentifier, read.authorityKeyIdentifier],
  [OIDS.subjectKeyIdentifier, read.subjectKeyIdentifier],
  [OIDS.keyUsage, read.keyUsage],
  [OIDS.privateKeyUsagePeriod, read.privateKeyUsagePeriod],
  [OIDS.subjectAltName, read.subjectAltName],
  [OIDS.issuerAltName, read.issuerAltName],
  [OIDS.basicConstraints, read.basicConstraints],
  [OIDS.extKeyUsage, read.extendedKeyUsage],
  [OIDS.crlDistributionPoints, read.crlDistributionPoints],
  [OIDS.documentTypeList, read.documentTypeList],
]

/** What this room reads must be readable; rules about its content are passed over where it is not. */
export function extensionValue(it: CertificateView): Fault {
  for (const [oid, reader] of READERS) {
    const fault = where(it, oid, () => faultOf(() => reader(it.certificate)) === undefined)
    if (fault !== undefined) return fault
  }
  return undefined
}

export const otherCritical = (it: CertificateView): Fault =>
  everyExtension(it, ({ oid, critical }) => unless(IN_TABLE.has(oid) || !critical, 0))

export const otherExtension = (it: CertificateView): Fault =>
  everyExtension(it, ({ oid }) => unless(IN_TABLE.has(oid), 0))

export const namesKeyOfIssuer = (it: CertificateView): Fault =>
  where(it, OIDS.authorityKeyIdentifier, () => (read.authorityKeyIdentifier(it.certificate)?.length ?? 0) > 0)

/** Exactly these, no more and no fewer. */
export const usages = (it: CertificateView, wanted: readonly read.KeyUsage[]): Fault =>
  where(it, OIDS.keyUsage, () => read.keyUsage(it.certificate)?.join() === wanted.join())

/** A list of named bits ends with a bit that is set. */
export const trailingBits = (it: CertificateView): Fault =>
  where(it, OIDS.keyUsage, ({ value }) => {
    const { bytes, unusedBits } = readBitString(readOnly(value))
    return bytes.length === 0 || (bytes[bytes.length - 1]! & (1 << unusedBits)) !== 0
  })

export const signing = (it: CertificateView, holds: (period: read.Period) => boolean): Fault =>
  where(it, OIDS.privateKeyUsagePeriod, () => holds(read.privateKeyUsagePeriod(it.certificate)!))

export const hasBound = ({ notBefore, notAfter }: read.Period): boolean =>
  notBefore !== undefined || notAfter !== undefined

export const inOrder = ({ notBefore, notAfter }: read.Period): boolean =>
  notBefore === undefined || notAfter === undefined || notBefore.getTime() < notAfter.getTime()

export const insideValidity = (it: CertificateView): Fault =>
  signing(it, ({ notBefore, notAfter }) => {
    const { certificate } = it
    return (
      (notBefore === undefined || notBefore.getTime() >= certificate.notBefore.getTime()) &&
      (notAfter === undefined || notAfter.getTime() <= certificate.notAfter.getTime())
    )
  })

/** A period open at one end is bounded by the certificate's own validity. */
export const signsAtMost = (it: CertificateView, months: number): Fault =>
  signing(it, (period) => {
    const from = period.notBefore ?? it.certificate.notBefore
    const to = period.notAfter ?? it.certificate.notAfter
    return to.getTime() <= monthsAfter(from, months).getTime()
  })

type NameOid = typeof OIDS.subjectAltName | typeof OIDS.issuerAltName

function namesIn(it: CertificateView, oid: NameOid): readonly read.GeneralName[] {
  const reader = oid === OIDS.subjectAltName ? read.subjectAltName : read.issuerAltName
  return reader(it.certificate) ?? []
}

/** The code of the state as locality, and where it stands for several issuers theirs as province; nothing else. */
export const directory = (it: CertificateView, oid: NameOid): Fault =>
  where(it, oid, () =>
    namesIn(it, oid).some((name) => name.kind === 'directory' && isDirectoryOfCodes(name.name.parts.flat())),
  )

function isDirectoryOfCodes(attributes: readonly Attribute[]): boolean {
  const localities = attributes.filter(({ type }) => type === OIDS.localityName)
  const provinces = attributes.filter(({ type }) => type === OIDS.stateOrProvinceName)
  return (
    localities.length === 1 &&
    /^[A-Z]{1,3}$/.test(localities[0]!.value) &&
    provinces.length <= 1 &&
    provinces.every(({ value }) => /^[A-Z]{3}$/.test(value)) &&
    attributes.length === localities.length + provinces.length
  )
}

export const contact = (it: CertificateView, oid: NameOid): Fault =>
  where(it, oid, () => namesIn(it, oid).some(({ kind }) => kind !== 'directory' && kind !== 'other'))

export const sameAlternativeNames = (it: CertificateView): Fault =>
  where(it, OIDS.issuerAltName, ({ value }) => {
    const subject = extensionOf(it.certificate, OIDS.subjectAltName)
    return subject === undefined || sameBytes(value, subject.value)
  })

export const isCa = (it: CertificateView): Fault =>
  where(it, OIDS.basicConstraints, () => read.basicConstraints(it.certificate)!.ca)

export const pathLength = (it: CertificateView): Fault =>
  where(it, OIDS.basicConstraints, () => read.basicConstraints(it.certificate)!.pathLength === 0)

/** The profile is known by one purpose; here, that there is no other beside it. */
export const onePurpose = (it: CertificateView): Fault =>
  where(it, OIDS.extKeyUsage, () => read.extendedKeyUsage(it.certificate)?.join() === PURPOSES[it.profile!])

const PURPOSES: Readonly<Record<string, string>> = {
  'master-list-signer': OIDS.masterListSigner,
  'deviation-list-signer': OIDS.deviationListSigner,
  'seal-signer': OIDS.barcodeSigner,
}

/** Judges every distribution point by its fields. [RFC5280 §4.2.1.13] */
export const points = (it: CertificateView, holds: (fields: readonly Element[]) => boolean): Fault =>
  where(it, OIDS.crlDistributionPoints, ({ value }) => {
    const list = childrenOf(readOnly(value), 16)
    return list.length > 0 && list.every((point) => holds(childrenOf(point, 3)))
  })

/** A full name with an address that is ldap, http or https. */
export function hasUri(point: readonly Element[]): boolean {
  const name = point.find(({ tag }) => tag === tags.contextConstructed(0))
  const full = name && new Fields(name, 'RFC5280 §4.2.1.13').optional(tags.contextConstructed(0))
  if (full === undefined) return false
  return childrenOf(full, 16).some((element) => {
    const general = read.readGeneralName(element)
    return general.kind === 'uri' && /^(?:ldap|https?):\/\//i.test(general.value)
  })
}

export const hasNoReasons = (point: readonly Element[]): boolean =>
  point.every(({ tag }) => tag !== tags.contextPrimitive(1))

export const hasNoIssuer = (point: readonly Element[]): boolean =>
  point.every(({ tag }) => tag !== tags.contextConstructed(2))

const keepsName = ({ certificate }: CertificateView): boolean =>
  sameName(certificate.issuer, certificate.subject)

export const renamedWithoutSaying = (it: CertificateView): Fault =>
  unless(keepsName(it) || read.hasNameChange(it.certificate), 0)

export const saysRenamedWithoutBeing = (it: CertificateView): Fault =>
  where(it, OIDS.nameChange, () => !keepsName(it))

export const nameChangeIsNull = (it: CertificateView): Fault =>
  where(it, OIDS.nameChange, ({ value }) => value.length === 2 && value[0] === tags.NULL)

export const documentCodes = (it: CertificateView): Fault =>
  where(it, OIDS.documentTypeList, ({ value }) => {
    const codes = read.documentTypeList(it.certificate) ?? []
    const sets = childrenOf(readOnly(value)).filter(({ tag }) => tag === tags.SET)
    const printable = sets.every((set) => childrenOf(set).every(({ tag }) => tag === tags.PRINTABLE_STRING))
    return codes.length > 0 && printable && codes.every((code) => /^[A-Z][A-Z<]?$/.test(code))
  })

export const oneSet = (it: CertificateView): Fault =>
  where(it, OIDS.documentTypeList, ({ value }) => childrenOf(readOnly(value)).length === 2)
