import assert from 'node:assert/strict';
import { LongPoll } from 'phoenix';
import { WebSocket } from 'ws';
import { Client as StompClient } from '../stomp/client.mjs';
import { answer, Client, eventually, within } from './client.mjs';

// the proxy's time-outs are three seconds in this test
const QUIET = 7_000;

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** A WebSocket as a browser opens it from a page of this origin. */
const from = (origin) => class extends WebSocket {
  constructor(url, protocols) {
    super(url, protocols, { origin });
  }
};

/** Opens a WebSocket and closes it. Returns the status of the answer. */
function handshake(url, origin) {
  return within('handshake', (resolve) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket/websocket?vsn=2.0.0`, { origin });
    socket.on('open', () => {
      resolve(101);
      socket.close();
    });
    socket.on('unexpected-response', (request, { statusCode }) => resolve(statusCode));
    socket.on('error', (error) => resolve(error.message));
  });
}

/** Opens a WebSocket of a foreign page through a proxy that answers the handshake itself, and waits for its end. */
function refusedLater(url) {
  return within('the end of a socket', (resolve) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket/websocket?vsn=2.0.0`, { origin: 'http://foreign.example' });
    let opened = false;
    socket.on('open', () => {
      opened = true;
    });
    socket.on('close', () => resolve(opened));
    socket.on('error', () => {});
  });
}

async function members(proxy) {
  const origin = new URL(proxy).origin;
  const options = { heartbeatIntervalMs: 1_000 };
  const clients = [
    ...Array.from({ length: 4 }, () => new Client(proxy, { ...options, transport: from(origin) })),
    ...Array.from({ length: 2 }, () => new Client(proxy, { ...options, transport: LongPoll })),
  ];
  const channels = await Promise.all(clients.map((client) => client.room('proxied')));
  return { clients, channels };
}

async function allHear({ clients, channels }, body) {
  await answer(channels[0].push('new_msg', { body }));
  await Promise.all(clients.map((client) => client.hears('proxied', body)));
}

/** Opens sockets until the node is gone, while it sends its clients away. */
async function leave(proxy, n1, pid) {
  const statuses = [];
  let gone = false;
  process.kill(Number(pid), 'SIGTERM');
  const watch = eventually('the end of n1', () => {
    fetch(`${n1}/cluster.json`).catch(() => {
      gone = true;
    });
    return gone;
  });
  while (!gone) {
    statuses.push(await handshake(proxy, new URL(proxy).origin));
    await sleep(20);
  }
  await watch;
  return statuses;
}

/** Clients of each kind behind a proxy, with silence between their messages, and then without their first node. */
export async function proxied(proxy, n1, pid, answers = 'node') {
  const { origin } = new URL(proxy);
  const room = await members(proxy);
  const [jane, john] = await Promise.all(['jane', 'john']
    .map((name) => StompClient.connect(proxy, name, { heartbeatIncoming: 1_000, heartbeatOutgoing: 1_000 })));
  const heard = await john.subscribed('/topic/rooms/proxied');
  await allHear(room, 'first');
  if (answers === 'node') {
    assert.equal(await handshake(proxy, 'http://foreign.example'), 403, 'a page of a foreign origin');
  } else {
    assert.equal(await refusedLater(proxy), true, 'a page of a foreign origin');
  }
  await sleep(QUIET);
  assert.deepEqual(room.clients.map(({ closes }) => closes), room.clients.map(() => 0), 'closed while nobody spoke');
  await allHear(room, 'second');
  await jane.sent('/app/rooms/proxied', JSON.stringify({ body: 'by STOMP' }));
  await john.until('the message', () => heard.length > 0);
  const statuses = await leave(proxy, n1, pid);
  console.log(`${statuses.length} handshakes while the node left: ${[...new Set(statuses)]}`);
  assert.deepEqual([...new Set(statuses)], [101]);
  assert.equal(await handshake(proxy, origin), 101);
  await eventually('all members', () => room.channels.every(({ state }) => state === 'joined'));
  await allHear(room, 'third');
  await (await StompClient.connect(proxy, 'jack')).sent('/app/rooms/proxied', JSON.stringify({ body: 'again' }));
}
