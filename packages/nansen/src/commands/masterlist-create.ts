import * as node from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { FormatError } from '@nansen/formats'
import {
  basicConstraints,
  type Certificate,
  draftMasterList,
  encodeMasterListContent,
  type HashName,
  type PublicKey,
  parseCertificate,
  type SignatureAlgorithm,
  sealMasterList,
} from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import { inspect, openTrust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { UsageError } from '../exit.ts'
import { parseMoment, parseOptions } from '../options.ts'
import type { Output } from '../output.ts'
import { readCertificateFile, readCertificates, readNamed } from '../read-certificates.ts'
import { sentence } from '../text/en.ts'

const HELP = `nansen masterlist create --signer CERT --csca CERT --at MOMENT --to-be-signed FILE PATH...
nansen masterlist create --signer CERT --csca CERT --at MOMENT --signature FILE --out LIST PATH...

Makes a master list of the certificates behind each PATH: certificates (DER or PEM), master lists, or
folders of them; each certificate once. The key never comes near this program: the first command writes
the bytes to be signed, you have them signed where the key is, and the second command puts the signature
in. Both must name the same moment, because it is signed too. Before the list is written it is inspected
under the CSCA's certificate, and only a list that is accepted is written.

  --signer CERT        certificate of the master list signer
  --csca CERT          certificate of the CSCA that issued it
  --at MOMENT          when it is signed: 2026-11-23T09:00:00Z
  --to-be-signed FILE  where the bytes to be signed go
  --signature FILE     the signature over them: for an EC key as DER; for RSA with PSS, the salt as long
                       as the hash. The hash is SHA-256, for a larger curve SHA-384 or SHA-512
  --out LIST           where the list goes
  --help

Whether a certificate belongs in the list is your decision; look with: nansen masterlist diff
A specimen state gets its list from its ceremony: nansen ceremony list
`

/** `nansen masterlist create`. */
export async function masterlistCreate(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    signer: { type: 'string' },
    csca: { type: 'string' },
    at: { type: 'string' },
    'to-be-signed': { type: 'string' },
    signature: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  const ways = [values['to-be-signed'], values.signature].filter((way) => way !== undefined)
  if (
    values.signer === undefined ||
    values.csca === undefined ||
    positionals.length === 0 ||
    ways.length !== 1
  )
    throw new UsageError(
      'it wants --signer, --csca, one of --to-be-signed and --signature, and PATHs. Type --help',
    )
  if (values.at === undefined)
    throw new UsageError('--at: name the moment of signing, the same in both steps')
  const signer = await readCertificateFile('--signer', values.signer)
  const signerIssuer = await readCertificateFile('--csca', values.csca)
  const certificates = await collect(positionals)
  const algorithm = algorithmFor(signer.publicKey)
  const signingTime = wholeSeconds(parseMoment(values.at))
  const draft = draftOrExplain(certificates, signer, signerIssuer, algorithm, signingTime)

  if (values['to-be-signed'] !== undefined) {
    await writeFile(values['to-be-signed'], draft.toBeSigned)
    output.out(
      `${draft.toBeSigned.length} octets to be signed, for a list of ${certificates.length} certificates\n`,
    )
    return 0
  }
  if (values.out === undefined) throw new UsageError('--out: name the file for the list')
  const signature = await readNamed('--signature', values.signature!)
  const list = sealMasterList(draft, signature)
  await demandAccepted(list, signerIssuer, signingTime)
  await writeFile(values.out, list)
  output.out(`${values.out}: a list of ${certificates.length} certificates\n`)
  return 0
}

async function collect(paths: readonly string[]): Promise<readonly Uint8Array[]> {
  const unique = new Map<string, Uint8Array>()
  for (const path of paths)
    for (const bytes of await readCertificates(path)) {
      demandAuthority(path, bytes)
      unique.set(hex(bytes), bytes)
    }
  if (unique.size === 0) throw new UsageError('there is no certificate behind these paths')
  return [...unique.values()]
}

/** A list is of authorities: a signer's certificate in it would be trusted to sign certificates. [9303-12 §9] */
function demandAuthority(path: string, bytes: Uint8Array): void {
  try {
    const certificate = parseCertificate(bytes)
    if (certificate.version === 3 && basicConstraints(certificate)?.ca !== true)
      throw new UsageError(`${path}: ${sentence('chain.not-an-authority')}`)
  } catch (error) {
    if (error instanceof FormatError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}

function draftOrExplain(
  certificates: readonly Uint8Array[],
  signer: Certificate,
  signerIssuer: Certificate,
  signatureAlgorithm: SignatureAlgorithm,
  signingTime: Date,
) {
  const { hash } = signatureAlgorithm
  const digest = node.createHash(hash).update(encodeMasterListContent(certificates)).digest()
  try {
    return draftMasterList({
      certificates,
      contentDigest: new Uint8Array(digest),
      hash,
      signatureAlgorithm,
      signer,
      signerIssuer,
      signingTime,
    })
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message)
    throw error
  }
}

/** The hash follows the curve; RSA signs with PSS. [9303-12 §4.1.6] @throws UsageError */
function algorithmFor(key: PublicKey): SignatureAlgorithm {
  if (key.kind === 'rsa') return { scheme: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 }
  if (key.kind !== 'ec') throw new UsageError('--signer: its key is neither RSA nor on a known curve')
  const hash: HashName = key.curve.size <= 32 ? 'sha256' : key.curve.size <= 48 ? 'sha384' : 'sha512'
  return { scheme: 'ecdsa', hash, encoding: 'der' }
}

/** The receiver's own eyes, before anybody else has it. */
async function demandAccepted(list: Uint8Array, csca: Certificate, at: Date): Promise<void> {
  const crypto = nodeCrypto(node)
  const { trust } = await openTrust([{ label: 'csca', bytes: csca.encoded }], crypto)
  const { verdict } = await inspect(list, trust, at, crypto)
  if (verdict.verdict === 'accepted') return
  const [found] = verdict.verdict === 'unproven' ? verdict.missing : verdict.because
  throw new UsageError(
    `the list would not be accepted, and is not written: ${sentence(found.code)} (${found.code})`,
  )
}

const wholeSeconds = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000)
