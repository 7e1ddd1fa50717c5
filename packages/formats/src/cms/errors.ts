export type CmsErrorCode = 'cms.pending'
