import assert from 'node:assert/strict';
import { Presence } from 'phoenix';
import { Client, answer, eventually, within } from './client.mjs';

const numbers = (count) => Array.from({ length: count }, (_, n) => n);

/** Sends `count` messages without waiting in between, and expects that each is accepted. */
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
  const replies = () => leaver.frames.slice(asked).filter(({ event }) => event === 'phx_reply');
  await leaver.until('reply to leave', () => replies().length > 0);
  assert.equal(replies()[0].payload.status, 'ok');
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
  const frames = client.frames.filter(({ topic, event }) => topic === 'room:crash' && event.startsWith('phx_'));
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

/** The list of phoenix's Presence, with the references, so that two lists can be compared. */
const listed = (presence) => Object.fromEntries(presence.list((name, { metas }) =>
  [name, metas.map(({ phx_ref, status }) => `${status} ${phx_ref}`).sort()])
  .sort(([one], [other]) => (one < other ? -1 : 1)));

/** Joins a room as a user and keeps Presence up to date. */
async function present(client, room, user) {
  const channel = client.channel(`room:${room}`, { user });
  const presence = new Presence(channel);
  await answer(channel.join());
  return { client, channel, presence, names: () => Object.keys(listed(presence)) };
}

export async function presenceOnTwoNodes(n1, n2) {
  const ann = await present(new Client(n1), 'people', 'ann');
  const ben = await present(new Client(n2), 'people', 'ben');
  for (const one of [ann, ben]) {
    await one.client.until('both', () => one.names().join() === 'ann,ben');
  }
  assert.deepEqual(listed(ann.presence), listed(ben.presence));
  const [meta] = ann.presence.list((name, { metas }) => metas[0]).filter(({ node }) => node.startsWith('n2@'));
  assert.match(meta.phx_ref, /^[\w-]{16}$/);
  ben.channel.push('person', { status: 'away', typing: false });
  const metaOfBen = () => ann.presence.list((name, { metas }) => (name === 'ben' ? metas : [])).flat();
  await ann.client.until('update', () => metaOfBen()[0]?.status === 'away');
  assert.equal(metaOfBen().length, 1);
  assert.equal(metaOfBen()[0].phx_ref_prev, meta.phx_ref);
  const phone = await present(new Client(n1), 'people', 'ben');
  await ann.client.until('two metas', () => metaOfBen().length === 2);
  phone.channel.leave();
  await ann.client.until('one meta', () => metaOfBen().length === 1);
  assert.equal(metaOfBen()[0].status, 'away');
  ben.client.drop();
  await ann.client.until('alone', () => ann.names().join() === 'ann');
}

/** A room shows a hundred people. A further client sees them, and can send and receive messages. */
export async function presenceInACrowd(n1, n2) {
  for (const n of numbers(100)) {
    await present(new Client(n1), 'crowd', `user ${n}`);
  }
  const late = await present(new Client(n1), 'crowd', 'late');
  await late.client.until('the first hundred', () => late.names().length === 100);
  assert.ok(!late.names().includes('late'));
  late.channel.push('person', { status: 'away', typing: false });
  await answer(late.channel.push('new_msg', { body: 'hello crowd' }));
  const other = await present(new Client(n2), 'crowd', 'other');
  await other.client.until('the same hundred', () => other.names().length === 100);
  await answer(other.channel.push('new_msg', { body: 'hello from the other node' }));
  await late.client.hears('crowd', 'hello from the other node');
}

export async function presenceIsTheTruthForAll(n1, n2) {
  const nodes = [n1, n2];
  const stay = await Promise.all(numbers(10).map((n) => present(new Client(nodes[n % 2]), 'crowd', `stays${n % 5}`)));
  const visit = async (n) => {
    const visitor = await present(new Client(nodes[n % 2]), 'crowd', `visits${n % 7}`);
    visitor.channel.push('person', { status: 'away', typing: false });
    if (n % 3 === 0) {
      visitor.channel.leave();
    } else {
      visitor.client.drop();
    }
  };
  for (const round of numbers(10)) {
    await Promise.all(numbers(20).map((n) => visit(20 * round + n)));
    stay.forEach(({ channel }) => channel.push('person', { status: round % 2 ? 'away' : 'online', typing: false }));
  }
  const last = await present(new Client(n2), 'crowd', 'last');
  const all = [...stay, last];
  const same = (one) => JSON.stringify(listed(one.presence)) === JSON.stringify(listed(last.presence));
  await eventually('the same list for all', () => last.presence.list((name, { metas }) => metas).flat().length === 11
    && all.every(same));
  assert.deepEqual(last.names(), ['last', ...numbers(5).map((n) => `stays${n}`)]);
}
