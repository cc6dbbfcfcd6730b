// @absinthe/socket: queries, mutations, and subscriptions whose data comes on topics that the client never joins
import assert from 'node:assert/strict';
import * as absinthe from '@absinthe/socket';
import { Socket } from 'phoenix';
import { WebSocket } from 'ws';
import { eventually, within } from './client.mjs';

function open(url) {
  const phoenix = new Socket(`${url.replace(/^http/, 'ws')}/socket`, { transport: WebSocket, timeout: 30_000 });
  const frames = [];
  phoenix.onMessage((frame) => frames.push(frame));
  return { client: absinthe.create(phoenix), frames };
}

const result = (client, operation) => within(operation, (resolve, reject) => absinthe.observe(client,
  absinthe.send(client, { operation }), { onAbort: reject, onError: reject, onResult: resolve }));

async function subscribe({ client }, operation) {
  const results = [];
  const notifier = absinthe.send(client, { operation });
  await within('subscription', (resolve, reject) => absinthe.observe(client, notifier, {
    onAbort: reject, onError: reject, onStart: resolve, onResult: (value) => results.push(value.data.itemAdded.name),
  }));
  return { results, notifier };
}

const add = (client, name) => result(client, `mutation { addItem(name: "${name}") { name } }`);

export async function absintheSocket(n1, n2) {
  const one = open(n1);
  const other = open(n2);
  assert.deepEqual(await result(one.client, 'query { items { name } }'), { data: { items: [] } });
  const heard = [await subscribe(one, 'subscription { itemAdded { name } }'),
    await subscribe(other, 'subscription { itemAdded { name } }')];
  const names = Array.from({ length: 20 }, (_, n) => `item ${n}`);
  for (const name of names) {
    assert.deepEqual(await add(one.client, name), { data: { addItem: { name } } });
  }
  for (const { results } of heard) {
    await eventually('subscription data', () => results.length >= names.length);
    assert.deepEqual(results, names);
  }
  const data = other.frames.filter(({ event }) => event === 'subscription:data');
  assert.equal(data.length, names.length);
  data.forEach(({ topic, payload, join_ref: joinRef }) => {
    assert.match(topic, /^__absinthe__:doc:/);
    assert.equal(topic, payload.subscriptionId);
    assert.ok(joinRef === null);
  });
  // a notifier is immutable; the client has its present state
  absinthe.cancel(other.client, other.client.notifiers.find(({ request }) => request === heard[1].notifier.request));
  await eventually('unsubscription', () => other.frames.some(({ event, payload }) =>
    event === 'phx_reply' && payload.response.unsubscribed));
  await add(one.client, 'the last');
  await eventually('data for the other', () => heard[0].results.includes('the last'));
  await result(other.client, 'query { items { name } }');
  assert.equal(other.frames.filter(({ event }) => event === 'subscription:data').length, names.length);
}
