import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeTree, octetChange, sizeOfTree, treeChange } from '../../../../test/mutate.ts'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../test/reference-data.ts'
import { date, signed, specimenMasterList, specimenPki } from '../../../../test/specimen-pki.ts'
import { FormatError } from '../format-error.ts'
import { sameBytes } from '../tlv/index.ts'
import * as pki from './index.ts'

/** Runs a reading; anything that escapes it but a FormatError fails the test. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

const READERS: readonly ((of: pki.Certificate) => unknown)[] = [
  pki.subjectKeyIdentifier,
  pki.authorityKeyIdentifier,
  pki.keyUsage,
  pki.basicConstraints,
  pki.extendedKeyUsage,
  pki.privateKeyUsagePeriod,
  pki.documentTypeList,
  pki.hasNameChange,
  pki.subjectAltName,
  pki.issuerAltName,
  pki.crlDistributionPoints,
  ({ signatureAlgorithm }) => pki.signatureAlgorithmOf(signatureAlgorithm),
  ({ subject }) => [pki.nameKey(subject), pki.describeName(subject), pki.countryOf(subject)],
]

/** Everything that can be asked of a certificate, once it is read. */
function askCertificate(bytes: Uint8Array): void {
  const certificate = attempt(() => pki.parseCertificate(bytes))
  if (certificate === undefined) return
  expect(sameBytes(certificate.encoded, bytes)).toBe(true)
  for (const reader of READERS) attempt(() => reader(certificate))
  for (const { at } of pki.lintCertificate(certificate)) expect(at).toBeLessThan(bytes.length)
  pki.mergeProvenance([{ label: 'a', certificates: [bytes] }])
}

function askCrl(bytes: Uint8Array): void {
  const crl = attempt(() => pki.parseCrl(bytes))
  if (crl === undefined) return
  expect(sameBytes(crl.encoded, bytes)).toBe(true)
  // What was read once can be asked without any error.
  expect(pki.revocationsOf(crl).length).toBeLessThanOrEqual(crl.entryCount)
  for (const { serialHex } of pki.revocationsOf(crl))
    expect(pki.isRevoked(crl, new Uint8Array(Buffer.from(serialHex, 'hex')))).toBe(true)
  attempt(() => pki.crlNumber(crl))
  pki.crlCovers(crl, crl.issuer)
  pki.lintCrl(crl)
}

function askMasterList(bytes: Uint8Array): void {
  const list = attempt(() => pki.parseMasterList(bytes))
  if (list === undefined) return
  expect(sameBytes(list.encoded, bytes)).toBe(true)
  expect(pki.mergeProvenance([{ label: 'a', certificates: list.certificates }]).length).toBeGreaterThan(0)
  pki.lintMasterList(list)
}

const specimen = specimenPki()
const revoked = [specimen.documentSigner, specimen.listSigner].map(({ serial }) => ({
  serial,
  date: date('2026-02-01'),
}))
const crl = signed(
  specimen.cscaKey,
  pki.draftCrl({
    issuer: specimen.csca,
    signatureAlgorithm: specimen.cscaKey.algorithm,
    thisUpdate: date('2026-03-01'),
    nextUpdate: date('2026-05-01'),
    number: Uint8Array.of(7),
    revoked,
    formerNames: [specimen.listSigner.subject],
  }),
  pki.sealCrl,
)
const list = specimenMasterList(specimen, [specimen.csca.encoded, specimenPki().csca.encoded])

type Sample = readonly [string, Uint8Array, (bytes: Uint8Array) => void]
const samples: readonly Sample[] = [
  ['a CSCA', specimen.csca.encoded, askCertificate],
  ['a document signer', specimen.documentSigner.encoded, askCertificate],
  ['a seal signer', specimen.sealSigner.encoded, askCertificate],
  ['a revocation list', crl, askCrl],
  ['a master list', list, askMasterList],
]

