import { write as der } from '@nansen/formats/der'
import { encodeDg1, encodeEfCom } from '@nansen/formats/lds'
import { encodeElement } from '@nansen/formats/tlv'
import { gzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { certificateWith, extension, extensions } from '../../../../test/certificate-parts.ts'
import { pemBlocks } from './pem.ts'
import { recognise } from './recognise.ts'

const ZONE = 'PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3404159ZE184226B<<<<<16\n'
const text = (value: string) => new TextEncoder().encode(value)
const dg1 = encodeDg1(ZONE.replaceAll('\n', ''))
/** 61 4B 5F 1F …: two letters, and fillers behind. */
const dg1Card = encodeDg1(`I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6`)
const com = encodeEfCom({ ldsVersion: '0108', unicodeVersion: '040000', tags: [0x61, 0x75] })

/** The beginning of a signed message, as far as its content type. */
const signedMessage = (type: string) =>
  der.sequence(
    der.oid('1.2.840.113549.1.7.2'),
    der.context(0, der.sequence(der.integer(3), der.setOf(), der.sequence(der.oid(type)))),
  )

describe('what is presented is recognised by its bytes', () => {
  test.each([
    ['the text of a zone', text(ZONE), 'mrz'],
    ['a zone in lower case, for its parser to refuse', text(ZONE.toLowerCase()), 'mrz'],
    ['a lone data group', dg1, 'emrtd'],
    ['a security object with a wrong length', Uint8Array.of(0x77, 0x82, 0x10, 0, 0x30), 'sod'],
    [
      'the beginning of a certificate',
      Uint8Array.of(0x30, 0x82, 4, 0, 0x30, 0x82, 3, 0, 0xa0, 3, 2, 1, 2),
      'certificate',
    ],
    ['the beginning of a signed message', Uint8Array.of(0x30, 0x82, 4, 0, 6, 9, 0x2a), 'master-list'],
    ['a signed message that is no master list', signedMessage('2.23.136.1.1.7'), 'unknown'],
    ['a signed message that ends after its type', Uint8Array.of(0x30, 4, 6, 2, 0x2a, 3), 'master-list'],
    ['a signed master list', signedMessage('2.23.136.1.1.2'), 'master-list'],
    ['a text that begins with the letter of a data group', text('an address, and nothing else'), 'unknown'],
    ['a data group whose length is the code of a letter', dg1Card, 'emrtd'],
    ['noise', Uint8Array.of(1, 2, 3, 4), 'unknown'],
    ['nothing', new Uint8Array(0), 'unknown'],
  ])('%s', (_, bytes, kind) => {
    expect(recognise(bytes).kind).toBe(kind)
  })

  test('the files of a folder by their tags, whatever they are called', () => {
    const presented = recognise([
      { name: 'x1', bytes: com },
      { name: 'x2', bytes: dg1 },
      { name: 'mrz.txt', bytes: text(ZONE) },
      { name: 'page.pdf', bytes: text('%PDF-1.7 ...') },
    ])
    expect(presented).toMatchObject({ kind: 'emrtd', mrzText: ZONE, notes: [{ code: 'input.file-ignored' }] })
    expect(presented.kind === 'emrtd' && presented.files.map(({ name }) => name)).toEqual(['COM', 'DG1'])
  })

  test('a zone that was read as a text file beside chip files is not the chip’s', () => {
    expect(recognise([{ name: 'mrz.txt', bytes: text(ZONE) }])).toMatchObject({ kind: 'mrz' })
  })

  test('padding of whole blocks behind a file is cut off and noted', () => {
    const padded = new Uint8Array(dg1.length + 32)
    padded.set(dg1)
    const presented = recognise([{ name: 'EF_DG1.bin', bytes: padded }])
    expect(presented.kind === 'emrtd' && presented.files[0]!.bytes.length).toBe(dg1.length)
    expect(presented).toMatchObject({ notes: [{ code: 'lds.padding-after-file' }] })
  })

  test('the same data group twice is malformed, because a reader could take either', () => {
    const presented = recognise([
      { name: 'EF_DG1.bin', bytes: dg1 },
      { name: 'EF_DG1 (2).bin', bytes: dg1 },
    ])
    expect(presented).toMatchObject({ malformed: { code: 'input.file-twice' } })
  })
})

describe('PEM', () => {
  const block = (bytes: Uint8Array) =>
    `-----BEGIN CERTIFICATE-----\n${btoa(String.fromCharCode(...bytes))}\n-----END CERTIFICATE-----\n`
  const inner = certificateWith()
  const pem = block(inner)

  test('with text before it is the certificate inside', () => {
    expect(recognise(text(`Utopia’s authority\n${pem}`))).toEqual({ kind: 'certificate', bytes: inner })
  })

  test('inside something else is not what that is', () => {
    const outer = certificateWith({
      extensions: extensions(extension('1.2.3', der.octetString(text(`\n${pem}`)))),
    })
    expect(recognise(outer)).toEqual({ kind: 'certificate', bytes: outer })
    const dg11 = encodeElement(0x6b, encodeElement(0x5f0e, text(pem)))
    expect(recognise(dg11)).toMatchObject({ kind: 'emrtd', files: [{ name: 'DG11', bytes: dg11 }] })
  })

  test('of several blocks is several things, also where one of them cannot be read', () => {
    expect(recognise(text(pem + pem))).toMatchObject({ finding: { code: 'input.several' } })
    const damaged = pem.replace('MII', 'M!I')
    expect(pemBlocks(text(pem + damaged))).toBeUndefined()
    expect(recognise(text(pem + damaged))).toMatchObject({ finding: { code: 'input.unknown' } })
  })
})

describe('an archive', () => {
  const files = { 'paper/EF_COM.bin': com, 'paper/EF_DG1.bin': dg1 }

  test('of type ZIP is opened', () => {
    expect(recognise(zipSync(files))).toMatchObject({
      kind: 'emrtd',
      files: [{ name: 'COM' }, { name: 'DG1' }],
    })
  })

  test('of type ZIP is what its directory says, also where other files stand before it', () => {
    const other = encodeDg1(ZONE.replaceAll('\n', '').replace('ANNA', 'EVA<'))
    expect(recognise(withDirectoryOfInner({ 'EF_DG1.bin': dg1 }, { 'EF_DG1.bin': other }))).toMatchObject({
      kind: 'emrtd',
      files: [{ name: 'DG1', bytes: other }],
    })
  })

  test('of type ZIP whose directory names a file by another name than the file has is refused', () => {
    const renamed = zipSync(files)
    renamed[renamed.lastIndexOf('M'.charCodeAt(0))] = 'N'.charCodeAt(0)
    expect(recognise(renamed)).toMatchObject({ finding: { code: 'input.archive' } })
  })

  test('of type tar, plain or gzipped, is opened', () => {
    const archive = tar(files)
    for (const bytes of [archive, gzipSync(archive)])
      expect(recognise(bytes)).toMatchObject({ kind: 'emrtd', files: [{ name: 'COM' }, { name: 'DG1' }] })
  })

  test('that unfolds to more than the limit is refused before it has', () => {
    const bomb = zipSync({ 'EF_DG2.bin': new Uint8Array(64 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(100_000)
    expect(recognise(bomb)).toMatchObject({ kind: 'unknown', finding: { code: 'input.archive' } })
    expect(recognise(gzipSync(new Uint8Array(64 * 1024 * 1024)))).toMatchObject({
      kind: 'unknown',
      finding: { code: 'input.archive' },
    })
  })

  test('with too many files, cut short or with a false size is refused', () => {
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`f${i}`, com]))
    const whole = tar(files)
    const lying = whole.slice()
    lying.set(text('77777777777'), 124)
    const zip = zipSync(files)
    for (const bytes of [zipSync(many), lying, zip.subarray(0, 60)])
      expect(recognise(bytes).kind).toBe('unknown')
  })
})

/** A ZIP with another inside, not packed, whose directory stands in place of its own. */
function withDirectoryOfInner(
  outer: Record<string, Uint8Array>,
  inner: Record<string, Uint8Array>,
): Uint8Array {
  const within = zipSync(inner, { level: 0 })
  const around = zipSync({ ...outer, 'x.bin': [within, { level: 0 }] })
  const place = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer).getUint32(at, true)
  const [end, innerEnd] = [around.length - 22, within.length - 22]
  const before = around.subarray(0, place(around, end + 16))
  const at = Buffer.from(before).indexOf(within.subarray(0, 40))
  const directory = within.slice(place(within, innerEnd + 16), innerEnd)
  new DataView(directory.buffer).setUint32(42, place(directory, 42) + at, true)
  const last = within.slice(innerEnd)
  new DataView(last.buffer).setUint32(16, before.length, true)
  return new Uint8Array(Buffer.concat([before, directory, last]))
}

/** The smallest tar that readers take: a header block and the content, padded. */
function tar(files: Record<string, Uint8Array>): Uint8Array {
  const blocks: Uint8Array[] = []
  for (const [name, bytes] of Object.entries(files)) {
    const header = new Uint8Array(512)
    header.set(text(name))
    header.set(text(bytes.length.toString(8).padStart(11, '0')), 124)
    header.set(text('0'), 156)
    header.set(text('ustar'), 257)
    const body = new Uint8Array(Math.ceil(bytes.length / 512) * 512)
    body.set(bytes)
    blocks.push(header, body)
  }
  blocks.push(new Uint8Array(1024))
  const out = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0))
  let at = 0
  for (const block of blocks) {
    out.set(block, at)
    at += block.length
  }
  return out
}
