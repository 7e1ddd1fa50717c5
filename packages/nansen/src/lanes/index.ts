/**
 * Threads in which an office issues: each has a connection to the database of its own, and goes through the whole of
 * issuing by itself. The keys and the log stay with the thread that opened the office. On PostgreSQL only.
 */
export { runLane } from './lane.ts'
export { Lanes } from './lanes.ts'