/** Changes of elements, lengths around them kept right, and of octets without regard to what they are. */
function changed([, bytes, ask]: Sample, runs: number): void {
  const size = sizeOfTree(bytes)
  fc.assert(
    fc.property(fc.nat(size - 1), treeChange, (nth, change) => ask(changeTree(bytes, nth, change))),
    { numRuns: runs },
  )
  fc.assert(
    fc.property(octetChange, octetChange, fc.boolean(), (one, two, both) => {
      const once = one(bytes)
      ask(both && once.length > 0 ? two(once) : once)
    }),
    { numRuns: runs },
  )
}

describe('any change gives a reading or a FormatError, and what is read is the input', () => {
  test.each(samples)('of %s', (...sample) => {
    sample[2](sample[1])
    changed(sample, 800)
  })

  test('of no sample at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        askCertificate(bytes)
        askCrl(bytes)
        askMasterList(bytes)
        attempt(() => pki.parsePublicKey(bytes))
        attempt(() => pki.parseAlgorithmIdentifier(bytes))
      }),
      { numRuns: 2000 },
    )
  })

  test('of any extension’s value', () => {
    const { csca } = specimen
    fc.assert(
      fc.property(fc.nat(csca.extensions.length - 1), fc.uint8Array({ maxLength: 60 }), (nth, value) => {
        const extensions = csca.extensions.map((one, i) => (i === nth ? { ...one, value } : one))
        for (const reader of READERS) attempt(() => reader({ ...csca, extensions }))
        pki.lintCertificate({ ...csca, extensions })
      }),
      { numRuns: 1500 },
    )
  })

  test('of an extension’s value, part by part', () => {
    const { csca, documentSigner } = specimen
    const every = [csca, documentSigner].flatMap((of) => of.extensions.map((one) => [of, one] as const))
    fc.assert(
      fc.property(fc.constantFrom(...every), fc.nat(), treeChange, ([of, one], nth, change) => {
        const value = changeTree(one.value, nth % sizeOfTree(one.value), change)
        const extensions = of.extensions.map((other) => (other === one ? { ...one, value } : other))
        for (const reader of READERS) attempt(() => reader({ ...of, extensions }))
        pki.lintCertificate({ ...of, extensions })
      }),
      { numRuns: 2000 },
    )
  })
})

describe.skipIf(!haveReferenceData)(`the same for what is real ${withReferenceData}`, () => {
  const german = haveReferenceData
    ? pki.parseMasterList(referenceData('emrtd', 'masterlists', 'DE_ML_2026-05-28-08-28-45.ml')).certificates
    : []

  test('certificates of the German list', () => {
    fc.assert(
      fc.property(
        fc.nat(german.length - 1),
        fc.nat(),
        treeChange,
        octetChange,
        (which, nth, tree, octets) => {
          const bytes = german[which]!
          askCertificate(changeTree(bytes, nth % sizeOfTree(bytes), tree))
          askCertificate(octets(bytes))
        },
      ),
      { numRuns: 800 },
    )
  })

  test.each([
    ['a revocation list', 'emrtd/vdsnc/aus-crl.crl', askCrl],
    ['a revocation list with entries', 'security/pkits/crls/GoodCACRL.crl', askCrl],
    ['a revocation list of one reason', 'security/pkits/crls/indirectCRLCA5CRL.crl', askCrl],
    ['a CSCA with a policy', 'emrtd/vdsnc/csca-aus.cer', askCertificate],
  ])('%s', (name, path, ask) => {
    changed([name, referenceData(...path.split('/')), ask], 500)
  })

  test('and nothing that changed in a list has the digest it was signed with', () => {
    const bytes = referenceData('emrtd', 'masterlists', 'NL_ML_2026-07-22.ml')
    const { content } = pki.parseMasterList(bytes).signedData
    const from = content.byteOffset - bytes.byteOffset
    const digest = createHash('sha256').update(content).digest('hex')
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changedList = bytes.slice()
        changedList[from + at]! ^= flip
        const read = attempt(() => pki.parseMasterList(changedList))
        if (read !== undefined)
          expect(createHash('sha256').update(read.signedData.content).digest('hex')).not.toBe(digest)
      }),
      { numRuns: 40 },
    )
  })
})
