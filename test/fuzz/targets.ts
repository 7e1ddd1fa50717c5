import * as node from 'node:crypto'
import { FormatError } from '@nansen/formats'
import { parseSignedData } from '@nansen/formats/cms'
import * as der from '@nansen/formats/der'
import * as lds from '@nansen/formats/lds'
import * as mrz from '@nansen/formats/mrz'
import { matches, transliterate, variantsOf } from '@nansen/formats/mrz/transliteration'
import * as pki from '@nansen/formats/pki'
import { childrenOf, type Element, readOnly, sameBytes } from '@nansen/formats/tlv'
import { inspect, openTrust, type Trust } from '@nansen/inspection'
import { nodeCrypto } from '../../packages/inspection/src/crypto/node.ts'
import { AGAIN, isAgain } from '../re-encoding.ts'

// What is fuzzed. A target may end, or throw whatever it likes about itself: that is a finding. A FormatError
// is caught where it may arise.

export type TargetName = 'der' | 'cms' | 'pki' | 'lds' | 'mrz' | 'inspect'

export type Target = (bytes: Uint8Array, trust: Trust) => void | Promise<void>

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  der: derTarget,
  cms: cmsTarget,
  pki: pkiTarget,
  lds: ldsTarget,
  mrz: mrzTarget,
  inspect: inspectTarget,
}

/** The moment at which seeds are judged; they were made for it. */
export const AT = new Date('2026-09-01T12:00:00Z')

const crypto = nodeCrypto(node)

/** Something that must hold of anything that is read. */
function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`broken: ${what}`)
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    demand(Number.isInteger(error.at) && error.at >= 0, 'an error has a place')
    demand(/^[a-z]+\.[a-z0-9.-]+$/.test(error.code) && error.cites !== '', 'an error has a code and a rule')
    return undefined
  }
}

const comesBack = (kind: string, bytes: Uint8Array): void => {
  attempt(() => demand(isAgain(AGAIN[kind]!, bytes), `${kind} comes back`))
}

const READERS: readonly ((element: Element) => unknown)[] = [
  der.readBoolean,
  der.integerOctets,
  der.readSmallInteger,
  der.readUnsigned,
  der.readOid,
  der.readNull,
  der.readBitString,
  der.readOctetString,
  der.readString,
  der.readTime,
]

function walk(element: Element, left: { elements: number }): void {
  if (--left.elements < 0) return
  for (const read of READERS) attempt(() => read(element))
  if (!element.constructed) return
  for (const child of attempt(() => childrenOf(element)) ?? []) {
    demand(child.start >= element.contentStart && child.end <= element.contentEnd, 'a child is inside')
    walk(child, left)
  }
}

function derTarget(bytes: Uint8Array): void {
  for (const lengths of ['der', 'ber'] as const) {
    const element = attempt(() => readOnly(bytes, { lengths }))
    if (element !== undefined) walk(element, { elements: 60 })
  }
  const strict = attempt(() => {
    der.checkDer(bytes)
    return true
  })
  if (strict) demand(isAgain(AGAIN.tree!, bytes), 'DER comes back')
  comesBack('tree', bytes)
}

function cmsTarget(bytes: Uint8Array): void {
  attempt(() => parseSignedData(bytes, { lengths: 'ber' }))
  comesBack('signed message', bytes)
  comesBack('master list', bytes)
  comesBack('security object', bytes)
}

const OF_CERTIFICATE: readonly ((of: pki.Certificate) => unknown)[] = [
  pki.subjectKeyIdentifier,
  pki.authorityKeyIdentifier,
  pki.keyUsage,
  pki.basicConstraints,
  pki.extendedKeyUsage,
  pki.privateKeyUsagePeriod,
  pki.documentTypeList,
  pki.subjectAltName,
  pki.issuerAltName,
  pki.crlDistributionPoints,
  ({ signatureAlgorithm }) => pki.signatureAlgorithmOf(signatureAlgorithm, 'sha256'),
]

function pkiTarget(bytes: Uint8Array): void {
  for (const kind of [
    'certificate',
    'revocation list',
    'master list',
    'public key',
    'signature algorithm',
    'name',
  ])
    comesBack(kind, bytes)
  const certificate = attempt(() => pki.parseCertificate(bytes))
  if (certificate !== undefined) {
    for (const read of OF_CERTIFICATE) attempt(() => read(certificate))
    pki.lintCertificate(certificate)
    pki.describeName(certificate.subject)
    demand(pki.sameName(certificate.subject, certificate.subject), 'a name is itself')
    demand(pki.mergeProvenance([{ label: 'a', certificates: [bytes, bytes] }]).length === 1, 'one is one')
  }
  const crl = attempt(() => pki.parseCrl(bytes))
  if (crl !== undefined) {
    pki.lintCrl(crl)
    attempt(() => pki.crlNumber(crl))
    demand(pki.crlCovers(crl, crl.issuer) === 'same-name', 'a list covers its issuer')
    for (const { serialHex } of pki.revocationsOf(crl))
      demand(pki.isRevoked(crl, new Uint8Array(Buffer.from(serialHex, 'hex'))), 'what is listed is revoked')
  }
  const list = attempt(() => pki.parseMasterList(bytes))
  if (list !== undefined) pki.lintMasterList(list)
}

