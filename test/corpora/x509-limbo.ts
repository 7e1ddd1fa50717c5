import { pemBlocks } from '@nansen/inspection'
import { haveReferenceData, referenceJson } from '../reference-data.ts'

// C2SP x509-limbo: paths of web certificates on which implementations have erred.

interface LimboFile {
  readonly testcases: readonly {
    readonly id: string
    readonly nansen_relevance: 'path' | 'dos' | 'hostname'
    readonly expected_result: 'SUCCESS' | 'FAILURE'
    readonly validation_kind: 'SERVER' | 'CLIENT'
    readonly validation_time: string | null
    readonly trusted_certs: readonly string[]
    readonly untrusted_intermediates: readonly string[]
    readonly peer_certificate: string
    readonly max_chain_depth: number | null
    readonly crls: readonly string[]
  }[]
}

export interface LimboCase {
  readonly id: string
  /** `hostname` is about names of web servers, which no travel document has. */
  readonly about: 'path' | 'dos' | 'hostname'
  readonly valid: boolean
  readonly extendedKeyUsage: string
  /** The caller sets how long a path may be, which none of ours can. */
  readonly limitsDepth: boolean
  readonly at: Date
  readonly anchors: readonly Uint8Array[]
  readonly intermediates: readonly Uint8Array[]
  readonly leaf: Uint8Array
  readonly lists: readonly Uint8Array[] | undefined
}

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1'
const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2'
/** For cases that name no time; all their certificates live from 1970 to 2969. */
const ANY_TIME = '2026-09-01T00:00:00Z'

const der = (pem: string): Uint8Array => pemBlocks(new TextEncoder().encode(pem))![0]!.bytes

export function limboCases(): readonly LimboCase[] {
  if (!haveReferenceData) return []
  const { testcases } = referenceJson<LimboFile>('security', 'x509-limbo', 'limbo.json')
  return testcases.map((limbo) => ({
    id: limbo.id,
    about: limbo.nansen_relevance,
    valid: limbo.expected_result === 'SUCCESS',
    extendedKeyUsage: limbo.validation_kind === 'SERVER' ? SERVER_AUTHENTICATION : CLIENT_AUTHENTICATION,
    limitsDepth: limbo.max_chain_depth !== null,
    at: new Date(limbo.validation_time ?? ANY_TIME),
    anchors: limbo.trusted_certs.map(der),
    intermediates: limbo.untrusted_intermediates.map(der),
    leaf: der(limbo.peer_certificate),
    lists: limbo.crls.length === 0 ? undefined : limbo.crls.map(der),
  }))
}
