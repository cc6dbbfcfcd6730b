// Cases for what a handler may do beyond the chat: WireApplication has its controllers
import assert from 'node:assert/strict';
import { LongPoll } from 'phoenix';
import { WebSocket } from 'ws';
import { answer, eventually, within } from './client.mjs';
import { connect, hears, join } from './wire.mjs';

/** The status and the response of a reply, whatever the status. */
const reply = (push, ...statuses) => within('reply', (resolve) => statuses.forEach(
  (status) => push.receive(status, (response) => resolve({ status, response }))));

export async function statuses(n1) {
  const channel = await join(connect(n1), 'part:statuses');
  assert.deepEqual(await reply(channel.push('enqueue', { n: 7 }), 'ok', 'error', 'queued'),
    { status: 'queued', response: { n: 7 } });
}

export async function patterns(n1) {
  const channel = await join(connect(n1), 'part:patterns');
  assert.deepEqual(await answer(channel.push('item:tea', {})), { method: 'tea', event: 'item:tea' });
  assert.deepEqual(await answer(channel.push('item:milk', {})), { method: 'item', event: 'item:milk' });
  assert.deepEqual(await answer(channel.push('anything', {})), { method: 'any', event: 'anything' });
}

export async function broadcasts(n1, n2) {
  const [one, near, far] = await Promise.all([connect(n1), connect(n1), connect(n2)]
    .map((socket) => join(socket, 'part:broadcasts')));
  const heard = { one: [], near: [], far: [] };
  Object.entries({ one, near, far }).forEach(([name, channel]) =>
    ['all', 'others', 'local', 'local_others', 'end'].forEach((event) => channel.on(event, () => heard[name].push(event))));
  const ends = [one, near, far].map((channel) => hears(channel, 'end'));
  await answer(one.push('broadcasts', {}));
  await Promise.all(ends);
  assert.deepEqual(heard, {
    one: ['all', 'local', 'end'],
    near: ['all', 'others', 'local', 'local_others', 'end'],
    far: ['all', 'others', 'end'],
  });
}

/** Each way in which a channel ends, and the reason that its handler gets. */
export async function leaveReasons(n1) {
  const observer = await join(connect(n1), 'part:observer');
  const reasons = {};
  observer.on('left', ({ topic, reason }) => (reasons[topic] = reason));
  const visit = async (name, params = {}) => {
    const socket = connect(n1, { params, reconnectAfterMs: () => 60_000, rejoinAfterMs: () => 60_000 });
    return { socket, channel: await join(socket, `part:${name}`) };
  };
  (await visit('leaves')).channel.leave();
  (await visit('closes')).channel.push('close', {});
  (await visit('crashes')).channel.push('crash', {});
  (await visit('disconnects')).socket.disconnect();
  (await visit('kicked', { id: 'kicked' })).channel.push('kick', {});
  const twice = await visit('twice');
  twice.socket.push({ topic: 'part:twice', event: 'phx_join', payload: {}, ref: '77', join_ref: '77' });
  const expected = {
    'part:leaves': 'LEFT', 'part:closes': 'CLOSED', 'part:crashes': 'FAILED', 'part:disconnects': 'CONNECTION_CLOSED',
    'part:kicked': 'DISCONNECTED', 'part:twice': 'REJOINED',
  };
  await eventually('all reasons', () => Object.keys(reasons).length >= Object.keys(expected).length);
  assert.deepEqual(reasons, expected);
}

export async function timers(n1) {
  const channel = await join(connect(n1), 'part:timers');
  const ticks = [];
  channel.on('tick', ({ n }) => ticks.push(n));
  await answer(channel.push('tick', { every: 20 }));
  await hears(channel, 'over');
  assert.deepEqual(ticks, [1, 2, 3, 4, 5]);
  assert.equal(await answer(channel.push('many_timers', {})), 100);
}

export async function otherTopics(n1) {
  for (const transport of [WebSocket, LongPoll]) {
    const socket = connect(n1, { transport });
    const messages = [];
    socket.onMessage(({ topic, event, payload }) => topic === 'elsewhere' && messages.push({ event, payload }));
    const channel = await join(socket, 'part:elsewhere');
    await answer(channel.push('push_on', { topic: 'elsewhere' }));
    await eventually('message on another topic', () => messages.length > 0);
    assert.deepEqual(messages, [{ event: 'data', payload: { n: 1 } }]);
  }
}

/** The client tries again by itself, whatever the status of the refusal. */
export async function refusedByStatus(n1) {
  for (const refuse of ['401', '429', '503']) {
    for (const transport of [WebSocket, LongPoll]) {
      const channel = await join(connect(n1, { transport, params: { refuse } }), `part:refused-${refuse}`);
      assert.deepEqual(await answer(channel.push('item:tea', {})), { method: 'tea', event: 'item:tea' });
    }
  }
  const response = await fetch(`${n1}/socket/longpoll?vsn=2.0.0&refuse=418`);
  assert.equal(response.status, 418);
  assert.equal(response.headers.get('retry-after'), '1');
  assert.deepEqual(await response.json(), { status: 403 });
}
