// The package is optional: where it is not installed, this lets the build pass. Types: pkcs11js-types.ts
declare module 'pkcs11js'
