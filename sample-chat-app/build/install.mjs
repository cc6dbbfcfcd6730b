// Runs `npm ci` only if node_modules is missing or older than the lock file.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function modified(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const installed = modified('node_modules/.package-lock.json');
if (installed < Math.max(modified('package-lock.json'), modified('package.json'))) {
  const npm = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: root, stdio: 'inherit', shell: process.platform === 'win32',
  });
  if (npm.error) {
    console.error(`npm could not be started: ${npm.error.message}`);
  }
  process.exitCode = npm.status ?? 1;
}
