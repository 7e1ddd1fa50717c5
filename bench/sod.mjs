import { spawnSync } from 'node:child_process'
import * as node from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { draftSod, encodeLdsSecurityObject, parseSod, sealSod } from '@nansen/formats/lds'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'
import { makeDocumentSigner } from './document-signer.mjs'
import { makeBenchPapers } from './fixtures.mjs'
import { perSecond, rounded } from './measure.mjs'

const LDS_SECURITY_OBJECT = '2.23.136.1.1.1'
const BAR = 5
const at = new Date('2026-11-23T12:00:00Z')
const sha256 = (/** @type {Uint8Array} */ bytes) =>
  new Uint8Array(node.createHash('sha256').update(bytes).digest())

/**
 * A security object from its data groups to the finished file: the groups hashed (15 kB of portrait among them), the
 * LDS security object, the signed attributes, the signature with P-256, the seal. Beside it, in the same run, with
 * the same key, certificate, content and attributes: pkijs with node's WebCrypto, its key imported and certificate
 * parsed once, hashes and content made as ours are; and `openssl cms -sign`, which is a process for each document and
 * is handed the content. And the bare signature.
 * @param {number} seconds
 */
export async function benchSod(seconds) {
  const groups = dataGroups()
  const { key, certificate } = makeDocumentSigner()
  const ours = () => drafted(groups, certificate, (bytes) => node.sign('sha256', bytes, key.privateKey))
  const theirs = await pkijsSigner(groups, certificate.encoded, key.privateKey)
  expectEqual(ours(), await theirs(), key.privateKey)

  const toBeSigned = node.randomBytes(150)
  const bare = await perSecond(() => node.sign('sha256', toBeSigned, key.privateKey), seconds)
  const rate = await perSecond(ours, seconds)
  const peer = await perSecond(theirs, seconds)
  const openssl = opensslPerSecond(groups, certificate.encoded, key.privateKey, seconds)
  return {
    perSecond: rounded(rate),
    pkijsPerSecond: rounded(peer),
    ratio: rounded(rate / peer),
    bar: BAR,
    bareSignaturesPerSecond: rounded(bare),
    shareOfBareSignatures: rounded(rate / bare),
    opensslCmsPerSecond: rounded(openssl),
    opensslCms: 'a process for each document',
    ratioToOpensslCms: openssl && rounded(rate / openssl),
    octets: ours().length,
  }
}

/** Number and bytes of each data group of a paper. */
function dataGroups() {
  return makeBenchPapers('P-256').files.flatMap(({ name, bytes }) => {
    const number = /^EF_DG(\d+)\.bin$/.exec(name)?.[1]
    return number === undefined ? [] : [{ number: Number(number), bytes }]
  })
}

/** @typedef {ReturnType<typeof dataGroups>} Groups */

/** @param {Groups} groups @returns {import('@nansen/formats/lds').LdsSecurityObject} */
const securityObjectOf = (groups) => ({
  hashAlgorithm: 'sha256',
  hashes: groups.map(({ number, bytes }) => ({ number, hash: sha256(bytes) })),
  versionInfo: { lds: '0108', unicode: '040000' },
})

/**
 * @param {Groups} groups
 * @param {import('@nansen/formats/pki').Certificate} documentSigner
 * @param {(bytes: Uint8Array) => Uint8Array} sign
 */
function drafted(groups, documentSigner, sign) {
  const content = encodeLdsSecurityObject(securityObjectOf(groups))
  const draft = draftSod({
    content,
    contentDigest: sha256(content),
    hash: 'sha256',
    signatureAlgorithm: { scheme: 'ecdsa', hash: 'sha256', encoding: 'der' },
    documentSigner,
    signingTime: at,
  })
  return sealSod(draft, sign(draft.toBeSigned))
}

