import { threadId } from 'node:worker_threads'
import { runLane } from '../packages/nansen/dist/lanes/index.js'
import { specimenApprovals, specimenOfficersOf } from '../packages/nansen/dist/specimen/specimen-officers.js'
import { benchIssuer } from './bench-orders.mjs'

// What a lane of `nansen issue` does, without the folders of the papers.
await runLane({
  work(office, /** @type {{ folder: string, portrait: Uint8Array }} */ { folder, portrait }) {
    const approvals = specimenApprovals(() => specimenOfficersOf(folder, office.signing), office)
    const issuer = benchIssuer(office, portrait, approvals, `lane-${threadId}`)
    return async (/** @type {{ prepare: number } | { issue: number }} */ question) => {
      if ('prepare' in question) issuer.prepare(question.prepare)
      else await issuer.issue(question.issue)
    }
  },
  refused(_, code) {
    throw new Error(`bench: a lane cannot open the office: ${code}`)
  },
})
