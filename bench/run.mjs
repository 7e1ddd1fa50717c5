// Prints one JSON object: throughput beside a named peer or a limit, measured in the same run. Absolute figures
// belong to the machine; the ratios are what is compared. `--smoke` runs each once, briefly, to see that it works.
import { benchCommand } from './command.mjs'
import { benchIssue } from './issue.mjs'
import { benchMasterList } from './master-list.mjs'
import { benchMrz } from './mrz.mjs'
import { benchPassiveAuthentication } from './passive-authentication.mjs'
import { benchQueues } from './queues.mjs'
import { benchSod } from './sod.mjs'

const smoke = process.argv.includes('--smoke')
const seconds = smoke ? 0.3 : 3

// First, because it is measured cold.
const masterList = await benchMasterList()
const result = {
  node: process.version,
  masterList,
  passiveAuthentication: await benchPassiveAuthentication(seconds),
  mrz: await benchMrz(seconds),
  sod: await benchSod(seconds),
  issue: await benchIssue(smoke ? { papers: 200, seconds: 1 } : { papers: 10_000, seconds: 5 }),
  queues: await benchQueues(smoke ? { cases: 1000, times: 20 } : { cases: 10_000, times: 300 }),
  command: benchCommand(smoke ? 3 : 15),
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
