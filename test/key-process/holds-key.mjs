// A process that holds the key as an office would that signs by itself: the search of the tests must find it there.
import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'

const key = createPrivateKey(readFileSync(process.argv[2], 'utf8'))
sign('sha256', Buffer.from('used once'), key)
process.stdout.write('ready\n')
for await (const _ of process.stdin);
sign('sha256', Buffer.from('used again'), key)
