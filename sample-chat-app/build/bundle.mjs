// Bundles the page into target/classes/static, where Spring Boot serves it from.
import { build } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'src/main/frontend');
const target = join(root, 'target/classes/static');

await mkdir(target, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: { app: join(source, 'js/main.js'), stomp: join(source, 'js/stomp.js'), both: join(source, 'js/both.js'), style: join(source, 'css/style.css') },
  outdir: target,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
  logLevel: 'warning',
});
await Promise.all([
  copyFile(join(source, 'index.html'), join(target, 'index.html')),
  copyFile(join(source, 'stomp.html'), join(target, 'stomp.html')),
  copyFile(join(source, 'both.html'), join(target, 'both.html')),
  copyFile(join(source, 'icon.svg'), join(target, 'icon.svg')),
  copyFile(join(root, 'node_modules/phoenix/LICENSE.md'), join(target, 'phoenix-license.txt')),
  copyFile(join(root, 'node_modules/@stomp/stompjs/LICENSE'), join(target, 'stompjs-license.txt')),
]);
