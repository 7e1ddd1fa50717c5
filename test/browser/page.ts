import { webCrypto } from '@nansen/inspection/crypto-browser'
import { type InspectionJob, inspectAll, type Question, verifyAll } from './job.ts'

// What a verifier's page loads: inspection with its cryptography. The tests reach it under one name.
const adapter = webCrypto(crypto.subtle)

const nansen = {
  inspectAll: (job: InspectionJob) => inspectAll(job, adapter),
  verifyAll: (questions: readonly Question[]) => verifyAll(questions, adapter),
}

declare global {
  var nansenPage: typeof nansen
}

globalThis.nansenPage = nansen
