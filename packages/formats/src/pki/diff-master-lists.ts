import { type CertificateSource, keyOf, mergeProvenance, type ProvenCertificate } from './provenance.ts'

/** What changed from one list to another; every certificate with the labels of the lists that hold it. */
export interface MasterListDiff {
  readonly added: readonly ProvenCertificate[]
  readonly removed: readonly ProvenCertificate[]
  readonly same: readonly ProvenCertificate[]
}

/**
 * Compares two lists, of two dates or of two states, certificate by certificate and by their bytes; the
 * order inside a list does not count. The result is sorted by country, begin of validity and serial number.
 * @param others lists that are not compared, but whose labels are wanted: who else holds what was added?
 */
export function diffMasterLists(
  from: CertificateSource,
  to: CertificateSource,
  others: readonly CertificateSource[] = [],
): MasterListDiff {
  const before = new Set(from.certificates.map(keyOf))
  const after = new Set(to.certificates.map(keyOf))
  const added: ProvenCertificate[] = []
  const removed: ProvenCertificate[] = []
  const same: ProvenCertificate[] = []
  for (const one of mergeProvenance([from, to, ...others]).toSorted(byCountryAndDate)) {
    const key = keyOf(one.encoded)
    if (before.has(key)) (after.has(key) ? same : removed).push(one)
    else if (after.has(key)) added.push(one)
  }
  return { added, removed, same }
}

/** Those that cannot be read come last, as they were given. */
function byCountryAndDate(a: ProvenCertificate, b: ProvenCertificate): number {
  const [x, y] = [a.certificate, b.certificate]
  if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined)
  return (
    compareText(x.country ?? '', y.country ?? '') ||
    x.notBefore.getTime() - y.notBefore.getTime() ||
    compareText(x.serialHex, y.serialHex)
  )
}

/** By code unit, so that the result does not depend on the reader's language. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
