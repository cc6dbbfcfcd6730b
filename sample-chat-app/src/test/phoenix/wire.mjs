import assert from 'node:assert/strict';
import { LongPoll, Socket } from 'phoenix';
import { WebSocket } from 'ws';
import { answer, within } from './client.mjs';

const quick = { timeout: 30_000, reconnectAfterMs: () => 50, rejoinAfterMs: () => 50 };

/** The storage in which phoenix.js remembers a fallback. */
const memory = () => {
  const values = new Map();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => values.set(key, value) };
};

export function connect(url, options) {
  const socket = new Socket(`${url.replace(/^http/, 'ws')}/socket`, { transport: WebSocket, ...quick, ...options });
  socket.connect();
  return socket;
}

export async function join(socket, topic) {
  const channel = socket.channel(topic, {});
  await answer(channel.join());
  return channel;
}

export const hears = (channel, event) => within(event, (resolve) => channel.on(event, resolve));
const bytes = (...values) => new Uint8Array(values).buffer;

/** Tests echo, order, and broadcasts in both directions, with a channel over WebSocket on another node. */
async function talks(channel, other) {
  assert.deepEqual(await answer(channel.push('echo', { text: 'späße 🎈', n: 1.5 })), { text: 'späße 🎈', n: 1.5 });
  const numbers = Array.from({ length: 250 }, (_, n) => n);
  const echoes = await Promise.all(numbers.map((n) => answer(channel.push('echo', { n }))));
  assert.deepEqual(echoes.map(({ n }) => n), numbers);
  for (const [from, to, way] of [[channel, other, 'there'], [other, channel, 'back']]) {
    const heard = [];
    // the sender receives its own broadcast as well, maybe later
    to.on('shouted', (shouted) => shouted.way === way && heard.push(shouted.n));
    numbers.forEach((n) => from.push('shout', { n, way }));
    await within('broadcasts', (resolve) => {
      const timer = setInterval(() => heard.length >= numbers.length && resolve(clearInterval(timer)), 20);
    });
    assert.deepEqual(heard, numbers);
    to.off('shouted');
  }
}

export async function text(n1, n2) {
  await talks(await join(connect(n1), 'any:text'), await join(connect(n2), 'any:text'));
}

export async function binary(n1, n2) {
  const one = await join(connect(n1), 'any:binary');
  const other = await join(connect(n2), 'any:binary');
  assert.deepEqual(await answer(one.push('reverse', bytes(1, 2, 255))), bytes(255, 2, 1));
  assert.deepEqual(await answer(one.push('reverse', bytes())), bytes());
  const pushed = hears(one, 'pushed');
  one.push('push_back', bytes(7, 0));
  assert.deepEqual(await pushed, bytes(7, 0));
  const heard = [hears(one, 'shouted_bytes'), hears(other, 'shouted_bytes')];
  one.push('shout_bytes', bytes(0, 128, 10));
  for (const payload of await Promise.all(heard)) {
    assert.deepEqual(payload, bytes(0, 128, 10));
  }
}

export async function longPoll(n1, n2) {
  const polling = connect(n1, { transport: LongPoll });
  const channel = await join(polling, 'any:poll');
  await talks(channel, await join(connect(n2), 'any:poll'));
  const heard = hears(channel, 'shouted');
  channel.push('shout_reversed', bytes(1, 2, 3));
  assert.deepEqual(await heard, { bytes: [3, 2, 1] });
  await answer(channel.leave());
}

export async function alternatingLongPoll(n1, n2) {
  const used = { [n1]: 0, [n2]: 0 };
  const { fetch } = globalThis;
  let turn = 0;
  globalThis.fetch = (url, options) => {
    const node = [n1, n2][turn++ % 2];
    used[node]++;
    return fetch(url.replace(n1, node), options);
  };
  const channel = await join(connect(n1, { transport: LongPoll }), 'any:turns');
  await talks(channel, await join(connect(n2), 'any:turns'));
  assert.ok(used[n1] > 5 && used[n2] > 5, JSON.stringify(used));
}

export async function fallback(n1, n2) {
  const socket = connect(n1, { params: { websocket: 'blocked' }, longPollFallbackMs: 5_000, sessionStorage: memory() });
  const channel = await join(socket, 'any:fallback');
  assert.equal((await answer(channel.push('who', {}))).transport, 'longpoll');
  await talks(channel, await join(connect(n2), 'any:fallback'));
}

export async function authToken(n1) {
  for (const transport of [WebSocket, LongPoll]) {
    const channel = await join(connect(n1, { transport, authToken: 's3cret?+/' }), 'any:auth');
    assert.equal((await answer(channel.push('who', {}))).token, 's3cret?+/');
  }
}

export async function sessionThatIsGone(n1) {
  const socket = connect(n1, { transport: LongPoll, params: { id: 'kicked' } });
  const channel = await join(socket, 'any:gone');
  const lost = within('error', (resolve) => channel.onError(resolve));
  channel.push('kick', {});
  await lost;
  await within('rejoin', (resolve) => {
    const timer = setInterval(() => channel.state === 'joined' && resolve(clearInterval(timer)), 20);
  });
  assert.deepEqual(await answer(channel.push('echo', { again: true })), { again: true });
}
