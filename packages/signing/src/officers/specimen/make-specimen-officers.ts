import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hex } from '@nansen/formats/tlv'
import { writeDurably } from '../../durable-file.ts'
import { freshOctets } from '../../fresh-octets.ts'
import { SigningRefusal } from '../../signing.ts'
import { specimenCode } from '../../states.ts'
import { toBase64url } from '../base64url.ts'
import type { Officer, OfficerRole, Officers, OfficersRoot } from '../officer.ts'
import { writeOfficersRoot } from '../root.ts'
import { openSpecimenOfficers, type SpecimenOfficerFile } from './specimen-officers.ts'

/** Who works in an office of a state that does not exist: enough for every part of a case to be another's. */
const SPECIMENS: readonly { readonly name: string; readonly roles: readonly OfficerRole[] }[] = [
  { name: 'Iris', roles: ['intake'] },
  { name: 'Ivo', roles: ['intake'] },
  { name: 'Dario', roles: ['decision'] },
  { name: 'Dana', roles: ['decision'] },
  { name: 'Delia', roles: ['decision'] },
  { name: 'Drago', roles: ['decision'] },
  { name: 'Petra', roles: ['production'] },
  { name: 'Ada', roles: ['audit'] },
]
const SECURITY = ['Sofia', 'Sergio']

export interface SpecimenOfficersPlan {
  /** Two letters of a state that does not exist. */
  readonly state: string
  /** Where the officers' key files go. */
  readonly folder: string
  /** The key service's file. */
  readonly rootPath: string
  readonly rpId: string
  readonly origins: readonly string[]
  readonly dailyOpenings: number
}

/**
 * Makes the officers of a specimen office: key files, the pinned root with two security officers, and the enrolments of
 * the others, signed by both. Broken off, it is taken up again.
 * @param officers of the office's signing, opened on the same root path
 * @throws SigningRefusal key.real-state
 */
export async function makeSpecimenOfficers(
  officers: () => Officers,
  plan: SpecimenOfficersPlan,
): Promise<void> {
  if (specimenCode(plan.state) === undefined) throw new SigningRefusal('key.real-state')
  mkdirSync(plan.folder, { recursive: true, mode: 0o700 })
  const security = SECURITY.map((name) => fileOf(plan.folder, name, ['security']))
  const others = SPECIMENS.map(({ name, roles }) => fileOf(plan.folder, name, roles))
  if (!existsSync(plan.rootPath)) {
    const root: OfficersRoot = {
      version: 1,
      kind: 'specimen',
      state: plan.state,
      rpId: plan.rpId,
      origins: plan.origins,
      dailyOpenings: plan.dailyOpenings,
      securityOfficers: security,
    }
    writeOfficersRoot(plan.rootPath, root)
  }
  const signers = openSpecimenOfficers(plan.folder, plan)
  const desk = officers()
  const there = new Set((await desk.list()).map(({ id }) => id))
  for (const officer of others) {
    if (there.has(officer.id)) continue
    const { record, challenge } = await desk.draftEnrolment({ kind: 'enrol', officer })
    const [first, second] = security.map(({ id }) => id)
    await desk.enrol(record, [
      { officer: first!, assertion: await signers.answer(first!, challenge) },
      { officer: second!, assertion: await signers.answer(second!, challenge) },
    ])
  }
}

/** The officer of this name in the folder; made where there is none. */
function fileOf(folder: string, name: string, roles: readonly OfficerRole[]): Officer {
  const file = `${name.toLowerCase()}.json`
  if (readdirSync(folder).includes(file))
    return (JSON.parse(readFileSync(join(folder, file), 'utf8')) as SpecimenOfficerFile).officer
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const officer: Officer = {
    id: hex(freshOctets(16)),
    label: name,
    roles,
    credential: {
      kind: 'specimen-file',
      id: toBase64url(freshOctets(16)),
      publicKey: toBase64url(publicKey.export({ format: 'der', type: 'spki' })),
    },
  }
  const content: SpecimenOfficerFile = {
    officer,
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
  writeDurably(join(folder, file), Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`))
  return officer
}
