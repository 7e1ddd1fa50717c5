// A key process of the tests: as `nansen signer`, with a device that may be told to accept imported keys and a place
// at which it dies. It runs what is built.

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import {
  holdFileDevice,
  holdPkcs11Device,
  openKeyService,
  refuseToServe,
  runKeyProcess,
} from '../../packages/signing/dist/index.js'
import { openStore } from '../../packages/store/dist/index.js'

const setUp = JSON.parse(readFileSync(process.argv[2], 'utf8'))

/** Dies once at the step of that name, as in a power cut. */
function step(name) {
  if (name !== setUp.dieAt || existsSync(setUp.diedMark)) return
  writeFileSync(setUp.diedMark, name)
  process.kill(process.pid, 'SIGKILL')
}

async function open() {
  const secret = readFileSync(setUp.secretFile, 'utf8')
  const device =
    setUp.kind === 'files'
      ? holdFileDevice({ folder: setUp.keys, passphrase: secret, create: true, weakScryptN: 1024 })
      : await holdPkcs11Device({
          module: setUp.module,
          tokenLabel: setUp.tokenLabel,
          pin: secret,
          limits: setUp.keys,
          create: true,
          ...(setUp.importedKeys && { importedKeys: 'allowed' }),
        })
  const random = (octets) => new Uint8Array(randomBytes(octets))
  const store = await openStore({ kind: 'postgresql', url: setUp.url, schema: setUp.schema, random })
  const clock = () => new Date()
  return {
    keyService: await openKeyService({ store, device, journalPath: setUp.journal, clock, step }),
    store,
  }
}

try {
  const { keyService, store } = await open()
  const report = (error) => process.stderr.write(`key process: ${error.stack}\n`)
  await runKeyProcess({ keyService, input: process.stdin, output: process.stdout, ceremony: true, report })
  keyService.close()
  await store.close()
} catch (error) {
  refuseToServe(process.stdout, error)
  process.exitCode = 70
}
