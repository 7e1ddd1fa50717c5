/**
 * The key service as a process of its own, and the office's end of the wire to it: only ids of intents cross towards
 * the keys, and never bytes to be signed. P2, P5
 */
export { type Connect, connectKeySocket, type KeyProcessCommand, spawnKeyProcess } from './connect.ts'
export { connectKeyPort, relayKeys } from './key-port.ts'
export { openRemoteSigning, type RemoteSigningOptions } from './remote-signing.ts'
export { refuseToServe, runKeyProcess, type ServedKeys } from './run-key-process.ts'
export { type KeySocket, SocketRefusal, serveKeySocket } from './serve-key-socket.ts'
