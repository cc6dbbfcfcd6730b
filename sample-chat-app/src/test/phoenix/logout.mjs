import assert from 'node:assert/strict';
import { Client as Stomp } from '@stomp/stompjs';
import { LongPoll, Socket } from 'phoenix';
import { WebSocket } from 'ws';
import { answer, eventually, within } from './client.mjs';

const { fetch } = globalThis;

/** A browser: it has a cookie, and sends it with each request. */
class Browser {
  #cookie;
  sockets = [];

  async post(url, body = '', type = 'text/plain') {
    const response = await fetch(url, {
      method: 'POST', body, redirect: 'manual', headers: { 'content-type': type, ...this.headers() },
    });
    // a cookie that is to be deleted is kept: a client may go on sending it
    const [cookie] = response.headers.getSetCookie().map((set) => set.split(';')[0]).filter((set) => !set.endsWith('='));
    this.#cookie = cookie ?? this.#cookie;
    return response;
  }

  async login(url, user) {
    const { headers } = await this.post(`${url}/login`, `username=${user}&password=${user}`,
      'application/x-www-form-urlencoded');
    assert.doesNotMatch(headers.get('location'), /error/);
    return this;
  }

  headers() {
    return this.#cookie ? { cookie: this.#cookie } : {};
  }

  #webSocket() {
    const browser = this;
    return class extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols, { headers: browser.headers() });
      }
    };
  }

  /** A channel of phoenix.js. */
  async channel(url, name, transport = this.#webSocket()) {
    const counts = { name, open: 0, closed: 0, refused: 0, code: undefined };
    const socket = new Socket(`${url.replace(/^http/, 'ws')}${name.startsWith('public') ? '/public' : ''}/socket`, {
      transport, timeout: 30_000, reconnectAfterMs: () => 100, rejoinAfterMs: () => 100,
    });
    socket.onOpen(() => counts.open++);
    socket.onClose((event) => {
      counts.code ??= event?.code;
      counts.closed++;
    });
    socket.onError(() => counts.refused++);
    socket.connect();
    const channel = socket.channel(`any:${name}`, {});
    await answer(channel.join());
    Object.assign(counts, { isOpen: () => socket.isConnected(), channel, end: () => socket.disconnect() });
    this.sockets.push(counts);
    return counts;
  }

  /** A channel of phoenix.js that polls; `fetch` of Node.js has no cookies of its own. */
  async polling(url, name) {
    const headers = () => this.headers();
    globalThis.fetch = (to, options) => (String(to).includes(new URL(url).host)
      ? fetch(to, { ...options, headers: { ...options?.headers, ...headers() } }) : fetch(to, options));
    return this.channel(url, name, LongPoll);
  }

  stomp(url, name) {
    const counts = { name, open: 0, closed: 0, code: undefined };
    const Transport = this.#webSocket();
    return within(`STOMP of ${name}`, (resolve) => {
      const client = new Stomp({
        webSocketFactory: () => new Transport(`${url.replace(/^http/, 'ws')}/stomp`, ['v12.stomp']),
        reconnectDelay: 100,
        onConnect: () => {
          counts.open++;
          resolve(counts);
        },
        onWebSocketClose: ({ code }) => {
          counts.code ??= code;
          counts.closed++;
        },
      });
      Object.assign(counts, { isOpen: () => client.connected, end: () => client.deactivate() });
      this.sockets.push(counts);
      client.activate();
    });
  }

  /** A session of SockJS that polls, without its library. */
  async sockJs(url, name) {
    const counts = { name, open: 0, closed: 0, code: undefined, isOpen: () => counts.closed === 0 };
    const base = `${url}/sockjs/000/${name}`;
    const poll = async () => {
      const response = await this.post(`${base}/xhr`);
      // a poll after the logout gets the form to log in
      counts.closed += response.status === 302 ? 1 : 0;
      return response.text();
    };
    assert.equal(await poll(), 'o\n');
    await this.post(`${base}/xhr_send`, '["CONNECT\\naccept-version:1.2\\nhost:localhost\\n\\n\\u0000"]');
    assert.match(await poll(), /^a\["CONNECTED/);
    this.sockets.push(counts);
    (async () => {
      while (counts.isOpen()) {
        const closed = /^c\[(\d+)/.exec(await poll());
        counts.code ??= closed && Number(closed[1]);
        counts.closed += closed ? 1 : 0;
      }
    })();
    return counts;
  }

  /** One of each on both nodes. */
  async connect(...nodes) {
    const name = `${Math.random()}`.slice(2);
    for (const [index, url] of nodes.entries()) {
      await this.channel(url, `socket${index}-${name}`);
      await this.stomp(url, `stomp${index}-${name}`);
      await this.sockJs(url, `sockjs${index}-${name}`);
    }
    return this;
  }

  /** Waits until all sockets were closed once, and returns how many milliseconds that took. */
  async closed() {
    const began = performance.now();
    await eventually('the end of all sockets', () => this.sockets.every(({ closed }) => closed > 0))
      .catch((error) => {
        throw new Error(`${error.message}: ${this}`);
      });
    return performance.now() - began;
  }

  toString() {
    return this.sockets.map(({ name, open, closed, code }) => `${name} opened ${open}, closed ${closed} (${code})`).join();
  }

  end() {
    this.sockets.forEach((socket) => socket.end?.());
  }
}

async function works(browser) {
  for (const { channel, closed, name } of browser.sockets) {
    assert.equal(closed, 0, name);
    assert.deepEqual(channel ? await answer(channel.push('echo', { name })) : { name }, { name });
  }
}

/** The clients try again, and are not let in. */
async function stayOut(browser) {
  const before = browser.sockets.map(({ closed }) => closed);
  await eventually('some attempts', () => browser.sockets
    .every(({ closed, end }, index) => !end || closed > before[index] + 2));
  browser.sockets.forEach(({ open, name, isOpen }) => {
    assert.ok(open <= 1, `${name} came back`);
    assert.ok(!isOpen(), `${name} is open`);
  });
  browser.end();
}

/** One of several attempts is as fast as promised; the machine may be busy. */
async function withinASecond(attempt) {
  const took = [];
  do {
    assert.ok(took.length < 5, `took ${took} ms`);
    took.push(await attempt());
  } while (took.at(-1) > 1_000);
  console.log(`all were closed after ${took} ms`);
}

export async function logout(n1, n2) {
  const bob = await (await new Browser().login(n2, 'bob')).connect(n1, n2);
  const elsewhere = await (await new Browser().login(n1, 'ann')).connect(n2);
  let ann;
  let polling;
  await withinASecond(async () => {
    ann?.end();
    ann = await (await new Browser().login(n1, 'ann')).connect(n1, n2);
    polling = await ann.polling(n2, `poll-${Math.random()}`);
    await ann.post(`${n1}/logout`);
    return ann.closed();
  });
  ann.sockets = ann.sockets.filter((socket) => socket !== polling);
  // a poll of SockJS may come too late to get the code
  assert.ok(ann.sockets.every(({ code, name }) => code === 1001 || name.startsWith('sockjs')), `${ann}`);
  await stayOut(ann);
  await works(bob);
  await works(elsewhere);
  assert.notEqual(polling.channel.state, 'joined');
}

/** The node n2 stands still until n1 has taken it out of its view; it is told of the logout when it comes back. */
export async function logoutWhileANodeIsFrozen(n1, n2, pid) {
  const bob = await new Browser().login(n2, 'bob');
  await bob.channel(n2, 'of-bob');
  const ann = await (await new Browser().login(n1, 'ann')).connect(n1, n2);
  process.kill(Number(pid), 'SIGSTOP');
  try {
    await ann.post(`${n1}/logout`);
    await eventually('the end at n1', () => ann.sockets.every(({ name, closed }) => closed > 0 || name.includes('1-')));
    await eventuallyAlone(n1);
    assert.ok(ann.sockets.every(({ name, closed }) => closed === 0 || name.includes('0-')), `${ann}`);
  } finally {
    process.kill(Number(pid), 'SIGCONT');
  }
  await ann.closed();
  await stayOut(ann);
  await works(bob);
  bob.end();
}

async function eventuallyAlone(url) {
  let nodes = [];
  const asking = setInterval(async () => {
    nodes = (await (await fetch(`${url}/cluster.json`)).json()).nodes;
  }, 200);
  await eventually('one node', () => nodes.length === 1).finally(() => clearInterval(asking));
}

/** The filters of n2 have let the client in already when it logs out at n1. */
export async function logoutDuringAHandshake(n1, n2) {
  const ann = await new Browser().login(n2, 'ann');
  const sockets = ['/socket/websocket?vsn=2.0.0&hold=yes', '/stomp?hold=yes'].map((path) => {
    const socket = new WebSocket(`${n2.replace(/^http/, 'ws')}${path}`, [], { headers: ann.headers() });
    const events = [];
    socket.on('error', (error) => events.push(error.message));
    socket.on('open', () => events.push('open'));
    socket.on('close', (code) => events.push(code));
    return events;
  });
  let held = false;
  const asking = setInterval(async () => {
    held = await (await fetch(`${n2}/public/holds`, { method: 'POST' })).json();
  }, 50);
  await eventually('a handshake that is held', () => held).finally(() => clearInterval(asking));
  await ann.post(`${n1}/logout`);
  await fetch(`${n2}/public/open`, { method: 'POST' });
  await eventually('the end of both', () => sockets.every((events) => events.length >= 2));
  // a request that comes to the filters after the logout is sent to the form to log in
  sockets.forEach(([first, code]) => assert.ok(first !== 'open' || code === 1001, `${sockets}`));
  assert.ok(sockets.some(([first]) => first === 'open'), `${sockets}`);
}

export async function loginChangesTheId(n1, n2) {
  const ann = new Browser();
  await ann.post(`${n1}/visit`);
  const visitor = ann.headers().cookie;
  await ann.channel(n1, 'public-before-n1');
  await ann.channel(n2, 'public-before-n2');
  await ann.login(n2, 'ann');
  assert.notEqual(ann.headers().cookie, visitor);
  await works(ann);
  await ann.post(`${n1}/logout`);
  await ann.closed();
  ann.end();
}

export async function deletedSession(n1, n2) {
  const ann = await (await new Browser().login(n1, 'ann')).connect(n1, n2);
  await ann.post(`${n2}/delete`);
  await ann.closed();
  await stayOut(ann);
}

/** Spring Session tells nobody when a session in the database has expired. */
export async function expiredSession(n1, n2) {
  const ann = await new Browser().login(n1, 'ann');
  await ann.post(`${n1}/expire`);
  let used;
  for (const [index, url] of [n1, n2].entries()) {
    await ann.channel(url, `expires${index}`);
    used = performance.now();
    await ann.stomp(url, `expires${index}`);
  }
  await ann.closed();
  // the handshakes count as uses, and the session lives for eight seconds after the last one
  const after = performance.now() - used;
  assert.ok(after > 7_900, `closed after ${after} ms`);
  await stayOut(ann);
}

export async function disconnectedUser(n1, n2) {
  const ann = await (await new Browser().login(n1, 'ann')).connect(n1, n2);
  const bob = await (await new Browser().login(n2, 'bob')).connect(n1, n2);
  await ann.post(`${n1}/disconnect/bob`);
  await bob.closed();
  await works(ann);
  // the right is still there, so the clients come back
  await eventually('return', () => bob.sockets.filter(({ end }) => end).every(({ open, isOpen }) => open > 1 && isOpen()));
  bob.end();
  ann.end();
}
