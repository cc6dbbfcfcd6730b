import assert from 'node:assert/strict';
import { Client } from './client.mjs';

// it takes a second on an idle machine
const SOON = 5_000;

const bodies = (messages) => messages.map(({ body }) => JSON.parse(body).body ?? JSON.parse(body));
const say = (body) => JSON.stringify({ body });

/** Waits until the clients of both nodes see all users online. */
async function online(nodes, ...names) {
  for (const node of nodes) {
    const watcher = await Client.connect(node, 'watcher');
    const told = await watcher.subscribed('/topic/local/online');
    const first = watcher.subscribe('/app/online');
    const known = () => JSON.parse([...first, ...told].at(-1)?.body ?? '{"users":[]}').users;
    await watcher.until(`${names} online at ${node}`, () => names.every((name) => known().includes(name)));
    await watcher.close();
  }
}

export async function rooms(n1, n2) {
  const [jane, john] = [await Client.connect(n1, 'jane'), await Client.connect(n2, 'john')];
  const [atJane, atJohn] = [await jane.subscribed('/topic/rooms/a'), await john.subscribed('/topic/rooms/a')];
  const all = Array.from({ length: 200 }, (_, n) => n.toString().padStart(3, '0'));
  all.forEach((body) => jane.send('/app/rooms/a', say(body)));
  await jane.until('own messages', () => atJane.length >= 200);
  await john.until('messages of the other node', () => atJohn.length >= 200);
  await jane.sent('/app/rooms/a', say('end'));
  await jane.until('the end', () => atJane.length > 200);
  await john.until('the end at the other node', () => atJohn.length > 200);
  assert.deepEqual(bodies(atJane).sort(), [...all, 'end']);
  assert.deepEqual(bodies(atJohn).sort(), [...all, 'end']);
  const { user, node } = JSON.parse(atJohn[0].body);
  assert.deepEqual({ user, node }, { user: 'jane', node: 'n1@127.0.0.1' });
}

export async function straightToTheBroker(n1, n2) {
  const [jane, john] = [await Client.connect(n1, 'jane'), await Client.connect(n2, 'john')];
  const pattern = await john.subscribed('/topic/price.*');
  const exact = await john.subscribed('/topic/price.eur');
  await jane.sent('/topic/price.usd', '1');
  jane.send('/topic/price.eur', '2', { 'content-type': 'text/plain', shop: 'eu' });
  await john.until('both', () => pattern.length >= 2 && exact.length >= 1);
  // two destinations: on another node's broker, messages of one may overtake those of the other
  assert.deepEqual(pattern.map(({ body }) => body).sort(), ['1', '2']);
  assert.deepEqual(exact.map(({ body }) => body), ['2']);
  const { shop, destination, 'content-type': type } = exact[0].headers;
  assert.deepEqual({ shop, destination, type }, { shop: 'eu', destination: '/topic/price.eur', type: 'text/plain' });
}

export async function whispers(n1, n2) {
  const jane = await Client.connect(n1, 'jane');
  const johns = [await Client.connect(n1, 'john'), await Client.connect(n2, 'john'), await Client.connect(n2, 'john')];
  const heard = await Promise.all(johns.map((john) => john.subscribed('/user/queue/whispers')));
  const atJane = await jane.subscribed('/user/queue/whispers');
  await online([n1, n2], 'jane', 'john');
  await jane.sent('/app/whispers/john', say('one'));
  jane.send('/app/whispers/john', say('two'));
  for (const [index, john] of johns.entries()) {
    await john.until('whispers', () => heard[index].length >= 2);
    // on another node's broker, messages of one destination may overtake those of the other
    assert.deepEqual(bodies(heard[index]).sort(), ['one', 'two'], `session ${index}`);
    assert.equal(heard[index][0].headers.destination, '/user/queue/whispers');
  }
  assert.deepEqual(atJane, []);
}

export async function heartbeats(n1) {
  const client = await Client.connect(n1, 'jane', { heartbeatIncoming: 1000, heartbeatOutgoing: 1000 });
  await client.sent('/app/rooms/none', say('alive'));
}

/** Kills the second node, and expects that the first node soon removes its user. */
export async function usersOfADeadNode(n1, n2, pid) {
  const watcher = await Client.connect(n1, 'watcher');
  const told = await watcher.subscribed('/topic/local/online');
  await Client.connect(n2, 'john');
  const online = () => JSON.parse(told.at(-1)?.body ?? '{"users":[]}').users;
  await watcher.until('john', () => online().includes('john'));
  const start = performance.now();
  process.kill(Number(pid), 'SIGKILL');
  await watcher.until('john gone', () => !online().includes('john'));
  const took = performance.now() - start;
  console.log(`gone after ${Math.round(took)} ms`);
  assert.ok(took < SOON, `gone after ${took} ms`);
}

export { catchesUp, comesTooLate, othersSeeNoNewHeader } from './history.mjs';
