import { haveReferenceData, referenceData, referenceJson } from '../reference-data.ts'

// NIST's Public Key Interoperability Test Suite: whole paths with their revocation lists. [PKITS §4]

interface Vector {
  readonly Name: string
  readonly CertPath: readonly string[]
  readonly CRLPath: readonly string[]
  readonly ShouldValidate: boolean
  readonly InitialExplicitPolicy: boolean
}

export interface PkitsCase {
  /** As `4.6.11 Invalid pathLenConstraint Test11`. */
  readonly name: string
  /** As `4.6`. */
  readonly section: string
  readonly valid: boolean
  /** The caller asks for a certificate policy, which ours cannot be asked. */
  readonly asksForPolicy: boolean
  /** From the trust anchor to the end entity. */
  readonly path: readonly Uint8Array[]
  readonly lists: readonly Uint8Array[]
}

/** Within the validity of everything that is meant to be valid. */
export const PKITS_TIME = new Date('2020-06-01T00:00:00Z')

export function pkitsCases(): readonly PkitsCase[] {
  if (!haveReferenceData) return []
  return referenceJson<readonly Vector[]>('security', 'pkits', 'vectors.json').map((vector) => ({
    name: vector.Name,
    section: vector.Name.split('.').slice(0, 2).join('.'),
    valid: vector.ShouldValidate,
    asksForPolicy: vector.InitialExplicitPolicy,
    path: vector.CertPath.map((name) => referenceData('security', 'pkits', 'certs', name)),
    lists: vector.CRLPath.map((name) => referenceData('security', 'pkits', 'crls', name)),
  }))
}
