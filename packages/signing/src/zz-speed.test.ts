import { createHash, generateKeyPairSync, sign, verify, createPublicKey, createPrivateKey } from 'node:crypto'
import { test } from 'vitest'
import { writeFileSync, openSync, fsyncSync, writeSync } from 'node:fs'
import { random, request, signingOffice, signedAttributes } from '../../../test/signing-office.ts'
import { startPostgresql } from '../../../test/postgresql.ts'
import { openStore } from '../../store/src/index.ts'
import { wrapCaseKey, unwrapCaseKey } from './case-keys.ts'
import { openUnder, sealUnder } from './sealed.ts'
import { mustNotSign } from './may-sign.ts'

const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
async function run(kind: string, stores?: any) {
  const spent: Record<string, number> = { agree: 0, sign: 0, store: 0 }
  const timed = (name: string, f: any) => (...a: any[]) => { const t = performance.now(); const r = f(...a); spent[name] += performance.now() - t; return r }
  const step: any[] = []
  const office = await signingOffice({
    stores,
    device: (d) => ({ kind: d.kind, keys: d.keys, make: (s) => d.make(s), sign: timed('sign', (i: any, b: any) => d.sign(i, b)), wrappingPoint: d.wrappingPoint, agree: timed('agree', (p: any) => d.agree(p)), indexKey: d.indexKey, close: () => d.close() }),
    step: (n) => step.push([n, performance.now()]),
  })
  const key = await office.makeKey({ most: 100000 })
  const cases = Array.from({ length: 1000 }, () => ({ caseId: random(16), key: random(32) }))
  const ids: Uint8Array[] = []
  let t = performance.now(), c = cpu()
  for (let i = 0; i < 1000; i += 50) {
    await office.store.transaction(async (tx) => {
      const part = cases.slice(i, i + 50)
      await office.signing.newCase(tx, part)
      ids.push(...(await office.signing.record(tx, part.map((caseKey) => request({ caseKey })))))
    })
  }
  const recordWall = performance.now() - t, recordCpu = cpu() - c
  t = performance.now(); c = cpu()
  const split = { read: 0, sign: 0, journal: 0, stored: 0 }
  for (let i = 0; i < 1000; i += 50) {
    step.length = 0
    const from = performance.now()
    await office.signing.finish(ids.slice(i, i + 50))
    const at = step.map(([, x]) => x)
    split.read += at[0] - from; split.sign += at[1] - at[0]; split.journal += at[2] - at[1]; split.stored += at[3] - at[2]
  }
  const wall = performance.now() - t
  console.log(kind, JSON.stringify({ recordPerIntent: { wall: recordWall / 1000, cpu: recordCpu / 1000 }, finishPerIntent: { wall: wall / 1000, cpu: (cpu() - c) / 1000 }, split: Object.fromEntries(Object.entries(split).map(([k, v]) => [k, v / 1000])), agree: spent.agree / 1000, sign: spent.sign / 1000 }, null, 1))
  // parts
  const point = (office as any), n = 1000
  const per = (name: string, f: (i: number) => void) => { const a = performance.now(); for (let i = 0; i < n; i++) f(i); console.log(kind, name, ((performance.now() - a) / n).toFixed(4), 'ms') }
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = createPublicKey(pair.privateKey)
  const bytes = signedAttributes()
  const sig = sign('sha256', bytes, pair.privateKey)
  per('bare sign', () => sign('sha256', bytes, pair.privateKey))
  per('bare verify', () => verify('sha256', bytes, spki, sig))
  const { openFileDevice } = await import('./device/file-device.ts')
  const dev = openFileDevice({ folder: office.folder + '/x', passphrase: 'x', create: true, weakScryptN: 1024 })
  const w = wrapCaseKey(dev.wrappingPoint, cases[0]!)
  per('wrap', (i) => wrapCaseKey(dev.wrappingPoint, cases[i]!))
  per('unwrap', () => unwrapCaseKey(dev, cases[0]!.caseId, w))
  const place = { column: 'x', row: random(16) }
  const s = sealUnder(cases[0]!, place, bytes)
  per('seal', () => sealUnder(cases[0]!, place, bytes))
  per('open', () => openUnder(cases[0]!, place, s))
  per('may-sign', () => mustNotSign(key, bytes))
  const fd = openSync(office.folder + '/f', 'w')
  const line = Buffer.alloc(330 * 50)
  let a = performance.now(); for (let i = 0; i < 50; i++) { writeSync(fd, line); fsyncSync(fd) } console.log(kind, 'fsync of 50 lines', ((performance.now() - a) / 50).toFixed(3), 'ms')
  await office.close()
}
test('speed', async () => {
  await run('PGlite')
  const server = (await startPostgresql())!
  const open = () => openStore({ kind: 'postgresql', url: server.url, schema: 'speed', random, migrate: true } as any)
  await run('PostgreSQL', [await open(), await open()])
  await server.stop()
}, 300_000)
