import type { TorAuthority } from './authority.ts'

/** Seconds between two agreements of the authorities on who is there, and for each of their two steps. */
const ROUND = 10
const STEP = 2

/** Of each process. It ends with the process that started it, should that be killed. */
export const common = (folder: string, authorities: readonly TorAuthority[]): readonly string[] => [
  'TestingTorNetwork 1',
  `DataDirectory ${folder}`,
  `Log notice file ${folder}/log`,
  `__OwningControllerProcess ${process.pid}`,
  'RunAsDaemon 0',
  'NumCPUs 1',
  // Megabytes of countries, read for nothing.
  'GeoIPFile /dev/null',
  'GeoIPv6File /dev/null',
  'PathsNeededToBuildCircuits 0.67',
  'LearnCircuitBuildTimeout 0',
  // Nobody but these, and no way to anywhere else: a connection that comes from 127.0.0.1 does not leave the machine.
  ...authorities.map(({ line }) => line),
  'UseDefaultFallbackDirs 0',
  'OutboundBindAddress 127.0.0.1',
  'ControlPort 0',
]

/** Carries others' circuits, and none of them out of the network. */
export const relay = (name: string, orPort: number): readonly string[] => [
  `Nickname ${name}`,
  'Address 127.0.0.1',
  `ORPort 127.0.0.1:${orPort}`,
  'SocksPort 0',
  'ExitRelay 0',
  'ExitPolicy reject *:*',
  'AssumeReachable 1',
]

export const authority = ({ name, orPort, dirPort }: TorAuthority): readonly string[] => [
  ...relay(name, orPort),
  `DirPort 127.0.0.1:${dirPort}`,
  'AuthoritativeDirectory 1',
  'V3AuthoritativeDirectory 1',
  `ContactInfo ${name} of the tests`,
  `V3AuthVotingInterval ${ROUND}`,
  `V3AuthVoteDelay ${STEP}`,
  `V3AuthDistDelay ${STEP}`,
  `TestingV3AuthInitialVotingInterval ${ROUND}`,
  `TestingV3AuthInitialVoteDelay ${STEP}`,
  `TestingV3AuthInitialDistDelay ${STEP}`,
  // A round that fails on a busy machine is no matter.
  'V3AuthNIntervalsValid 12',
  // Whoever is there has been there long enough.
  'TestingDirAuthVoteGuard *',
  'TestingDirAuthVoteHSDir *',
  'TestingMinFastFlagThreshold 0',
]

/** Answers at an onion address with what listens on a port of this machine. */
export const onionHost = (folder: string, servicePort: number): readonly string[] => [
  'SocksPort 0',
  `HiddenServiceDir ${folder}`,
  `HiddenServicePort 80 127.0.0.1:${servicePort}`,
]

export const client = (socksPort: number): readonly string[] => [`SocksPort 127.0.0.1:${socksPort}`]
