import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where Debian and others put the module. */
const MODULES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
]

/** A token in software, in a folder of its own. */
export interface SoftHsm {
  readonly module: string
  readonly tokenLabel: string
  readonly pin: string
  /** A folder beside the token, empty at first. */
  readonly limits: string
  /** `SOFTHSM2_CONF` of processes that use it; this process has it set already. */
  readonly configuration: string
  /** Puts a private key (PKCS #8, PEM) on the token, as no office would; for agreement instead of signing with `derive`. */
  importKey(pem: string, label: string, use?: 'derive'): void
  remove(): void
}

/** Why there is no SoftHSM here; `undefined` where there is one. */
export function noSoftHsm(): string | undefined {
  if (modulePath() === undefined || !runs('softhsm2-util', ['--version'])) return 'SoftHSM is not installed'
  try {
    createRequire(import.meta.url)('pkcs11js')
  } catch {
    return 'pkcs11js is not installed'
  }
  return undefined
}

const modulePath = (): string | undefined => MODULES.find((path) => existsSync(path))

export function startSoftHsm(): SoftHsm {
  const folder = mkdtempSync(join(tmpdir(), 'nansen-softhsm-'))
  const configuration = join(folder, 'softhsm2.conf')
  const limits = join(folder, 'limits')
  mkdirSync(join(folder, 'tokens'))
  mkdirSync(limits)
  const lines = [
    `directories.tokendir = ${join(folder, 'tokens')}`,
    'objectstore.backend = file',
    'log.level = ERROR',
  ]
  writeFileSync(configuration, `${lines.join('\n')}\n`)
  const env = { ...process.env, SOFTHSM2_CONF: configuration }
  const pin = 'a pin of the tests 7319'
  const tokenLabel = 'nansen test'
  const util = (...options: string[]) =>
    execFileSync('softhsm2-util', options, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  util('--init-token', '--free', '--label', tokenLabel, '--so-pin', 'a pin of the officer', '--pin', pin)
  // SoftHSM reads it when the module is initialised.
  process.env.SOFTHSM2_CONF = configuration
  return {
    module: modulePath()!,
    tokenLabel,
    pin,
    limits,
    configuration,
    importKey(pem, label, use) {
      const file = join(folder, 'import.pem')
      writeFileSync(file, pem)
      const id = Buffer.from(label).toString('hex')
      util('--import', file, '--token', tokenLabel, '--label', label, '--id', id, '--pin', pin)
      rmSync(file)
      if (use === 'derive') letDerive(this, label)
    },
    remove() {
      delete process.env.SOFTHSM2_CONF
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What softhsm2-util imports may sign and nothing else. */
function letDerive({ module, tokenLabel, pin }: SoftHsm, label: string): void {
  const pkcs11 = createRequire(import.meta.url)('pkcs11js')
  const token = new pkcs11.PKCS11()
  token.load(module)
  token.C_Initialize()
  try {
    const slot = token
      .C_GetSlotList(true)
      .find((each: Buffer) => token.C_GetTokenInfo(each).label.trim() === tokenLabel)
    const session = token.C_OpenSession(slot, pkcs11.CKF_RW_SESSION | pkcs11.CKF_SERIAL_SESSION)
    token.C_Login(session, pkcs11.CKU_USER, pin)
    const wanted = [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
      { type: pkcs11.CKA_LABEL, value: label },
    ]
    token.C_FindObjectsInit(session, wanted)
    const [key] = token.C_FindObjects(session, 1)
    token.C_FindObjectsFinal(session)
    token.C_SetAttributeValue(session, key, [{ type: pkcs11.CKA_DERIVE, value: true }])
  } finally {
    token.C_Finalize()
  }
}

function runs(command: string, options: readonly string[]): boolean {
  try {
    execFileSync(command, [...options], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
