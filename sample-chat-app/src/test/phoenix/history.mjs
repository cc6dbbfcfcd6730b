// Cases for topics with history: HistoryApplication publishes
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { LongPoll } from 'phoenix';
import { balance } from './balancer.mjs';
import { eventually } from './client.mjs';
import { Follower, Way } from './follower.mjs';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sets how many messages a second a node publishes. Returns who it is, and how many it has published. */
async function rate(url, perSecond) {
  const response = await fetch(`${url}/rate?perSecond=${perSecond}`, { method: 'POST' });
  assert.equal(response.status, 200);
  return response.json();
}

const say = (url, topic, count) => fetch(`${url}/say?topic=${topic}&count=${count}`, { method: 'POST' });

const joined = (followers) => eventually('all to join', () => followers.every(({ told }) => told.length > 0));

/** Waits until each client has received all that was published. */
async function whole(followers, published) {
  try {
    await eventually('all messages', () => followers.every(({ next, lost }) => lost
      || published.every(({ from, count }) => (next[from] ?? 0) >= count)));
  } catch (error) {
    console.log(published, followers.map(({ next, told }) => ({ next, told })));
    throw error;
  }
  for (const { faults, next, lost } of followers) {
    assert.deepEqual(faults, []);
    published.forEach(({ from, count }) => assert.ok(lost || (next[from] ?? 0) === count, `${from} has published ${count}: ${next[from]}`));
  }
}

async function moveAbout(way, follower, moves) {
  for (let move = 0; move < moves; move++) {
    const before = follower.told.length;
    await pause(50 + Math.random() * 250);
    way.move();
    if (move % 5 === 4) {
      await pause(Math.random() * 150);
      way.move(); // maybe while it catches up
    }
    await eventually(`move ${move}`, () => follower.told.length > before);
  }
}

async function moveAll(nodes, kinds, moves, perSecond) {
  const ways = await Promise.all(kinds.map((kind, turn) => Way.over(nodes, turn)));
  const movers = kinds.map((kind, i) => new Follower(ways[i].url, kind));
  const followers = [...movers, new Follower(nodes[0])];
  await joined(followers);
  const before = await Promise.all(nodes.map((node) => rate(node, 0)));
  followers.forEach(({ next }) => before.forEach(({ from, count }) => (next[from] = count)));
  await Promise.all(nodes.map((node) => rate(node, perSecond / nodes.length)));
  const begin = performance.now();
  await Promise.all(movers.map((mover, i) => moveAbout(ways[i], mover, moves)));
  const published = await Promise.all(nodes.map((node) => rate(node, 0)));
  const seconds = (performance.now() - begin) / 1000;
  await whole(followers, published);
  assert.deepEqual(followers.map(({ lost }) => lost), followers.map(() => undefined));
  console.log(`${published.map(({ count }) => count)} messages in ${seconds.toFixed(1)} s; the clients joined`
    + ` ${movers.map(({ told }) => told.length)} times and caught up ${movers.map(({ caughtUp }) => caughtUp)} messages`);
}

/** Clients of both versions of the protocol move from node to node, while both nodes publish. */
export const historyMoves = (...nodes) => moveAll(nodes, [{}, { version1: true }], 50, 1000);

/** The same by long polls. The nodes go on to fill the sessions that were left, so this is less. */
export const historyMovesOfPolls = (...nodes) => moveAll(nodes,
  [{ transport: LongPoll }, { transport: LongPoll, version1: true }], 10, 100);

/** Another process ends and starts nodes, and says so on the standard input. */
async function* orders() {
  for await (const line of createInterface({ input: process.stdin })) {
    yield line.split(' ');
  }
}

