import { FormatError } from '@nansen/formats'
import { type Mrz, parseMrz } from '@nansen/formats/mrz'
import { parseCertificate, parseCrl, parseMasterList } from '@nansen/formats/pki'
import type { Crypto } from '../crypto/crypto.ts'
import type { Finding } from '../finding.ts'
import type { Presented } from '../recognise-input/index.ts'
import { purposeOf, SIGNS_DOCUMENTS, SIGNS_MASTER_LISTS } from '../trust/purpose.ts'
import { issuerOfCrl } from '../trust/revocation.ts'
import type { Trust } from '../trust/trust.ts'
import { type Signed, verifySignedData } from '../trust/verify-signed-data.ts'
import { readChip } from './chip.ts'
import { type Evidence, evidence } from './evidence.ts'

/** Reads what was presented and has the cryptography done; what it means is for the checks. */
export async function gather(
  presented: Presented,
  trust: Trust,
  at: Date,
  crypto: Crypto,
): Promise<Evidence> {
  try {
    switch (presented.kind) {
      case 'unknown':
        return evidence({ kind: 'unknown', at, malformed: presented.finding })
      case 'mrz':
        return evidence({ kind: 'mrz', at, printed: parseMrz(presented.text) })
      case 'certificate':
        return await gatherCertificate(presented.bytes, trust, at, crypto)
      case 'crl':
        return await gatherCrl(presented.bytes, trust, at, crypto)
      case 'master-list':
        return await gatherMasterList(presented.bytes, trust, at, crypto)
      case 'emrtd':
      case 'sod':
        return await gatherChip(presented, trust, at, crypto)
    }
  } catch (error) {
    if (error instanceof FormatError)
      return evidence({ kind: presented.kind, at, malformed: malformedAt(presented.kind, error) })
    throw error
  }
}

const malformedAt = (where: string, { code, at, cites }: FormatError): Finding => ({
  code,
  where: `${where} +${at}`,
  cites,
})

async function gatherChip(
  presented: Presented & { kind: 'emrtd' | 'sod' },
  trust: Trust,
  at: Date,
  crypto: Crypto,
): Promise<Evidence> {
  const chip = await readChip(presented.files, crypto)
  const { message } = chip
  const printed = readPrinted(presented.mrzText)
  const signature =
    message &&
    (await signedOrMalformed(() =>
      verifySignedData(message.signedData, message.signer, crypto, 'SOD', trust.readCertificate),
    ))
  const signed = signature?.signed
  const signer = signed?.signer
  return {
    kind: presented.kind,
    at,
    malformed: presented.malformed ?? chip.malformed ?? printed?.malformed ?? signature?.malformed,
    notes: [...presented.notes, ...chip.notes],
    printed: printed?.zone,
    chip,
    signed,
    signer,
    standing: signer && (await trust.certify(signer, SIGNS_DOCUMENTS, crypto)),
    revocation: signer && trust.revocationLists.ask(signer, at),
    certificate: undefined,
    crl: undefined,
    presentedAnchor: undefined,
    masterList: undefined,
  }
}

interface Printed {
  readonly zone?: Mrz
  readonly malformed?: Finding
}

function readPrinted(text: string | undefined): Printed | undefined {
  if (text === undefined) return undefined
  try {
    return { zone: parseMrz(text) }
  } catch (error) {
    if (error instanceof FormatError) return { malformed: malformedAt('mrz', error) }
    throw error
  }
}

/** Parameters of an algorithm are read only when it is used, so the format can still turn out wrong there. */
async function signedOrMalformed(
  verify: () => Promise<Signed>,
): Promise<{ readonly signed?: Signed; readonly malformed?: Finding }> {
  try {
    return { signed: await verify() }
  } catch (error) {
    if (error instanceof FormatError) return { malformed: malformedAt('SOD', error) }
    throw error
  }
}

async function gatherCertificate(
  bytes: Uint8Array,
  trust: Trust,
  at: Date,
  crypto: Crypto,
): Promise<Evidence> {
  const certificate = parseCertificate(bytes)
  const presentedAnchor = trust.anchors.find(bytes)
  const known = { kind: 'certificate', at, certificate, presentedAnchor, signer: certificate } as const
  if (presentedAnchor !== undefined) return evidence(known)
  return evidence({
    ...known,
    standing: await trust.certify(certificate, purposeOf(certificate), crypto),
    revocation: trust.revocationLists.ask(certificate, at),
  })
}

async function gatherCrl(bytes: Uint8Array, trust: Trust, at: Date, crypto: Crypto): Promise<Evidence> {
  const crl = parseCrl(bytes)
  return evidence({
    kind: 'crl',
    at,
    crl,
    standing: await issuerOfCrl(crl, trust.anchors, crypto),
  })
}

async function gatherMasterList(
  bytes: Uint8Array,
  trust: Trust,
  at: Date,
  crypto: Crypto,
): Promise<Evidence> {
  const list = parseMasterList(bytes)
  const [signerInfo] = list.signedData.signers
  if (signerInfo === undefined) throw new FormatError('cms.no-signer', 0, '9303-12 §9')
  const signed = await verifySignedData(
    list.signedData,
    signerInfo,
    crypto,
    'master list',
    trust.readCertificate,
  )
  const { signer } = signed
  return evidence({
    kind: 'master-list',
    at,
    signed,
    signer,
    standing: signer && (await trust.certify(signer, SIGNS_MASTER_LISTS, crypto)),
    revocation: signer && trust.revocationLists.ask(signer, at),
    masterList: {
      certificates: list.certificates.length,
      signedAt: signerInfo.signedAttributes?.signingTime,
    },
  })
}
