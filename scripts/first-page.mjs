// Starts the pages twice as `npm start` does, in a folder of its own, and says how long the first page took each time:
// at most 20 seconds the first time, with keys to make, and 5 the second.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const LIMITS = [20_000, 5_000]
const folder = mkdtempSync(join(tmpdir(), 'nansen-start-'))
let failed = false
try {
  for (const [time, limit] of LIMITS.entries()) {
    const milliseconds = await firstPage()
    const within = milliseconds <= limit
    failed ||= !within
    console.log(
      `${time === 0 ? 'first' : 'second'} start: first page after ${(milliseconds / 1000).toFixed(1)} s ` +
        `(${within ? 'within' : 'NOT within'} ${limit / 1000} s)`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0

/** @returns {Promise<number>} milliseconds from the start of the command to the answer of the first page */
async function firstPage() {
  const began = performance.now()
  const npm = spawn('npm', ['start', '--', '--office', join(folder, 'utopia'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    const url = await addressIn(npm.stdout)
    // The names of the office lead to this machine in browsers, and not in every resolver.
    const response = await fetch(url.replace(/\/\/[^:]+/, '//127.0.0.1'))
    const text = await response.text()
    if (response.status !== 200 || !text.includes('<h1'))
      throw new Error(`the first page: ${response.status}`)
    return performance.now() - began
  } finally {
    const ended = new Promise((resolve) => npm.once('exit', resolve))
    process.kill(-(npm.pid ?? 0), 'SIGTERM')
    await ended
  }
}

/** @param {import('node:stream').Readable} output @returns {Promise<string>} */
async function addressIn(output) {
  let text = ''
  for await (const chunk of output) {
    text += chunk
    const address = /https?:\/\/\S+?:\d+\//.exec(text)?.[0]
    if (address !== undefined) {
      output.resume()
      return address
    }
  }
  throw new Error(`it ended without an address: ${text}`)
}
