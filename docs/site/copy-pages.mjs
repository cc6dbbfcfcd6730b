// Copies the pages beside node_modules, where their imports are found.
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const from = fileURLToPath(new URL('../', import.meta.url))
const to = fileURLToPath(new URL('./pages/', import.meta.url))

rmSync(to, { recursive: true, force: true })
for (const name of readdirSync(from)) {
  if (name.endsWith('.md') || name === 'images') {
    cpSync(from + name, to + name, { recursive: true })
  }
}