interface Group {
  readonly parse: (bytes: Uint8Array) => { readonly deviations: readonly unknown[] }
  /** The way back, of those groups of which everything is read. */
  readonly again?: (bytes: Uint8Array) => Uint8Array
}

const GROUPS: readonly Group[] = [
  { parse: lds.parseEfCom, again: (bytes) => lds.encodeEfCom(lds.parseEfCom(bytes)) },
  { parse: lds.parseDg1 },
  { parse: lds.parseDg2 },
  { parse: lds.parseBiometricGroup },
  { parse: lds.parseDg5, again: (bytes) => lds.encodeDg5(lds.parseDg5(bytes).images.map(imageOf)) },
  { parse: lds.parseDg7, again: (bytes) => lds.encodeDg7(lds.parseDg7(bytes).images.map(imageOf)) },
  { parse: lds.parseFramed },
  { parse: lds.parseDg11, again: (bytes) => lds.encodeDg11(lds.parseDg11(bytes)) },
  { parse: lds.parseDg12, again: (bytes) => lds.encodeDg12(lds.parseDg12(bytes)) },
  { parse: lds.parseDg13 },
  { parse: lds.parseDg14 },
  { parse: lds.parseDg15 },
  { parse: lds.parseDg16, again: (bytes) => lds.encodeDg16(lds.parseDg16(bytes).persons) },
]

const imageOf = ({ bytes }: lds.EmbeddedImage): Uint8Array => bytes

function ldsTarget(bytes: Uint8Array): void {
  const recognised = attempt(() => lds.recogniseFile(bytes))
  const file = recognised?.bytes ?? bytes
  for (const { parse, again } of GROUPS) {
    const group = attempt(() => parse(file))
    if (group === undefined || group.deviations.length > 0 || again === undefined) continue
    demand(sameBytes(again(file), file), 'a group without deviations comes back')
  }
  const sod = attempt(() => lds.parseSod(file))
  if (sod !== undefined) pki.lintSod(sod)
  comesBack('security object', file)
}

const LANGUAGES = ['en', 'de', 'ru', 'uk', 'sr', 'ar', 'fa', 'ka', 'hy', 'el', 'zz']

function mrzTarget(bytes: Uint8Array): void {
  const text = new TextDecoder('latin1').decode(bytes)
  const zone = attempt(() => mrz.parseMrz(bytes))
  const same = attempt(() => mrz.parseMrz(text))
  demand(JSON.stringify(zone) === JSON.stringify(same), 'bytes and text say the same')
  if (zone !== undefined) {
    demand(zone.lines.join('') === text.replace(/[\r\n]/g, ''), 'every character is in a line')
    if (zone.birth.value) mrz.resolveBirth(zone.birth.value, AT)
    if (zone.expiry.value) mrz.resolveExpiry(zone.expiry.value, { at: AT, issuedAt: undefined })
    mrz.passportTypeOf(zone.documentCode.value)
    mrz.countryOfIssuer(zone.issuer.value)
  }
  const name = new TextDecoder().decode(bytes.subarray(0, 200))
  const language = LANGUAGES[(bytes[0] ?? 0) % LANGUAGES.length]!
  const written = attempt(() => transliterate(name, { language }))
  if (written === undefined) return
  demand(/^[ -~]*$/.test(written), 'what is written has the letters of a zone')
  if (name.length < 60) attempt(() => variantsOf(name, { language }))
  attempt(() => matches(written.toUpperCase().slice(0, 39), name, { language }))
}

async function inspectTarget(bytes: Uint8Array, trust: Trust): Promise<void> {
  const whole = await inspect(bytes, trust, AT, crypto)
  demand(whole.checks.length > 0 || whole.kind === 'unknown', 'there are checks')
  JSON.stringify(whole)
  const inFolder = await inspect([{ name: 'EF_SOD.bin', bytes }], trust, AT, crypto)
  demand(inFolder.verdict.verdict !== 'accepted', 'one file is no document')
  const asText = await inspect(new TextDecoder('latin1').decode(bytes), trust, AT, crypto)
  demand(asText.verdict.verdict !== 'accepted', 'a text is no document')
  const { reports } = await openTrust([{ label: 'a', bytes }], crypto)
  demand(reports.length >= 1, 'a source of trust is reported')
}