/** @param {Groups} groups @param {Uint8Array} certificate @param {node.KeyObject} privateKey */
async function pkijsSigner(groups, certificate, privateKey) {
  const signer = pkijs.Certificate.fromBER(Uint8Array.from(certificate))
  const pkcs8 = Uint8Array.from(privateKey.export({ type: 'pkcs8', format: 'der' }))
  const key = await node.webcrypto.subtle.importKey(
    'pkcs8',
    pkcs8,
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  )
  const attribute = (/** @type {string} */ type, /** @type {unknown} */ value) =>
    new pkijs.Attribute({ type, values: [value] })
  return async () => {
    const content = encodeLdsSecurityObject(securityObjectOf(groups))
    const signedData = new pkijs.SignedData({
      version: 3,
      encapContentInfo: new pkijs.EncapsulatedContentInfo({
        eContentType: LDS_SECURITY_OBJECT,
        eContent: new asn1js.OctetString({ valueHex: content }),
      }),
      signerInfos: [
        new pkijs.SignerInfo({
          version: 1,
          sid: new pkijs.IssuerAndSerialNumber({
            issuer: signer.issuer,
            serialNumber: signer.serialNumber,
          }),
          signedAttrs: new pkijs.SignedAndUnsignedAttributes({
            type: 0,
            // In the order of DER, because it does not sort them.
            attributes: [
              attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: LDS_SECURITY_OBJECT })),
              attribute('1.2.840.113549.1.9.5', new asn1js.UTCTime({ valueDate: at })),
              attribute('1.2.840.113549.1.9.4', new asn1js.OctetString({ valueHex: sha256(content) })),
            ],
          }),
        }),
      ],
      certificates: [signer],
    })
    await signedData.sign(/** @type {CryptoKey} */ (key), 0, 'SHA-256')
    const message = new pkijs.ContentInfo({
      contentType: pkijs.ContentInfo.SIGNED_DATA,
      content: signedData.toSchema(true),
    })
    const file = new asn1js.Constructed({
      idBlock: { tagClass: 2, tagNumber: 23 },
      value: [message.toSchema()],
    })
    return new Uint8Array(file.toBER())
  }
}

/**
 * Both must say the same, or the comparison means nothing.
 * @param {Uint8Array} ours
 * @param {Uint8Array} theirs
 * @param {node.KeyObject} privateKey
 */
function expectEqual(ours, theirs, privateKey) {
  const [a, b] = [parseSod(ours), parseSod(theirs)]
  const said = (/** @type {typeof a} */ sod) =>
    Buffer.concat([
      sod.signedData.content,
      ...sod.certificates,
      sod.signer.signedAttributes.toBeSigned,
      Uint8Array.of(sod.certificates.length),
    ])
  if (!said(a).equals(said(b))) throw new Error('bench: pkijs says something else')
  const publicKey = node.createPublicKey(privateKey)
  for (const { signer } of [a, b])
    if (!node.verify('sha256', signer.signedAttributes.toBeSigned, publicKey, signer.signature))
      throw new Error('bench: a signature is wrong')
}

/**
 * @param {Groups} groups
 * @param {Uint8Array} certificate
 * @param {node.KeyObject} privateKey
 * @param {number} seconds
 */
function opensslPerSecond(groups, certificate, privateKey, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'nansen-bench-'))
  try {
    const base64 = Buffer.from(certificate).toString('base64')
    const lines = ['-----BEGIN CERTIFICATE-----', base64.replace(/(.{64})/g, '$1\n')]
    writeFileSync(join(folder, 'signer.pem'), `${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    writeFileSync(join(folder, 'key.pem'), pem, { mode: 0o600 })
    writeFileSync(join(folder, 'content'), encodeLdsSecurityObject(securityObjectOf(groups)))
    const options = '-sign -binary -nodetach -nosmimecap -md sha256 -outform DER -in content -out sod'
    const args = [
      'cms',
      ...options.split(' '),
      '-econtent_type',
      LDS_SECURITY_OBJECT,
      '-signer',
      'signer.pem',
      '-inkey',
      'key.pem',
    ]
    const once = () => spawnSync('openssl', args, { cwd: folder })
    if (once().status !== 0 || readFileSync(join(folder, 'sod')).length === 0) return undefined
    let best = 0
    for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
      const start = performance.now()
      for (let i = 0; i < 8; i++) once()
      best = Math.max(best, 8000 / (performance.now() - start))
    }
    return best
  } finally {
    rmSync(folder, { recursive: true })
  }
}
