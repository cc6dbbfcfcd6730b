import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Socket } from 'phoenix';
import { WebSocket } from 'ws';
import { balance } from './balancer.mjs';
import { answer } from './client.mjs';

const CLIENTS = 60;
const RATE = 50; // messages a second of each publisher
const FLIGHT = 1000; // ms that a message may be on its way to a node that closes a socket meanwhile

const now = () => performance.now();

/** A user of the room, with the client's own reconnect. A stay lasts from a join to the end of its socket. */
class Listener {
  stays = [];
  opened = [];

  constructor(url) {
    this.socket = new Socket(`${url.replace(/^http/, 'ws')}/socket`, { transport: WebSocket });
    this.socket.onOpen(() => this.opened.push(now()));
    this.socket.onClose(() => this.end());
    this.socket.connect();
    this.channel = this.socket.channel('room:rolling', { user: 'listener' });
    this.channel.on('new_msg', ({ from, n }) => this.stays.at(-1)?.heard.push({ from, n }));
    this.channel.join().receive('ok', () => this.stays.push({ from: now(), to: Infinity, heard: [] }));
  }

  get joined() {
    return this.stays.at(-1)?.to === Infinity;
  }

  end() {
    if (this.joined) {
      this.stays.at(-1).to = now();
    }
  }
}

/** Sends numbers to one node while it is up, and records when each was accepted. */
class Publisher {
  accepted = new Map();
  #next = 0;

  constructor(name, url) {
    this.name = name;
    const socket = new Socket(`${url.replace(/^http/, 'ws')}/socket`, { transport: WebSocket, rejoinAfterMs: () => 50 });
    socket.connect();
    this.channel = socket.channel('room:rolling', { user: name });
    this.channel.join();
    this.timer = setInterval(() => socket.isConnected() && this.channel.state === 'joined' && this.say(), 1000 / RATE);
  }

  say() {
    const n = this.#next++;
    const sent = now();
    this.channel.push('new_msg', { body: `${n}`, from: this.name, n })
      .receive('ok', () => this.accepted.set(n, { sent, accepted: now() }));
  }
}

function check(stay, publisher, tail) {
  const heard = new Set(stay.heard.filter(({ from }) => from === publisher.name).map(({ n }) => n));
  const last = Math.max(-1, ...heard);
  for (const [n, { sent, accepted }] of publisher.accepted) {
    if (sent > stay.from && accepted < stay.to && !heard.has(n)) {
      assert.ok(n > last && accepted > stay.to - FLIGHT, `${publisher.name} ${n} is lost, ${last} was the last`);
      tail.push(stay.to - accepted);
    }
  }
}

/** The largest number of reconnects in any period of this length in milliseconds. */
function densest(times, width) {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(0, ...sorted.map((from, i) => sorted.filter((time, j) => j >= i && time < from + width).length));
}

const until = async (condition) => {
  for (const end = now() + 60_000; !condition();) {
    assert.ok(now() < end, 'gave up waiting');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Another process restarts the nodes. Its lines on the standard input tell when each restart begins, and when the test ends. */
export async function rollingRestart(...nodes) {
  const balancer = await balance(nodes);
  const listeners = Array.from({ length: CLIENTS }, () => new Listener(balancer));
  await until(() => listeners.every(({ joined }) => joined));
  const publishers = nodes.map((node, i) => new Publisher(`p${i + 1}`, node));
  await until(() => publishers.every(({ accepted }) => accepted.size > RATE));
  console.log('ready');
  const restarts = [];
  const input = createInterface({ input: process.stdin });
  input.on('line', (line) => line === 'restart' && restarts.push(now()));
  while ((await once(input, 'line'))[0] !== 'done');
  await until(() => listeners.every(({ joined }) => joined));
  const counts = publishers.map(({ accepted }) => accepted.size);
  await until(() => publishers.every(({ accepted }, i) => accepted.size > counts[i] + RATE));
  publishers.forEach(({ timer }) => clearInterval(timer));
  await new Promise((resolve) => setTimeout(resolve, FLIGHT));
  const tail = [];
  let heard = 0;
  for (const { stays } of listeners) {
    for (const stay of stays) {
      publishers.forEach((publisher) => check(stay, publisher, tail));
      heard += stay.heard.length;
    }
  }
  console.log(`${heard} messages in ${listeners.reduce((sum, { stays }) => sum + stays.length, 0)} stays, none lost;`
    + ` ${tail.length} on their way when a socket was closed, the oldest for ${Math.round(Math.max(0, ...tail))} ms`);
  restarts.forEach((begin, i) => {
    const back = listeners.flatMap(({ opened }) => opened).filter((at) => at > begin && at < (restarts[i + 1] ?? Infinity));
    const span = Math.max(...back) - Math.min(...back);
    console.log(`restart ${i + 1}: ${back.length} reconnects in ${Math.round(span)} ms, at most ${densest(back, 100)} in 100 ms`);
    assert.ok(back.length >= CLIENTS / 4, 'clients come back');
    assert.ok(span > 600 && densest(back, 100) <= back.length / 2, 'clients do not come back all at once');
  });
}
