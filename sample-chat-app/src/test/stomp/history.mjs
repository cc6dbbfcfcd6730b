import assert from 'node:assert/strict';
import { Client as Stomp } from '@stomp/stompjs';
import { WebSocket } from 'ws';
import { within } from '../phoenix/client.mjs';
import { Client } from './client.mjs';

/** A page that follows a destination, as docs/history.md describes it. */
class Page {
  got = [];
  answers = [];
  #seen = new Map();
  #contact = null;
  #waiting = new Set();
  #stomp;

  constructor(destination) {
    this.destination = destination;
  }

  #merge(text) {
    text.split(',').filter(Boolean).forEach((part) => {
      const at = part.lastIndexOf(':');
      const [origin, number] = [part.slice(0, at), Number(part.slice(at + 1))];
      if (number > (this.#seen.get(origin) ?? -1)) this.#seen.set(origin, number);
    });
  }

  connect(url) {
    const before = this.answers.length;
    const position = [...this.#seen].map(([origin, number]) => `${origin}:${number}`).join(',');
    const headers = { 'cluster-position': position };
    if (this.#contact !== null) headers['cluster-away'] = String(Date.now() - this.#contact);
    const stomp = new Stomp({
      webSocketFactory: () => new WebSocket(`${url.replace(/^http/, 'ws')}/stomp`, ['v12.stomp']),
      connectHeaders: { login: 'page' },
      reconnectDelay: 0,
      onConnect: () => stomp.subscribe(this.destination, (message) => this.#stomp === stomp && this.#on(message), headers),
    });
    this.#stomp = stomp;
    stomp.activate();
    return this.until(`answer of ${url}`, () => this.answers.length > before);
  }

  #on({ headers, body }) {
    const { 'cluster-position': at, 'cluster-recovered': recovered, 'cluster-reason': reason } = headers;
    if (recovered) this.#seen.clear();
    if (at) this.#merge(at);
    this.#contact = Date.now();
    if (recovered) this.answers.push(reason ? `${recovered} ${reason}` : recovered);
    else this.got.push(body);
    this.#waiting.forEach((check) => check());
  }

  /** Loses the connection, in the middle of whatever comes. */
  lose() {
    const stomp = this.#stomp;
    this.#stomp = undefined;
    stomp.forceDisconnect();
    return stomp.deactivate({ force: true });
  }

  until(what, condition) {
    return within(what, (resolve) => {
      const check = () => condition() && this.#waiting.delete(check) && resolve();
      this.#waiting.add(check);
      check();
    });
  }
}

const numbers = (page, prefix) => page.got.filter((body) => body.startsWith(prefix)).map((body) => Number(body.slice(3)));
const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);

export async function catchesUp(n1, n2) {
  const page = new Page('/topic/kept.a');
  await page.connect(n1);
  let running = true;
  const publish = async (url, prefix) => {
    const client = await Client.connect(url, prefix);
    let last = 0;
    while (running) await client.sent('/topic/kept.a', `${prefix} ${++last}`);
    await client.sent('/topic/kept.a', `${prefix} ${++last}`);
    return last;
  };
  const publishers = [publish(n1, 'n1'), publish(n2, 'n2')];
  for (let hop = 1; hop <= 20; hop++) {
    const before = page.got.length;
    await page.until('some messages', () => page.got.length > before + 5);
    await page.lose();
    await page.connect(hop % 2 ? n2 : n1);
  }
  running = false;
  const [last1, last2] = await Promise.all(publishers);
  await page.until('the last ones', () => page.got.includes(`n1 ${last1}`) && page.got.includes(`n2 ${last2}`));
  assert.deepEqual(page.answers, ['none', ...Array(20).fill('true')]);
  assert.deepEqual(numbers(page, 'n1'), upTo(last1));
  assert.deepEqual(numbers(page, 'n2'), upTo(last2));
  await page.lose();
}

export async function comesTooLate(n1, n2) {
  const page = new Page('/topic/short.a');
  await page.connect(n1);
  await page.lose();
  const client = await Client.connect(n2, 'jane');
  for (let i = 1; i <= 8; i++) await client.sent('/topic/short.a', `n2 ${i}`);
  await page.connect(n2);
  await client.sent('/topic/short.a', 'n2 9');
  await page.until('a live message', () => page.got.length > 0);
  assert.deepEqual(page.answers, ['none', 'false evicted']);
  assert.deepEqual(page.got, ['n2 9']);
  await page.lose();
}

export async function othersSeeNoNewHeader(n1, n2) {
  const [jane, john] = [await Client.connect(n1, 'jane'), await Client.connect(n2, 'john')];
  const [plain, kept] = [await john.subscribed('/topic/plain'), await john.subscribed('/topic/kept.b')];
  const forged = { 'cluster-position': 'AAAAAAAA:7', 'cluster-recovered': 'false', 'cluster-reason': 'gap' };
  jane.send('/topic/plain', 'hello', forged);
  jane.send('/topic/kept.b', 'hello', forged);
  await john.until('both', () => plain.length >= 1 && kept.length >= 1);
  const own = ({ headers }) => Object.keys(headers).filter((name) => name.startsWith('cluster-'));
  assert.deepEqual(own(plain[0]), []);
  assert.deepEqual(own(kept[0]), ['cluster-position']);
  assert.match(kept[0].headers['cluster-position'], /^[\w-]{8}:1$/);
  assert.notEqual(kept[0].headers['cluster-position'], 'AAAAAAAA:7');
}
