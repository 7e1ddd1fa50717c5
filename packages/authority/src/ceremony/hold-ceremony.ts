import type { CeremonyOffice } from './ceremony-office.ts'
import type { TrustFile } from './current-trust.ts'
import type { CeremonyPlan } from './plan.ts'
import { CeremonyRefusal, demandSpecimen } from './refusal.ts'
import { CEREMONIES, type Made, type Step } from './steps.ts'
import { type DoneStep, transcript } from './transcript.ts'

/** The people in the room. Where nobody is asked, as for specimens in a test, every step goes on. */
export interface Room {
  /** Before a step: whether it is to be done. `number` from one. */
  readonly begin?: (step: Step, number: number) => Promise<boolean>
  /** After it: whether what was made is what was meant. */
  readonly confirm?: (step: Step, made: readonly Made[]) => Promise<boolean>
}

export interface HeldCeremony {
  readonly transcript: string
  readonly made: readonly Made[]
  /** What is to be published. */
  readonly files: readonly TrustFile[]
}

/**
 * Carries out a ceremony step by step. Broken off at any point and held again with the same plan, it finds what is made and
 * goes on: no second key, no second certificate.
 * @param version program and version, for the transcript
 * @throws CeremonyRefusal ceremony.stopped where somebody says no, and whatever the steps throw
 */
export async function holdCeremony(
  office: CeremonyOffice,
  plan: CeremonyPlan,
  version: string,
  room: Room = {},
): Promise<HeldCeremony> {
  const { state, clock } = office
  demandSpecimen(state)
  const begun = clock()
  const steps: DoneStep[] = []
  for (const [index, step] of CEREMONIES[plan.kind].steps.entries()) {
    if ((await room.begin?.(step, index + 1)) === false) throw new CeremonyRefusal('ceremony.stopped')
    const made = await step.run(office, plan)
    if ((await room.confirm?.(step, made)) === false) throw new CeremonyRefusal('ceremony.stopped')
    steps.push({ step, made, at: clock() })
    office.step?.(`ceremony.${step.name}`)
  }
  const made = steps.flatMap((step) => step.made)
  return {
    transcript: transcript({ state, plan, version, begun, steps }),
    made,
    files: made.flatMap(({ file }) => (file === undefined ? [] : [file])),
  }
}
