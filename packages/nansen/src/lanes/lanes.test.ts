import { describe, expect, test } from 'vitest'
import { sharedLog } from './lane-office.ts'
import { Lanes } from './lanes.ts'

const thread = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`)

/** A lane without an office, which is asked for nothing. */
const lanes = (code: string, count = 1) =>
  Lanes.open<number, number, undefined>({
    script: thread(code),
    count,
    opened: { office: {} } as never,
    folder: '',
    settings: {} as never,
    environment: {},
    data: undefined,
  })

const PORT = `import { parentPort, threadId, workerData } from 'node:worker_threads';`
const ENDS = `const end = () => { parentPort.close(); workerData.port.close() };`

describe('lanes', () => {
  test('each piece of work goes to the lane that has the least to do', async () => {
    const code = `${PORT}${ENDS}
      parentPort.on('message', (m) => m === 'end' ? end() :
        setTimeout(() => parentPort.postMessage({ number: m.number, answer: threadId }), 20))`
    const two = lanes(code, 2)
    const threads = await Promise.all([1, 2, 3, 4].map((question) => two.ask(question)))
    expect(new Set(threads).size).toBe(2)
    expect(threads[0]).toBe(threads[2])
    await two.close()
  })

  test('a lane that breaks fails what it has, and what it is asked later, and can be closed', async () => {
    const one = lanes(`${PORT} parentPort.on('message', () => { throw new Error('broken') })`)
    await expect(one.ask(1)).rejects.toThrow('broken')
    await expect(one.ask(2)).rejects.toThrow('broken')
    await one.close()
  })

  test('one that ends without a word is no lane that is at work', async () => {
    const one = lanes(`${PORT} parentPort.on('message', () => process.exit(0))`)
    await expect(one.ask(1)).rejects.toThrow('a lane has ended')
    await one.close()
  })

  test('what goes wrong with one piece of work is told of that one', async () => {
    const one = lanes(`${PORT}${ENDS}
      parentPort.on('message', (m) => m === 'end' ? end() : parentPort.postMessage(
        m.question === 1 ? { number: 0, error: new RangeError('one') } : { number: m.number, answer: 7 }))`)
    const [first, second] = await Promise.allSettled([one.ask(1), one.ask(2)])
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'one' } })
    expect(second).toEqual({ status: 'fulfilled', value: 7 })
    await one.close()
  })
})

describe('a log that lanes share', () => {
  test('whoever asks while it is brought up to date has a later time, with all who asked meanwhile', async () => {
    let times = 0
    let release = () => {}
    const sequence = () => {
      times++
      return new Promise<undefined>((resolve) => {
        release = () => resolve(undefined)
      })
    }
    const log = sharedLog({ log: { sequence } } as never)
    const first = log()
    const waiting = [log(), log(), log()]
    expect(times).toBe(1)
    release()
    await first
    await new Promise(setImmediate)
    expect(times).toBe(2)
    release()
    await Promise.all(waiting)
    expect(times).toBe(2)
  })

  test('a failure is told to those who waited for that time, and the next begins anew', async () => {
    let times = 0
    const sequence = async () => {
      if (times++ === 0) throw new RangeError('down')
      return undefined
    }
    const log = sharedLog({ log: { sequence } } as never)
    const [first, second] = await Promise.allSettled([log(), log()])
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
  })
})
