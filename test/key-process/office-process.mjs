// An office of the tests as a process of its own: makes a key, writes down so many things to be signed under keys of
// cases, has them signed in batches, says how long it took, and stays until its input ends. It runs what is built.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openRemoteSigning, spawnKeyProcess } from '../../packages/signing/dist/index.js'
import { openStore } from '../../packages/store/dist/index.js'

const [, , setUpFile, count, batch] = process.argv
const setUp = JSON.parse(readFileSync(setUpFile, 'utf8'))
const random = (octets) => new Uint8Array(randomBytes(octets))
const store = await openStore({ kind: 'postgresql', url: setUp.url, schema: setUp.schema, random })
const signing = await openRemoteSigning({
  random,
  connect: spawnKeyProcess({
    command: process.execPath,
    arguments: [fileURLToPath(new URL('key-process.mjs', import.meta.url)), setUpFile],
    environment: setUp.environment,
  }),
})
await signing.makeKey({
  ...setUp.key,
  notBefore: new Date(setUp.key.notBefore),
  notAfter: new Date(setUp.key.notAfter),
})

const times = { record: 0, finish: 0 }
const timed = async (what, work) => {
  const begun = performance.now()
  const done = await work()
  times[what] += performance.now() - begun
  return done
}
for (let done = 0; done < Number(count); done += Number(batch)) {
  const cases = Array.from({ length: Number(batch) }, () => ({ caseId: random(16), key: random(32) }))
  const intents = await timed('record', () =>
    store.transaction(async (tx) => {
      await signing.newCase(tx, cases)
      return signing.record(
        tx,
        cases.map((caseKey) => ({
          key: setUp.key.id,
          toBeSigned: checkpoint(),
          caseKey,
          decision: random(32),
          once: random(32),
        })),
      )
    }),
  )
  await timed('finish', () => signing.finish(intents))
}
process.stdout.write(`${JSON.stringify(times)}\n`)
for await (const _ of process.stdin);
await signing.close()
await store.close()

/** The text of a checkpoint, of a tree by chance. */
function checkpoint() {
  return new TextEncoder().encode(`log.utopia.example\n1\n${randomBytes(32).toString('base64')}\n`)
}
