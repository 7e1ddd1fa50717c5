/** Whether octets are those of a text: none is a control character but for tabs and line ends. */
export const isText = (bytes: Uint8Array): boolean =>
  bytes.every((octet) => octet === 9 || octet === 10 || octet === 13 || (octet >= 32 && octet !== 127))
