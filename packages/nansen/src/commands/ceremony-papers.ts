import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CeremonyKind, CeremonyPlan, HeldCeremony } from '@nansen/authority'
import { UsageError } from '../exit.ts'

const papers = (office: string): string => join(office, 'ceremonies')
const planFile = (office: string): string => join(papers(office), 'open.json')

const COMMANDS: Readonly<Record<CeremonyKind, string>> = {
  first: 'run',
  link: 'link',
  signer: 'signer',
  crl: 'crl',
  list: 'list',
}

/**
 * The plan of a ceremony that was broken off, or a new one, written down before anything is made: so that it is the
 * same ceremony when it is taken up again.
 * @throws UsageError where one of another kind was broken off
 */
export async function openPlan(
  office: string,
  kind: CeremonyKind,
  make: () => Promise<CeremonyPlan>,
): Promise<CeremonyPlan> {
  const text = await readFile(planFile(office), 'utf8').catch(() => undefined)
  if (text !== undefined) {
    const plan = parsePlan(text)
    if (plan === undefined) throw new UsageError(`${planFile(office)} is not of this version, or was altered`)
    if (plan.kind !== kind)
      throw new UsageError(
        `another ceremony was broken off: finish it first, with "nansen ceremony ${COMMANDS[plan.kind]}"`,
      )
    return plan
  }
  const plan = await make()
  await mkdir(papers(office), { recursive: true })
  const path = `${planFile(office)}.new`
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify({ version: 1, plan }, undefined, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(path, planFile(office))
  return plan
}

/** What is in it is checked again by every step; here only that it is one. */
function parsePlan(text: string): CeremonyPlan | undefined {
  try {
    const { version, plan } = JSON.parse(text) as { version: unknown; plan: CeremonyPlan }
    const whole = Object.hasOwn(COMMANDS, plan.kind) && Object.values(plan.ordinals).every(Number.isInteger)
    return version === 1 && whole && Array.isArray(plan.revoke) ? plan : undefined
  } catch {
    return undefined
  }
}

/** The ceremony is over: the next one has a plan of its own. */
export const closePlan = (office: string): Promise<void> => rm(planFile(office), { force: true })

/** The transcript, and beside it what people are to send out. @returns where they lie */
export async function keepTranscript(
  office: string,
  kind: CeremonyKind,
  at: Date,
  { transcript, files }: HeldCeremony,
): Promise<readonly string[]> {
  await mkdir(papers(office), { recursive: true })
  const moment = at.toISOString().slice(0, 19).replace(/[-:]/g, '')
  const name = `${moment}Z-${COMMANDS[kind]}`
  const paths: string[] = []
  const write = async (path: string, content: string | Uint8Array) => {
    await writeFile(join(papers(office), path), content)
    paths.push(join(papers(office), path))
  }
  await write(`${name}.txt`, transcript)
  for (const { name: file, bytes } of files) if (file.endsWith('.txt')) await write(`${name}-${file}`, bytes)
  return paths
}
