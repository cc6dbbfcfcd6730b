// Runs one case against running nodes: node run.mjs <case> <url of n1> <url of n2>
import * as cases from './cases.mjs';

const [name, ...nodes] = process.argv.slice(2);
try {
  await cases[name](...nodes);
  process.exit(0); // without waiting for replies that are not to come
} catch (error) {
  console.error(error);
  process.exit(1);
}
