// Runs one case against running nodes: node run.mjs <case> <url of n1> <url of n2>
import * as stomp from '../stomp/expiry.mjs';
import { absintheSocket } from './absinthe.mjs';
import * as chat from './cases.mjs';
import * as expiry from './expiry.mjs';
import * as history from './history.mjs';
import { liveState } from './livestate.mjs';
import * as logout from './logout.mjs';
import { proxied } from './proxy.mjs';
import { rollingRestart } from './rolling.mjs';
import * as server from './server.mjs';
import * as supabase from './supabase.mjs';
import * as wire from './wire.mjs';

const cases = {
  ...chat, ...expiry, ...stomp, ...wire, ...server, ...supabase, ...logout, ...history,
  absintheSocket, liveState, proxied, rollingRestart,
};
const [name, ...nodes] = process.argv.slice(2);
try {
  await cases[name](...nodes);
  process.exit(0); // without waiting for replies that are not to come
} catch (error) {
  console.error(error);
  process.exit(1);
}
