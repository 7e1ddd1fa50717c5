/**
 * Kills at random times on PostgreSQL: NANSEN_FAULT_KILLS, 200 for the promise, fewer where somebody waits. Which moment
 * comes when is fixed by the seed; what the process is doing then also depends on the machine.
 */
export const KILLS = Number(process.env.NANSEN_FAULT_KILLS ?? 5)

/** Then the embedded store, which takes longest to start, is killed after each step too, and not only where it matters. */
export const LONG_RUN = KILLS >= 200
