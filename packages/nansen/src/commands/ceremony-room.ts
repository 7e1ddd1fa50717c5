import { createInterface } from 'node:readline/promises'
import { CEREMONIES, type CeremonyKind, fingerprint, type Made, type Room } from '@nansen/authority'
import type { Output } from '../output.ts'

/** Puts a question to the people at the terminal. */
export type Ask = (question: string) => Promise<string>

/** Reads answers from the terminal. */
export async function askAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

/**
 * The people in the room, at one terminal: each step is told, done after a yes, and confirmed after what was made was
 * compared.
 * @param ask absent for specimens: then what is made is told, and nobody is asked
 */
export function roomAt(output: Output, kind: CeremonyKind, ask: Ask | undefined): Room {
  const { length } = CEREMONIES[kind].steps
  return {
    async begin({ name, who, does }, number) {
      output.out(`\nStep ${number} of ${length}: ${name}\n`)
      if (ask === undefined) return true
      output.out(`  Present: ${who.join(', ')}.\n  ${does}\n`)
      return isYes(await ask('  Is it to be done? Type yes or no: '))
    },
    async confirm({ check }, made) {
      for (const each of made) output.out(madeText(each))
      if (ask === undefined) return true
      output.out(check.map((line) => `  Check: ${line}\n`).join(''))
      return isYes(await ask('  Is all of it so? Type yes or no: '))
    },
  }
}

/** The whole word: a key that was hit by mistake is no answer. */
const isYes = (answer: string): boolean => answer.trim().toLowerCase() === 'yes'

function madeText({ what, facts, bytes }: Made): string {
  const [first, second] = fingerprint(bytes)
  const rows = [...facts, ['SHA-256', first!], ['', second!]] as const
  return `  ${what}\n${rows.map(([name, value]) => `    ${name.padEnd(18)}${value}\n`).join('')}`
}
