import assert from 'node:assert/strict';
import { Client, answer, within } from './client.mjs';

const numbers = (count) => Array.from({ length: count }, (_, n) => n);

/** Says `count` messages without waiting between them, and expects each to be accepted. */
const sayAll = (channel, from, count) => Promise.all(numbers(count)
  .map((n) => answer(channel.push('new_msg', { body: `${from} ${n}`, from, n }))));

export async function thousandFromOnePublisher(n1, n2) {
  const listeners = [new Client(n1), new Client(n2)];
  await Promise.all(listeners.map((listener) => listener.room('thousand')));
  const publisher = await new Client(n1).room('thousand');
  await sayAll(publisher, 'one', 1000);
  await answer(publisher.push('new_msg', { body: 'the end' }));
  for (const listener of listeners) {
    await listener.hears('thousand', 'the end');
    assert.deepEqual(listener.said('thousand').map(({ n }) => n), [...numbers(1000), undefined]);
  }
}

export async function twoPublishersOnTwoNodes(n1, n2) {
  const listeners = [new Client(n1), new Client(n2)];
  await Promise.all(listeners.map((listener) => listener.room('two')));
  const publishers = await Promise.all([n1, n2].map((node) => new Client(node).room('two')));
  await Promise.all(publishers.map((publisher, index) => sayAll(publisher, index, 500)));
  for (const listener of listeners) {
    await listener.until('all messages', () => listener.said('two').length >= 1000);
    for (const index of [0, 1]) {
      const heard = listener.said('two').filter(({ from }) => from === index);
      assert.deepEqual(heard.map(({ n }) => n), numbers(500), `what publisher ${index} said`);
    }
  }
}

export async function heartbeat(n1) {
  const client = new Client(n1, { heartbeatIntervalMs: 2000 });
  const beats = () => client.frames.filter(({ topic }) => topic === 'phoenix');
  await client.room('heartbeat');
  await client.until('two heartbeats', () => beats().length >= 2);
  for (const { event, payload } of beats()) {
    assert.deepEqual({ event, payload }, { event: 'phx_reply', payload: { status: 'ok', response: {} } });
  }
  assert.equal(client.closes, 0);
}

export async function leave(n1, n2) {
  const leaver = new Client(n1);
  const channel = await leaver.room('leave');
  const stays = await new Client(n2).room('leave');
  await answer(stays.push('new_msg', { body: 'before' }));
  await leaver.hears('leave', 'before');
  const asked = leaver.frames.length;
  await within('close', (resolve) => {
    channel.onClose(resolve);
    channel.leave();
  });
  await leaver.until('reply to leave', () => leaver.frames.length > asked);
  assert.equal(leaver.frames[asked].event, 'phx_reply');
  assert.equal(leaver.frames[asked].payload.status, 'ok');
  await answer(stays.push('new_msg', { body: 'after' }));
  const marker = await leaver.room('leave-marker');
  await answer(marker.push('new_msg', { body: 'on the same socket' }));
  await leaver.hears('leave-marker', 'on the same socket');
  assert.deepEqual(leaver.said('leave').map(({ body }) => body), ['before']);
}

export async function rejoin(n1, n2) {
  const client = new Client(n1);
  const first = await client.room('rejoin', 'first');
  let closed = false;
  first.onClose(() => {
    closed = true;
  });
  await client.room('rejoin', 'second');
  assert.ok(closed, 'the client leaves a topic that it joins again');
  const other = await new Client(n2).room('rejoin');
  for (const body of ['once', 'the end']) {
    await answer(other.push('new_msg', { body }));
  }
  await client.hears('rejoin', 'the end');
  assert.deepEqual(client.said('rejoin').map(({ body }) => body), ['once', 'the end']);
}

export async function crash(n1, n2) {
  const client = new Client(n1);
  const channel = await client.room('crash', 'survivor');
  const crashed = within('phx_error', (resolve) => channel.onError(resolve));
  channel.push('nonsense', { body: 'nobody handles this event' });
  await crashed;
  await client.until('rejoin', () => channel.state === 'joined');
  const frames = client.frames.filter(({ topic }) => topic === 'room:crash');
  assert.deepEqual(frames.map(({ event }) => event), ['phx_reply', 'phx_error', 'phx_reply']);
  assert.equal(frames.at(-1).payload.response.user, 'survivor');
  const other = await new Client(n2).room('crash');
  await answer(other.push('new_msg', { body: 'are you back?' }));
  await client.hears('crash', 'are you back?');
  await answer(channel.push('new_msg', { body: 'yes' }));
  await client.hears('crash', 'yes');
  assert.deepEqual(client.said('crash').map(({ body }) => body), ['are you back?', 'yes']);
  assert.equal(client.closes, 0, 'a channel crashes alone');
}

export async function refusals(n1) {
  const client = new Client(n1);
  const refused = (push) => answer(push).then(() => assert.fail('not refused'), ({ response }) => response);
  const unmatched = client.channel('nowhere:1');
  assert.deepEqual(await refused(unmatched.join()), { reason: 'unmatched topic' });
  unmatched.leave();
  const malformed = client.channel('room:refusals', { user: { first: 'not', last: 'text' } });
  assert.ok(await refused(malformed.join()));
  malformed.leave();
  const room = await client.room('refusals');
  assert.deepEqual(await refused(room.push('new_msg', { body: ' ' })), { reason: 'body must not be blank' });
  await answer(room.push('new_msg', { body: 'fine' }));
}
