const BSI = '0.4.0.127.0.7.2.2.'

const CIPHERS = ['3DES-CBC-CBC', 'AES-CBC-CMAC-128', 'AES-CBC-CMAC-192', 'AES-CBC-CMAC-256']
const MAPPINGS = ['DH-GM', 'ECDH-GM', 'DH-IM', 'ECDH-IM', undefined, 'ECDH-CAM']
const RSA_TERMINAL = ['V1-5-SHA-1', 'V1-5-SHA-256', 'PSS-SHA-1', 'PSS-SHA-256', 'V1-5-SHA-512', 'PSS-SHA-512']
const EC_TERMINAL = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512']

/** Identifiers of chip protocols with the names that the standards give them. [9303-11 §9.2] [TR-03110 §A.1] */
function table(): Map<string, string> {
  const names = new Map<string, string>([
    ['2.23.136.1.1.5', 'id-icao-mrtd-security-aaProtocolObject'],
    ['2.23.136.1.1.13', 'id-EFDIR'],
    ['1.3.27.1.1.13', 'id-EFDIR'],
  ])
  const put = (rest: string, name: string) => names.set(BSI + rest, name)
  const numbered = (prefix: string, name: string, list: readonly (string | undefined)[]) =>
    list.forEach((part, i) => {
      if (part !== undefined) put(`${prefix}.${i + 1}`, `${name}-${part}`)
    })
  numbered('1', 'id-PK', ['DH', 'ECDH'])
  put('2', 'id-TA')
  numbered('2', 'id-TA', ['RSA', 'ECDSA'])
  numbered('2.1', 'id-TA-RSA', RSA_TERMINAL)
  numbered('2.2', 'id-TA-ECDSA', EC_TERMINAL)
  numbered('3', 'id-CA', ['DH', 'ECDH'])
  numbered('3.1', 'id-CA-DH', CIPHERS)
  numbered('3.2', 'id-CA-ECDH', CIPHERS)
  numbered('4', 'id-PACE', MAPPINGS)
  MAPPINGS.forEach((mapping, i) => {
    if (mapping === undefined) return
    // Chip authentication mapping has no triple DES.
    const ciphers = mapping === 'ECDH-CAM' ? [undefined, ...CIPHERS.slice(1)] : CIPHERS
    numbered(`4.${i + 1}`, `id-PACE-${mapping}`, ciphers)
  })
  put('6', 'id-CI')
  put('7', 'id-eIDSecurity')
  put('8', 'id-PT')
  return names
}

const NAMES = table()

/** The name of a chip protocol by its dotted identifier, or `undefined`. */
export function protocolName(protocol: string): string | undefined {
  return NAMES.get(protocol)
}
