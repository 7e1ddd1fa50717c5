import { hex } from '@nansen/formats/tlv'

/** The stream of an account: who was let in, who was shown out, that its cases went to another. @param accountId 16 octets */
export const streamOfAccount = (accountId: Uint8Array): string => `account/${hex(accountId)}`
