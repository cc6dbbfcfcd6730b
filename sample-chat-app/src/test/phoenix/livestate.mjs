// phx-live-state: the server has the state, the client gets it whole and then as JSON patches
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { WebSocket } from 'ws';
import { eventually } from './client.mjs';

/** The package imports directories, which bundlers understand and Node.js does not. */
async function library() {
  const { outputFiles } = await build({
    stdin: { contents: "export { LiveState } from 'phx-live-state/build/src/LiveState.js';", resolveDir: '.' },
    bundle: true, format: 'esm', platform: 'node', write: false, logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

function open(LiveState, url, list) {
  const live = new LiveState({
    url: `${url.replace(/^http/, 'ws')}/socket`, topic: `todos:${list}`, socketOptions: { transport: WebSocket },
  });
  const changes = [];
  live.addEventListener('livestate-change', ({ detail }) => changes.push(detail.version));
  live.connect();
  return { live, changes, errors: [] };
}

const todos = ({ live }) => live.state?.todos.map(({ text, done }) => `${text}${done ? ' (done)' : ''}`);

const shows = (client, ...expected) => eventually(expected.join(), () => `${todos(client)}` === `${expected}`);

export async function liveState(n1) {
  console.debug = () => {};
  const { LiveState } = await library();
  const one = open(LiveState, n1, 'shopping');
  await shows(one);
  const failed = new Promise((resolve) => one.live.addEventListener('livestate-error', ({ detail }) => resolve(detail)));
  one.live.pushEvent('add', { text: 'tea' });
  one.live.pushEvent('add', { text: 'milk' });
  await shows(one, 'tea', 'milk');
  one.live.pushEvent('done', { index: 0 });
  await shows(one, 'tea (done)', 'milk');
  assert.deepEqual(one.changes, [0, 1, 2, 3]);
  one.live.pushEvent('unknown', {});
  assert.deepEqual(await failed, { type: 'unknown event', message: 'unknown' });
  // a client that has missed a patch asks for the whole state
  one.live.stateVersion = 17;
  one.live.pushEvent('add', { text: 'bread' });
  await shows(one, 'tea (done)', 'milk', 'bread');
  assert.equal(one.changes.at(-1), 4);
  // a timer of the channel removes what is done
  one.live.pushEvent('tidy', {});
  await shows(one, 'milk', 'bread');
}
