import * as node from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { bareCommits, COMMITS } from './bare-commits.mjs'
import { openBenchOffice } from './bench-office.mjs'
import { startPostgresql } from './fixtures.mjs'
import { perSecond, rounded } from './measure.mjs'
import { childrenOf, cpuSecondsOf, mostMebibytesOf } from './processes.mjs'
import { StepTimes } from './step-times.mjs'

const BAR = 600
const BATCH = 400
/** Of the two processors on which the bar is to be reached. */
const LANES = 2
/** Calls of `issue` under way at once; each holds a connection at times. */
const AT_ONCE = 8

/**
 * Papers a second, whole booklets recorded, signed, inspected, released, in the log and handed over, on PostgreSQL and with the key
 * service in a process of its own; without the printed page. In one transaction each, one after another and eight at
 * once, in batches, and in batches in lanes. Beside them, in the same run: the signatures that they need and nothing else, and the commits
 * with rows of the same sizes and nothing else.
 * @param {{ papers: number, seconds: number }} options papers of the long run, and for how long the others go on
 */
export async function benchIssue({ papers, seconds }) {
  const postgresql = await startPostgresql()
  if (postgresql === undefined) return { skipped: 'no PostgreSQL' }
  try {
    const bare = async (/** @type {number} */ connections, /** @type {number} */ batch) => {
      const { papersPerSecond } = await bareCommits(postgresql.url, { connections, batch, seconds })
      return papersPerSecond
    }
    const signatures = await bareSignatures(seconds)
    const results = []
    for (const { name, batch, atOnce, lanes = 1 } of [
      { name: 'one transaction each', batch: 1, atOnce: 1 },
      { name: 'one transaction each, eight at once', batch: 1, atOnce: AT_ONCE },
      { name: `batches of ${BATCH}`, batch: BATCH, atOnce: 1 },
      { name: `batches of ${BATCH}, two at once`, batch: BATCH, atOnce: 2 },
      {
        name: `batches of ${BATCH}, two at once in each of two lanes`,
        batch: BATCH,
        atOnce: 4,
        lanes: LANES,
      },
    ]) {
      const commits = await bare(atOnce, batch)
      const rate = await issued(postgresql.url, { batch, atOnce, lanes, seconds })
      // What remains of a paper's time when nothing but its signature and its commits is done, one after the other.
      const needed = 1 / (1 / commits + 1 / signatures)
      results.push({
        name,
        perSecond: rounded(rate),
        bareCommitsAllowPerSecond: rounded(commits),
        commitsAndSignaturesAllowPerSecond: rounded(needed),
        ratio: rounded(rate / needed),
      })
    }
    return {
      commitsACall: COMMITS,
      bareSignaturesPerSecond: rounded(signatures),
      barPerSecond: BAR,
      results,
      longRun: await longRun(postgresql.url, papers),
      longRunInLanes: await longRunInLanes(postgresql.url, papers),
    }
  } finally {
    await postgresql.stop()
  }
}

/** @param {number} seconds */
function bareSignatures(seconds) {
  const { privateKey } = node.generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const toBeSigned = node.randomBytes(150)
  return perSecond(() => node.sign('sha256', toBeSigned, privateKey), seconds)
}

/** Papers a second. @param {string} url @param {{ batch: number, atOnce: number, lanes: number, seconds: number }} options */
async function issued(url, { batch, atOnce, lanes, seconds }) {
  const office = await openBenchOffice(url, { lanes })
  const during = async (/** @type {number} */ span) => {
    const began = performance.now()
    const until = began + span * 1000
    let papers = 0
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (performance.now() < until) {
          await office.issue(batch)
          papers += batch
        }
      }),
    )
    return (papers * 1000) / (performance.now() - began)
  }
  try {
    // The desk is opened, statements prepared and code compiled before the clock runs: an office works for hours.
    await office.prepare(Math.ceil(seconds * 5 * BAR))
    await during(4 * seconds)
    return await during(seconds)
  } finally {
    await office.close()
  }
}

/**
 * So many papers end to end in a fresh office, in batches one after another, with the time of each step, and what each
 * process took of a core for it.
 * @param {string} url
 * @param {number} papers
 */
async function longRun(url, papers) {
  const [postgresql] = childrenOf()
  const times = new StepTimes()
  const office = await openBenchOffice(url, { step: times.step })
  try {
    await office.prepare(papers)
    const spent = { office: process.pid, keyService: office.keyService, postgresql }
    const before = cpuOf(spent)
    const began = performance.now()
    for (let done = 0; done < papers; done += BATCH) {
      times.begin()
      await office.issue(Math.min(BATCH, papers - done))
    }
    const seconds = (performance.now() - began) / 1000
    const after = cpuOf(spent)
    return {
      papers,
      seconds: rounded(seconds),
      perSecond: rounded(papers / seconds),
      millisecondsAPaperByStep: times.perPaper(papers),
      cpuMillisecondsAPaper: Object.fromEntries(
        Object.entries(after).map(([name, cpu]) => [
          name,
          rounded(((cpu - (before[name] ?? 0)) * 1000) / papers),
        ]),
      ),
      mostMebibytes: {
        office: rounded(process.resourceUsage().maxRSS / 1024),
        keyService: office.keyService && rounded(mostMebibytesOf(office.keyService)),
      },
    }
  } finally {
    await office.close()
  }
}

/**
 * As many in lanes, the first with cold code.
 * @param {string} url
 * @param {number} papers
 */
async function longRunInLanes(url, papers) {
  const office = await openBenchOffice(url, { lanes: LANES })
  try {
    await office.prepare(papers)
    const began = performance.now()
    let left = papers
    const work = async () => {
      while (left > 0) {
        const batch = Math.min(BATCH, left)
        left -= batch
        await office.issue(batch)
      }
    }
    await Promise.all(Array.from({ length: 2 * LANES }, work))
    const seconds = (performance.now() - began) / 1000
    return { papers, lanes: LANES, seconds: rounded(seconds), perSecond: rounded(papers / seconds) }
  } finally {
    await office.close()
  }
}

/** Seconds of a core; of this process without the others. @param {Record<string, number | undefined>} pids @returns {Record<string, number>} */
function cpuOf(pids) {
  const { user, system } = process.cpuUsage()
  return Object.fromEntries(
    Object.entries(pids).flatMap(([name, pid]) => {
      if (pid === process.pid) return [[name, (user + system) / 1e6]]
      return pid === undefined ? [] : [[name, cpuSecondsOf(pid)]]
    }),
  )
}

// By itself: node bench/issue.mjs [--smoke]. Build first.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const smoke = process.argv.includes('--smoke')
  const result = await benchIssue(smoke ? { papers: 200, seconds: 1 } : { papers: 10_000, seconds: 5 })
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}
