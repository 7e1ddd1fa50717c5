import { createHash } from 'node:crypto'
import type { CaseOffice, PhotoAdvice } from '@nansen/authority'
import { openTrust } from '@nansen/inspection'
import { PictureRefusal } from '../packages/authority/src/casework/case-office.ts'
import { silhouette } from '../packages/nansen/src/specimen/silhouette.ts'
import type { TestOfficeOptions } from './ceremony-office.ts'
import { type IssuingOffice, issuingOffice } from './issuing-office.ts'

/** An office that takes applications, ready to issue. */
export type TestCaseOffice = IssuingOffice & CaseOffice

/**
 * Instead of the decoder, which is a process of its own: whatever is sent is the silhouette, and advice is what a test
 * writes into it.
 */
export const fakePictures: CaseOffice['pictures'] = {
  async portrait(bytes) {
    if (bytes.length === 0) throw new PictureRefusal('picture.empty')
    const words = Buffer.from(bytes.subarray(0, 200)).toString('latin1').split(' ')
    const advice = words.filter((word): word is PhotoAdvice => word === 'too-dark' || word === 'blurred')
    return { jpeg: silhouette(), advice }
  },
  async picture(bytes) {
    if (bytes.length === 0) throw new PictureRefusal('picture.empty')
    // Another picture for other octets: after the image, as a comment that a decoder passes over.
    return new Uint8Array(Buffer.concat([silhouette(), createHash('sha256').update(bytes).digest()]))
  },
}

export async function caseOffice(options: TestOfficeOptions = {}): Promise<TestCaseOffice> {
  const office = await issuingOffice(options)
  const { trust } = await openTrust([], office.crypto)
  return { ...office, pictures: fakePictures, passports: trust }
}
