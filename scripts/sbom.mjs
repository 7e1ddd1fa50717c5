// Writes the bill of materials of what is shipped (CycloneDX): node scripts/sbom.mjs [FILE]
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const file = resolve(process.argv[2] ?? 'artefacts/nansen.cdx.json')
const { status, stdout, stderr } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
  encoding: 'utf8',
})
if (status !== 0) {
  process.stderr.write(stderr)
  process.exit(1)
}

const bom = JSON.parse(stdout)
if (bom.bomFormat !== 'CycloneDX' || bom.components.length === 0)
  throw new Error('npm sbom answered with no components')
// npm names our own packages after their folders, and the project after whatever its clone is called.
for (const component of [bom.metadata.component, ...bom.components])
  component.name = component['bom-ref'].replace(/@[^@]*$/, '')
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`)
console.log(`${file}: ${bom.components.length} components`)
