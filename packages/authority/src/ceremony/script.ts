import type { IssuingState } from '../office.ts'
import type { CeremonyKind } from './plan.ts'
import { CEREMONIES, type Role, type Step } from './steps.ts'

const ROLES: Readonly<Record<Role, string>> = {
  leader: 'reads each step aloud and works at the machine',
  custodian: 'holds the passphrase, the token or a sheet of shares; never the leader',
  witness: 'from outside the office; compares what is read aloud with what is on the screen',
  recorder: 'writes on this paper what was seen, and keeps it',
}

const WIDTH = 78

/**
 * The script that people follow on paper: what for, who must be there, each step with what to check and where to sign. It is made
 * of the same table as the program's run, so that one cannot depart from the other.
 */
export function ceremonyScript(state: IssuingState, kind: CeremonyKind, version: string): string {
  const { title, purpose, steps } = CEREMONIES[kind]
  const present = (Object.keys(ROLES) as Role[]).filter(
    (role) => role === 'recorder' || steps.some(({ who }) => who.includes(role)),
  )
  return `SCRIPT OF A CEREMONY
${title}
${state.name} (${state.code3}): a state that does not exist

${wrapped(purpose)}

Program: ${version}
Day and place: ${blank(56)}

WHO MUST BE IN THE ROOM
Each role is one person, and no person has two. Nobody leaves before the end.

${present.map((role) => `${role.padEnd(11)}${wrapped(ROLES[role], 11)}\n  name and signature ${blank(48)}`).join('\n')}

BEFORE IT BEGINS
[ ] The machine was started from a medium that two people checked.
[ ] Token, passphrase or sheets of shares are sealed, and the seals are whole.
[ ] A printer is at hand, or a second person who writes the transcript down.
[ ] If anything is not as this script says: stop, write down why, and go home.
    A ceremony that was broken off is taken up again; it makes nothing twice.

${steps.map(stepText).join('\n')}
AT THE END
[ ] The transcript is printed. Its last lines are its SHA-256: everybody
    compares them with the screen. First two groups: ${blank(11)}
[ ] Token, passphrase or sheets are sealed again, each with its keeper.
[ ] Everybody signs the transcript and this script.
`
}

function stepText({ name, who, does, check, makesNothing }: Step, index: number): string {
  return `STEP ${index + 1}  ${name}
    ${wrapped(`Present: ${who.join(', ')}.`, 4)}
    ${wrapped(does, 4)}
${check.map((line) => `[ ] ${wrapped(line, 4)}`).join('\n')}
${makesNothing ? '' : `    first two groups of each fingerprint ${blank(36)}\n`}    time ${blank(14)}   signed ${blank(43)}
`
}

const blank = (length: number): string => '_'.repeat(length)

/** Lines of at most 78 characters, all but the first indented. */
function wrapped(text: string, indent = 0): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}
