import type { Officer, OfficerRole } from '@nansen/authority'

const WITH_CASES: readonly OfficerRole[] = ['intake', 'decision', 'production']

/** Whether an officer works on cases: the others open none, and have no budget of the day. P8 */
export const opensCases = ({ roles }: Officer): boolean => roles.some((role) => WITH_CASES.includes(role))
