import * as node from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CaseOffice, type DrawPage, PictureRefusal, type Pictures, recover } from '@nansen/authority'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { type Serving, serveWeb } from '@nansen/web'
import { UsageError } from '../exit.ts'
import { pageDrawer } from '../issue/draw-page.ts'
import { openForIssuing } from '../issue/open-for-issuing.ts'
import { writeTrust } from '../issue/renew-trust.ts'
import {
  makeOffice,
  NEW_OFFICE_HELP,
  NEW_OFFICE_OPTIONS,
  roleAdvice,
  settingsFor,
  stateOf,
} from '../office/index.ts'
import { parseOptions } from '../options.ts'
import type { Output } from '../output.ts'
import { type OpenPictures, openPictures } from '../pictures/index.ts'
import { programVersion } from '../program-version.ts'
import { readTrust } from '../read-trust.ts'
import { type SeededAccount, seedCases } from '../specimen/seed-cases.ts'
import { specimenHost, specimenOfficersOf } from '../specimen/specimen-officers.ts'

const HELP = `nansen serve [options]

Serves the pages of a passport office of Utopia, a state that does not exist: a person applies, is seen, two
officers decide, and a passport is issued. Made when it is started first, with officers whose part you can play
and a dozen open cases; kept between starts. It listens on this machine alone.

  --office DIR     the office (default: utopia)
  --port N         default 8080; 0 for any that is free
  --also NAME      another name under which the pages may be asked for, such as an onion address; may be given again
  --passports PATH master lists and certificates of the world's passports, a file or a folder: what the chip of an
                   applicant's old passport is checked against, here and without asking anybody; may be given again
  --no-cases       no invented cases in a new office
  --help

${NEW_OFFICE_HELP}`

const LOOPBACK = '127.0.0.1'
const PORT = 8080

/** `nansen serve`: until it is interrupted. */
export async function serveCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    office: { type: 'string' },
    port: { type: 'string' },
    also: { type: 'string', multiple: true },
    passports: { type: 'string', multiple: true },
    'no-cases': { type: 'boolean' },
    ...NEW_OFFICE_OPTIONS,
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (positionals.length > 0) throw new UsageError('it takes no operands. Type: nansen serve --help')
  const port = portOf(values.port)
  const officeFolder = values.office ?? 'utopia'
  const passports = await readTrust(values.passports ?? [], nodeCrypto(node), output, '--passports')
  const settings = await makeOffice(officeFolder, await settingsFor(officeFolder, values))
  output.out(`The passport office of ${stateOf(settings).name}, a state that does not exist. `)
  output.out('No paper here is a travel document.\n')
  const opened = await openForIssuing({
    officeFolder,
    settings,
    environment: process.env,
    version: await programVersion(),
  })
  const pictures = picturesOr(output)
  try {
    const advice = await roleAdvice(opened.office.store)
    if (advice !== undefined) output.out(`${advice}\n`)
    // What a crash left behind is taken up before anybody asks for more. P2
    await recover(opened.office)
    await writeTrust(opened, join(officeFolder, 'trust'))
    const office: CaseOffice = { ...opened.office, pictures, passports }
    const officers = await specimenOfficersOf(officeFolder, office.signing)
    const page = pageDrawer(stateOf(settings), true)
    const drawPage: DrawPage = async (paper) => {
      const drawn = page(paper)
      return drawn === 'typesetter-missing' ? undefined : drawn
    }
    const serving = await listen(
      {
        office,
        hosts: [specimenHost(settings), 'localhost', LOOPBACK, ...(values.also ?? [])],
        specimen: true,
        specimenOfficers: officers,
        drawPage,
        report: (code) => output.error(`${code}\n`),
      },
      port,
    )
    output.out(`\n  ${serving.url}          to apply\n  ${serving.url}office    for officers\n\n`)
    const stopped = interrupted()
    if (values['no-cases'] !== true) {
      const accounts = await seedCases(office, officers, drawPage, stopped.signal)
      if (accounts.length > 0) {
        const file = await writeAccounts(officeFolder, accounts)
        output.out(`Invented people have applied; their passphrases are in ${file}.\n`)
      }
    }
    output.out('Control-C ends it; what was done is kept.\n')
    await stopped.promise
    await serving.close()
    return 0
  } finally {
    pictures.close()
    await opened.close()
  }
}

/** For a newcomer who wants to see a case from its applicant's side. The people do not exist. */
async function writeAccounts(folder: string, accounts: readonly SeededAccount[]): Promise<string> {
  const file = join(folder, 'SPECIMEN-passphrases.txt')
  const lines = accounts.map(({ name, words }) => `${name}: ${words}`)
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return file
}

async function listen(options: Parameters<typeof serveWeb>[0], port: number): Promise<Serving> {
  try {
    return await serveWeb(options, { port, host: LOOPBACK })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new UsageError(`port ${port} is taken: stop what has it, or name another with --port`)
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return PORT
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UsageError('--port wants a number up to 65535')
  return Number(text)
}

/** Until Control-C, or until whoever started it says so. */
function interrupted(): { readonly promise: Promise<void>; readonly signal: AbortSignal } {
  const controller = new AbortController()
  const promise = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        controller.abort()
        resolve()
      })
  })
  return { promise, signal: controller.signal }
}

/** Without the part that opens pictures everything works but uploads, and that is said once. */
function picturesOr(output: Output): OpenPictures {
  try {
    return openPictures()
  } catch (error) {
    if (!(error instanceof PictureRefusal)) throw error
    output.error('Uploads are refused: the optional part that opens pictures is not installed.\n')
    const refuse: Pictures['picture'] = () => Promise.reject(new PictureRefusal('picture.decoder-missing'))
    return {
      portrait: () => Promise.reject(new PictureRefusal('picture.decoder-missing')),
      picture: refuse,
      close: () => {},
    }
  }
}
