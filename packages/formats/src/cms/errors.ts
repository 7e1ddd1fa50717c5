export type CmsErrorCode =
  | 'cms.content-type' // the outer content type is not signedData
  | 'cms.version' // not the SignedData or SignerInfo version that its content demands
  | 'cms.no-content' // the signed content is not inside
  | 'cms.no-signer'
  | 'cms.signer-identifier'
  | 'cms.algorithm' // a digest algorithm that travel documents do not use
  | 'cms.signed-attributes-not-der' // hashed as DER, so anything else cannot be checked
  | 'cms.attribute-twice'
  | 'cms.attribute-missing' // content type or message digest
  | 'cms.attribute-value' // not exactly one value, or one of another type
