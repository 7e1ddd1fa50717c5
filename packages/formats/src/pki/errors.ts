export type PkiErrorCode =
  | 'pki.certificate-too-large' // over 64 KiB
  | 'pki.version' // not a version that the structure has
  | 'pki.algorithm-mismatch' // the algorithm inside what is signed is not the one outside
  | 'pki.algorithm-parameters' // parameters that the algorithm does not have
  | 'pki.name-empty' // a distinguished name part without attributes
  | 'pki.extension-twice' // the same extension a second time
  | 'pki.extensions-empty'
  | 'pki.extension-value' // an extension that is not what its identifier says
  | 'pki.key-curve' // explicit curve parameters that are no known curve
  | 'pki.key-point' // an EC point of the wrong length or form
  | 'pki.key-size' // an RSA key with an even modulus, exponent below three, or over the limit
  | 'pki.crl-too-large'
  | 'pki.master-list-too-large' // over 16 MiB
  | 'pki.master-list-version'
  | 'pki.master-list-empty'
