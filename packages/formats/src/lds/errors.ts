export type LdsErrorCode =
  | 'lds.com-version' // a version number in EF.COM that is not of digits
  | 'lds.com-tag-list' // no tags, or more than there are data groups
  | 'lds.mrz-length' // DG1 of another length than the three formats have
  | 'lds.mrz-character' // DG1 with a control character or one outside ASCII
  | 'lds.count' // a number of instances that is missing or not one octet
  | 'lds.face-record-version' // a face record of another version than 010
  | 'lds.face-record-length' // lengths inside a face record that do not add up
  | 'lds.return-right' // DG13 begins as a return right and does not go on as one
  | 'lds.public-key' // not a SubjectPublicKeyInfo that can be measured
