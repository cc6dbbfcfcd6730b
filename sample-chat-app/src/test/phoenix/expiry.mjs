import assert from 'node:assert/strict';
import { LongPoll, Socket } from 'phoenix';
import { WebSocket } from 'ws';
import { answer, eventually, within } from './client.mjs';
import { SOON, issue } from './tokens.mjs';

/** Sends a new token on the present connection, and resolves with the answer. */
function refresh(socket, payload) {
  const ref = socket.makeRef();
  return within('answer to a refresh', (resolve, reject) => {
    const listener = socket.onMessage((message) => {
      if (message.topic === 'phoenix' && message.ref === ref) {
        socket.off([listener]);
        const { status, response } = message.payload;
        status === 'ok' ? resolve(response) : reject(Object.assign(new Error('refused'), { response }));
      }
    });
    socket.push({ topic: 'phoenix', event: 'refresh', payload, ref });
  });
}

/** The official client with a token that can be replaced. */
class TokenClient {
  opens = 0;
  closes = [];
  notices = [];
  visits = 0;

  constructor(url, token, options) {
    this.token = token;
    // phoenix.js calls both functions for each connection
    this.socket = new Socket(`${url.replace(/^http/, 'ws')}/socket`, {
      transport: WebSocket, timeout: 30_000, rejoinAfterMs: () => 50, authToken: () => this.token,
      params: () => ({ visit: `${++this.visits}` }), ...options,
    });
    this.socket.onOpen(() => this.opens++);
    this.socket.onClose((event) => this.closes.push(event));
    this.socket.onMessage(({ topic, event, payload }) => {
      if (topic === 'phoenix' && event === 'expiring') {
        this.notices.push({ ...payload, heard: Date.now() });
      }
    });
    this.socket.connect();
  }

  async join(topic) {
    const channel = this.socket.channel(topic, {});
    channel.joins = 0;
    channel.joinPush.receive('ok', () => channel.joins++);
    await answer(channel.join());
    return channel;
  }
}

const who = (channel) => answer(channel.push('who', {}));
const joined = (channel, times) => eventually('rejoin', () => channel.joins === times && channel.state === 'joined');

/** A WebSocket whose connections go to the nodes in turn. */
function inTurn(attempts, ...nodes) {
  return class extends WebSocket {
    constructor(url, protocols) {
      const node = nodes[attempts.length % nodes.length].replace(/^http/, 'ws');
      attempts.push(performance.now());
      super(url.replace(/^ws:\/\/[^/]*/, node), protocols);
    }
  };
}

/** The socket begins at n1 and comes back at n2, with the new token and new params. */
export async function expiresAndReconnects(n1, n2) {
  const other = new TokenClient(n2, await issue(n2, 'bob', 'guest', 600));
  const room = await other.join('room:reconnect');
  const attempts = [];
  const client = new TokenClient(n1, await issue(n1, 'alice', 'guest', SOON), { transport: inTurn(attempts, n1, n2) });
  const channel = await client.join('room:reconnect');
  assert.deepEqual(await who(channel), { user: 'alice', scopes: ['SCOPE_guest'] });
  assert.deepEqual(await answer(channel.push('where', {})), { node: 'n1', visit: '1' });
  await eventually('notice', () => client.notices.length > 0);
  const { at, in: left, heard } = client.notices[0];
  assert.ok(left > 0 && left <= 10_000, `${left} ms left`);
  assert.ok(Math.abs(at - heard - left) < 5000, `at ${at}, heard at ${heard}, ${left} ms left`);
  client.token = await issue(n2, 'alice', 'admin', 600);
  await joined(channel, 2);
  assert.deepEqual(client.closes.map(({ code, reason }) => ({ code, reason })), [{ code: 3000, reason: 'expired' }]);
  assert.ok(Date.now() >= at && Date.now() < at + 20_000, 'it was closed at its moment');
  assert.deepEqual(await who(channel), { user: 'alice', scopes: ['SCOPE_admin'] });
  assert.deepEqual(await answer(channel.push('where', {})), { node: 'n2', visit: '2' });
  const said = within('a message', (resolve) => channel.on('said', resolve));
  room.push('say', { body: 'hello' });
  assert.deepEqual(await said, { body: 'hello' });
  assert.equal(client.notices.length, 1);
  assert.equal(attempts.length, 2);
  assert.deepEqual(other.closes, []);
}

