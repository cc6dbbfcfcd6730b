import assert from 'node:assert/strict';
import { LongPoll } from 'phoenix';
import { WebSocket } from 'ws';
import { Client as StompClient } from '../stomp/client.mjs';
import { answer, Client, eventually, within } from './client.mjs';

// the proxy's time-outs are six seconds in this test
const QUIET = 14_000;

// phoenix.js closes a socket whose heartbeat is not answered before the next one is due: on a busy machine one second is too short
const BEAT = 2_000;

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

/**
 * Opens a WebSocket through a proxy that answers the handshake itself, and asks for a heartbeat. Returns whether a
 * node has answered, or the socket was closed.
 */
function answered(url, origin) {
  return within('the answer to a heartbeat', (resolve) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket/websocket?vsn=2.0.0`, { origin });
    socket.on('open', () => socket.send(JSON.stringify([null, '1', 'phoenix', 'heartbeat', {}])));
    socket.on('message', () => {
      resolve(true);
      socket.close();
    });
    socket.on('close', () => resolve(false));
    socket.on('error', () => {});
  });
}

/** Waits until the proxy knows that a node has gone: with two nodes in turn, every second socket would be closed. */
function knows(url, origin) {
  return within('twenty sockets in a row with a node', async (resolve) => {
    for (let row = 0; row < 20;) {
      row = await answered(url, origin) ? row + 1 : 0;
      await sleep(20);
    }
    resolve();
  });
}

async function members(proxy) {
  const origin = new URL(proxy).origin;
  const options = { heartbeatIntervalMs: BEAT };
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
async function leave(proxy, n1, pid, open) {
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
    statuses.push(await open(proxy, new URL(proxy).origin));
    await sleep(20);
  }
  await watch;
  return statuses;
}

/**
 * Clients of each kind behind a proxy, with silence between their messages, and then without their first node.
 * @param answers who answers handshakes: a node, or the gateway itself, whose clients have to try again
 */
export async function proxied(proxy, n1, pid, answers = 'node') {
  const { origin } = new URL(proxy);
  const gateway = answers === 'gateway';
  const again = gateway ? { reconnectDelay: 50 } : {};
  const room = await members(proxy);
  const [jane, john] = await Promise.all(['jane', 'john']
    .map((name) => StompClient.connect(proxy, name, { heartbeatIncoming: BEAT, heartbeatOutgoing: BEAT, ...again })));
  const heard = await john.subscribed('/topic/rooms/proxied');
  await allHear(room, 'first');
  if (gateway) {
    assert.equal(await answered(proxy, 'http://foreign.example'), false, 'a page of a foreign origin');
  } else {
    assert.equal(await handshake(proxy, 'http://foreign.example'), 403, 'a page of a foreign origin');
  }
  const closes = () => [...room.clients, jane, john].map((client) => client.closes);
  const before = closes();
  await sleep(QUIET);
  assert.deepEqual(closes(), before, 'closed while nobody spoke');
  await allHear(room, 'second');
  await jane.sent('/app/rooms/proxied', JSON.stringify({ body: 'by STOMP' }));
  await john.until('the message', () => heard.length > 0);
  const results = await leave(proxy, n1, pid, gateway ? answered : handshake);
  console.log(`${results.length} sockets while the node left: ${[...new Set(results)]}`);
  if (gateway) {
    await knows(proxy, origin);
  } else {
    assert.deepEqual([...new Set(results)], [101]);
    assert.equal(await handshake(proxy, origin), 101);
  }
  await eventually('all members', () => room.channels.every(({ state }) => state === 'joined'));
  await allHear(room, 'third');
  const jack = await StompClient.connect(proxy, 'jack', again);
  await jack.sent('/app/rooms/proxied', JSON.stringify({ body: 'again' }));
}