/** The first node is killed, while all publish. */
export async function historyKill(...nodes) {
  const ways = await Promise.all([0, 1, 2, 0, 1, 2].map((turn) => Way.over(nodes, turn)));
  const followers = ways.map(({ url }, i) => new Follower(url, i < 3 ? {} : { version1: true }));
  await joined(followers);
  const killed = (await Promise.all(nodes.map((node) => rate(node, 300))))[0].from;
  await eventually('messages', () => followers.every(({ heard }) => heard > 300));
  const moved = followers.filter((follower, i) => i % 3 === 0);
  console.log('ready');
  await once(createInterface({ input: process.stdin }), 'line');
  await eventually('the clients to come back', () => moved.every(({ told }) => told.length > 1));
  await pause(1000);
  const published = await Promise.all(nodes.slice(1).map((node) => rate(node, 0)));
  const stayed = followers.filter((follower) => !moved.includes(follower));
  const count = Math.max(...stayed.map(({ next }) => next[killed]));
  await whole(followers, [...published, { from: killed, count }]);
  assert.deepEqual(stayed.map(({ lost }) => lost), stayed.map(() => undefined));
  for (const { lost, next } of moved) {
    assert.ok(!lost || (lost === 'unreachable' && next[killed] > count), `${lost}: ${next[killed]} of ${count}`);
  }
  console.log(`${count} messages of the killed node, ${published.map((node) => node.count)} of the others;`
    + ` ${moved.map(({ caughtUp, lost }) => lost ?? caughtUp)} caught up`);
}

/** All nodes are restarted, one after the other, while all publish. */
export async function historyRolling(count, ...nodes) {
  const balancer = await balance(nodes);
  const followers = Array.from({ length: Number(count) }, () => new Follower(balancer, { reconnectAfterMs: undefined, rejoinAfterMs: undefined }));
  await joined(followers);
  await Promise.all(nodes.map((node) => rate(node, 20)));
  await eventually('messages', () => followers.every(({ heard }) => heard > 100));
  console.log('ready');
  const published = [];
  for await (const [order, ...words] of orders()) {
    if (order === 'ended') {
      published.push({ from: words[0], count: Number(words[1]) });
    } else if (order === 'started') {
      await rate(words[0], 20);
    } else {
      break;
    }
  }
  published.push(...await Promise.all(nodes.map((node) => rate(node, 0))));
  await whole(followers, published);
  assert.deepEqual(followers.filter(({ lost }) => lost).map(({ lost }) => lost), []);
  const sum = (values) => values.reduce((all, value) => all + value, 0);
  console.log(`${sum(followers.map(({ heard }) => heard))} messages received, none lost;`
    + ` ${sum(followers.map(({ told }) => told.length - 1))} joins caught up ${sum(followers.map(({ caughtUp }) => caughtUp))} of them`);
}

/** Each way to lose messages is told: evicted, the whole cluster restarted, the history switched off. */
export async function historyLost(node) {
  const way = await Way.over([node]);
  const follower = new Follower(way.url, { topic: 'load:few' });
  const last = (count) => eventually(`answer ${count}`, () => follower.told.length === count).then(() => follower.told.at(-1));
  await last(1);
  await say(node, 'load:few', 5);
  await eventually('5 messages', () => follower.heard === 5);
  way.close(true);
  await say(node, 'load:few', 20);
  way.close(false);
  assert.deepEqual(await last(2), { recovered: false, reason: 'evicted', missed: 0 });
  assert.equal(follower.heard, 5);
  await say(node, 'load:few', 1);
  await eventually('a message after the loss', () => follower.heard === 6);
  way.break();
  assert.deepEqual(await last(3), { recovered: true, reason: undefined, missed: 0 });
  console.log('restart');
  assert.equal((await last(4)).reason, 'unknown-origin');
  await say(node, 'load:few', 1);
  await eventually('a message after the restart', () => follower.heard === 7);
  console.log('switch off');
  assert.equal((await last(5)).reason, 'no-history');
  await say(node, 'load:few', 1);
  await eventually('a message without history', () => follower.heard === 8);
}

/** A node stands still for longer than the others keep messages: its clients stay connected, and are told. */
export async function historyGap(node, frozen) {
  const follower = new Follower(frozen, { topic: 'load:few' });
  await joined([follower]);
  await say(node, 'load:few', 5);
  await eventually('5 messages', () => follower.heard === 5);
  console.log('freeze');
  await once(createInterface({ input: process.stdin }), 'line');
  await say(node, 'load:few', 100);
  console.log('thaw');
  await eventually('answer', () => follower.told.length === 2);
  assert.deepEqual(follower.told[1], { recovered: false, reason: 'gap', missed: 0 });
  const { heard } = follower;
  await say(node, 'load:few', 1);
  await eventually('a message after the gap', () => follower.heard > heard);
}
