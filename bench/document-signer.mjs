import * as node from 'node:crypto'
import {
  draftCsca,
  draftDocumentSigner,
  parseCertificate,
  parsePublicKey,
  sealCertificate,
} from '@nansen/formats/pki'

/** @typedef {ReturnType<typeof makeKey>} BenchKey */

/** @type {import('@nansen/formats/pki').SignatureAlgorithm} */
const algorithm = { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' }
const date = (/** @type {string} */ day) => new Date(`${day}T00:00:00Z`)

function makeKey() {
  const { publicKey, privateKey } = node.generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const parsed = parsePublicKey(new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })))
  if (parsed.kind !== 'ec') throw new Error('bench: not a key on a curve')
  const keyIdentifier = new Uint8Array(node.createHash('sha1').update(parsed.point).digest())
  return { privateKey, publicKey: parsed, keyIdentifier, algorithm }
}

/** A document signer of Utopia whose private key the peers can have too; its curve is named, as they need it. */
export function makeDocumentSigner() {
  const [cscaKey, key] = [makeKey(), makeKey()]
  const content = (
    /** @type {BenchKey} */ of,
    /** @type {string} */ commonName,
    /** @type {number} */ serial,
  ) => ({
    subject: { country: 'UT', organization: 'Utopia (specimen)', commonName },
    serial: Uint8Array.of(serial),
    publicKey: of.publicKey,
    keyIdentifier: of.keyIdentifier,
    alternativeName: { state: 'UTO', email: 'csca@utopia.example' },
    crlUris: ['https://pki.utopia.example/crl'],
    signatureAlgorithm: algorithm,
    ecParameters: /** @type {const} */ ('named'),
    notBefore: date('2026-01-01'),
    notAfter: date('2036-01-01'),
    signingPeriod: { notBefore: date('2026-01-01'), notAfter: date('2026-12-31') },
  })
  const sign = (/** @type {Uint8Array} */ bytes) =>
    new Uint8Array(node.sign('sha256', bytes, cscaKey.privateKey))
  const cscaDraft = draftCsca({ ...content(cscaKey, 'CSCA Utopia', 1) })
  const csca = parseCertificate(sealCertificate(cscaDraft, sign(cscaDraft.toBeSigned)))
  const draft = draftDocumentSigner({
    ...content(key, 'Document signer 1', 2),
    issuer: csca,
    documentTypes: ['PT'],
  })
  return { key, certificate: parseCertificate(sealCertificate(draft, sign(draft.toBeSigned))) }
}
