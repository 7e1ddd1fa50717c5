/**
 * For tests of recovery: ends the process at the step of that name, as a power cut would.
 * @param name none in ordinary use
 */
export function crashAt(name: string | undefined): ((step: string) => void) | undefined {
  if (name === undefined || name === '') return undefined
  return (step) => {
    if (step === name) process.kill(process.pid, 'SIGKILL')
  }
}
