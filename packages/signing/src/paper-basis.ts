import { hash } from 'node:crypto'
import { FormatError } from '@nansen/formats'
import { readOctetString } from '@nansen/formats/der'
import { encodeDg1, encodeDg11, encodeLdsSecurityObject, parseDg2, parseEfCom } from '@nansen/formats/lds'
import { generateMrz } from '@nansen/formats/mrz'
import { transliterate } from '@nansen/formats/mrz/transliteration'
import { OIDS } from '@nansen/formats/pki'
import { sameBytes } from '@nansen/formats/tlv'
import canonicalize from 'canonicalize'
import { signatureAlgorithmFor } from './algorithms.ts'
import { unpackFiles } from './headed-files.ts'
import { signedAttributeValues } from './may-sign.ts'
import { digestOfBytes } from './officers/challenge.ts'
import { type SigningKey, SigningRefusal } from './signing.ts'

/** As much of an order as stands in the chip. */
interface OrderFacts {
  readonly state: string
  readonly familyName: string
  readonly givenNames: string
  readonly language: string
  readonly nationality: string
  readonly birthDate: string
  readonly sex: 'M' | 'F' | 'X'
  readonly documentCode: string
  readonly portrait: string
}

/**
 * What a document signer is about to sign, traced back to the order that it was made from: the signature is over these
 * files and no others, and zone, name and portrait in them are those of the order. Whoever gets an approved order and
 * puts another person's files beside it gets no signature. P1, P3
 * @param toBeSigned the signed attributes of a security object
 * @param content of the paper, in the clear
 * @returns the digest of the order, which two officers must have approved
 * @throws SigningRefusal intent.not-the-order
 */
export function orderBehind(key: SigningKey, toBeSigned: Uint8Array, content: Uint8Array): Uint8Array {
  try {
    const { head, files } = unpackFiles(content)
    const order = head.order as OrderFacts
    if (isOver(key, toBeSigned, files) && areOfOrder(order, head, files))
      return digestOfBytes(new TextEncoder().encode(canonicalize(order)))
  } catch (error) {
    if (
      !(
        error instanceof FormatError ||
        error instanceof RangeError ||
        error instanceof SyntaxError ||
        error instanceof TypeError
      )
    )
      throw error
    throw new SigningRefusal('intent.not-the-order', { cause: error })
  }
  throw new SigningRefusal('intent.not-the-order')
}

/** The attributes name the digest of a security object that lists exactly these files. [9303-10 §4.6.2] */
function isOver(key: SigningKey, toBeSigned: Uint8Array, files: ReadonlyMap<string, Uint8Array>): boolean {
  const algorithm = signatureAlgorithmFor(key.algorithm)
  const digest = signedAttributeValues(toBeSigned)?.get(OIDS.messageDigest)
  if (algorithm === undefined || digest === undefined || algorithm.hash === undefined) return false
  const hashAlgorithm = algorithm.hash as 'sha256' | 'sha384'
  const contents = parseEfCom(fileOf(files, 'EF_COM.bin'))
  const hashes = [...files].flatMap(([name, bytes]) => {
    const number = /^EF_DG([1-9]|1[0-6])\.bin$/.exec(name)?.[1]
    return number === undefined
      ? []
      : [{ number: Number(number), hash: new Uint8Array(hash(hashAlgorithm, bytes, 'buffer')) }]
  })
  const object = encodeLdsSecurityObject({
    hashAlgorithm,
    hashes,
    versionInfo: { lds: contents.ldsVersion, unicode: contents.unicodeVersion },
  })
  return sameBytes(readOctetString(digest), new Uint8Array(hash(hashAlgorithm, object, 'buffer')))
}

function areOfOrder(
  order: OrderFacts,
  { number, expires }: Readonly<Record<string, unknown>>,
  files: ReadonlyMap<string, Uint8Array>,
): boolean {
  const zone = generateMrz(
    {
      documentCode: order.documentCode,
      issuer: order.state,
      name: { primary: order.familyName, secondary: order.givenNames },
      number: String(number),
      nationality: order.nationality,
      birth: dateOf(order.birthDate),
      sex: order.sex,
      expiry: dateOf(String(expires)),
    },
    'TD3',
    { transliterate: (name) => transliterate(name, { language: order.language }) },
  )
  const names = [order.familyName, order.givenNames].filter(Boolean).join('  ')
  const { images } = parseDg2(fileOf(files, 'EF_DG2.bin'))
  return (
    sameBytes(fileOf(files, 'EF_DG1.bin'), encodeDg1(zone.join(''))) &&
    sameBytes(fileOf(files, 'EF_DG11.bin'), encodeDg11({ nameOfHolder: names })) &&
    images.length === 1 &&
    hash('sha256', images[0]!.bytes) === order.portrait
  )
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = files.get(name)
  if (bytes === undefined) throw new RangeError('a file is missing')
  return bytes
}

/** `1987-04-12`, with X for what is not known; whether it is a day, the zone's own rules say. */
function dateOf(text: string) {
  const [year, month, day] = text.split('-').map((part) => (/^\d+$/.test(part) ? Number(part) : undefined))
  return { year, month, day }
}
