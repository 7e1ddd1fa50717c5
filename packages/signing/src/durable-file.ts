import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file so that after a power cut there is the old one or the new one, whole. Mode 0600. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const next = `${path}.new`
  const descriptor = openSync(next, 'w', 0o600)
  try {
    writeWhole(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(next, path)
  syncFolder(dirname(path))
}

/** A write may stop short without an error. */
export function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}

/** Without this, the names of new files may be gone after a power cut. */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