export async function expiresAndIsRefused(n1, n2) {
  const attempts = [];
  const client = new TokenClient(n1, await issue(n1, 'alice', 'guest', SOON), { transport: inTurn(attempts, n1, n2) });
  const channel = await client.join('room:refused');
  await eventually('close', () => client.closes.length > 0);
  const closed = performance.now();
  await eventually('eight attempts', () => attempts.length >= 1 + 8);
  // with the delays of phoenix.js itself: 10, 50, 100, 150, 200, 250, 500, 1000 ms, and then longer ones
  assert.ok(attempts[8] - closed > 2000, `eight attempts after ${attempts[8] - closed} ms`);
  assert.equal(client.opens, 1);
  assert.equal(client.visits, attempts.length);
  client.token = await issue(n1, 'alice', 'guest', 600);
  await joined(channel, 2);
  assert.equal(client.opens, 2);
}

export async function refreshes(n1) {
  const client = new TokenClient(n1, await issue(n1, 'alice', 'admin', SOON));
  const room = await client.join('room:refresh');
  const vault = await client.join('vault:refresh');
  await answer(room.push('clear', {}));
  const closed = within('close of the vault', (resolve) => vault.onClose(resolve));
  await eventually('notice', () => client.notices.length > 0);
  const token = await issue(n1, 'alice', 'guest', 600);
  const { at } = await refresh(client.socket, { authToken: token });
  assert.ok(at > Date.now() + 500_000, 'the answer says when the socket ends now');
  assert.deepEqual(await closed, { reason: 'unauthorized' });
  assert.deepEqual(await who(room), { user: 'alice', scopes: ['SCOPE_guest'] });
  await assert.rejects(answer(room.push('clear', {})), ({ response }) => response.reason === 'unauthorized');
  await new Promise((resolve) => setTimeout(resolve, client.notices[0].in + 1500));
  assert.deepEqual(client.closes, []);
  assert.deepEqual(await who(room), { user: 'alice', scopes: ['SCOPE_guest'] });
  assert.equal(room.joins, 1);
  assert.equal(vault.state, 'closed');
}

export async function otherUserIsRefused(n1) {
  const client = new TokenClient(n1, await issue(n1, 'alice', 'guest', SOON));
  const room = await client.join('room:other');
  const refused = (token, reason) => assert.rejects(refresh(client.socket, { authToken: token }),
    ({ response }) => response.reason === reason);
  await refused(await issue(n1, 'bob', 'admin', 600), 'other user');
  await refused('nonsense', 'unauthorized');
  assert.deepEqual(await who(room), { user: 'alice', scopes: ['SCOPE_guest'] });
  await eventually('close', () => client.closes.length > 0);
  assert.equal(client.closes[0].code, 3000);
}

/** Lets each request go to the other node than the one before. */
function alternate(n1, n2) {
  const { fetch } = globalThis;
  let turn = 0;
  globalThis.fetch = (url, options) => fetch(`${url}`.replace(n1, [n1, n2][turn++ % 2]), options);
}

export async function longPollExpires(n1, n2) {
  alternate(n1, n2);
  const client = new TokenClient(n1, await issue(n1, 'alice', 'guest', SOON), { transport: LongPoll });
  const room = await client.join('room:poll');
  await eventually('notice', () => client.notices.length > 0);
  client.token = await issue(n1, 'alice', 'admin', 600);
  await joined(room, 2);
  assert.ok(Date.now() >= client.notices[0].at);
  assert.deepEqual(await who(room), { user: 'alice', scopes: ['SCOPE_admin'] });
}

export async function longPollRefreshes(n1, n2) {
  alternate(n1, n2);
  const client = new TokenClient(n1, await issue(n1, 'alice', 'guest', SOON), { transport: LongPoll });
  const room = await client.join('room:poll');
  await eventually('notice', () => client.notices.length > 0);
  await refresh(client.socket, { authToken: await issue(n1, 'alice', 'admin', 600) });
  assert.deepEqual(await who(room), { user: 'alice', scopes: ['SCOPE_admin'] });
  await new Promise((resolve) => setTimeout(resolve, client.notices[0].in + 1500));
  assert.deepEqual(client.closes, []);
  assert.equal(room.joins, 1);
}

export async function headerExpires(n1) {
  let token = await issue(n1, 'alice', 'guest', SOON);
  class WithHeader extends WebSocket {
    constructor(url) {
      super(url.replace('/socket/', '/api/socket/'), { headers: { authorization: `Bearer ${token}` } });
    }
  }
  const client = new TokenClient(n1, null, { transport: WithHeader, authToken: undefined });
  const room = await client.join('room:header');
  assert.deepEqual(await who(room), { user: 'alice', scopes: ['SCOPE_guest'] });
  await eventually('notice', () => client.notices.length > 0);
  token = await issue(n1, 'alice', 'admin', 600);
  await joined(room, 2);
  assert.equal(client.closes[0].code, 3000);
  assert.deepEqual(await who(room), { user: 'alice', scopes: ['SCOPE_admin'] });
}
