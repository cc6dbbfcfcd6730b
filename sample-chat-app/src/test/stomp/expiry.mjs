import assert from 'node:assert/strict';
import { Client as Stomp } from '@stomp/stompjs';
import { WebSocket } from 'ws';
import { eventually, within } from '../phoenix/client.mjs';
import { SOON, issue } from '../phoenix/tokens.mjs';

/** The official client of a page that has a token, and may get another one. */
class TokenClient {
  opens = 0;
  attempts = [];
  closes = [];
  errors = [];
  messages = [];

  /** Its connections go to the nodes in turn. */
  constructor(nodes, token, { path = '/stomp', headers = () => ({}) } = {}) {
    this.token = token;
    this.stomp = new Stomp({
      webSocketFactory: () => {
        const url = nodes[this.attempts.length % nodes.length];
        this.attempts.push(performance.now());
        return new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, ['v12.stomp'], { headers: headers(this) });
      },
      reconnectDelay: 500,
      // stompjs evaluates it before each connection
      beforeConnect: (stomp) => {
        stomp.connectHeaders = path === '/stomp' ? { token: this.token } : {};
      },
      onConnect: () => {
        this.opens++;
        this.stomp.subscribe('/topic/news', ({ body }) => this.messages.push(body));
      },
      onStompError: ({ headers: { message } }) => this.errors.push(message),
      onWebSocketClose: ({ code, reason }) => this.closes.push({ code, reason: `${reason}`, at: Date.now() }),
    });
    this.stomp.activate();
  }

  connected() {
    return eventually('CONNECTED', () => this.stomp.connected);
  }

  /** Publishes until the other client has heard it, because a subscription takes a moment. */
  reaches(other, body) {
    return within(`message ${body}`, async (resolve) => {
      while (!other.messages.includes(body)) {
        if (this.stomp.connected) {
          this.stomp.publish({ destination: '/topic/news', body });
        }
        await new Promise((next) => setTimeout(next, 100));
      }
      resolve();
    });
  }
}

/** The node n2 has a client whose token lasts; the other one begins at n1 and comes back at n2. */
export async function stompExpiresAndReconnects(n1, n2) {
  const bob = new TokenClient([n2], await issue(n2, 'bob', 'guest', 600));
  const issued = Date.now();
  const alice = new TokenClient([n1, n2], await issue(n1, 'alice', 'guest', SOON));
  await Promise.all([bob.connected(), alice.connected()]);
  await bob.reaches(alice, 'before');
  await alice.reaches(bob, 'from alice');
  alice.token = await issue(n2, 'alice', 'guest', 600);
  await eventually('return', () => alice.opens === 2);
  assert.deepEqual(alice.closes.map(({ code, reason }) => ({ code, reason })), [{ code: 3000, reason: 'expired' }]);
  // a JWT has whole seconds
  assert.ok(alice.closes[0].at >= issued + (SOON - 1) * 1000, 'it was closed at its moment');
  await bob.reaches(alice, 'after');
  await alice.reaches(bob, 'from alice again');
  assert.deepEqual(alice.errors, []);
  assert.equal(alice.attempts.length, 2);
  assert.deepEqual(bob.closes, []);
}

export async function stompIsRefusedUntilItHasAToken(n1, n2) {
  const client = new TokenClient([n1, n2], await issue(n1, 'alice', 'guest', SOON));
  await client.connected();
  client.token = 'nonsense';
  await eventually('attempts that were refused', () => client.errors.length >= 4);
  assert.equal(client.opens, 1);
  // stompjs waits for its reconnectDelay each time
  const { attempts } = client;
  attempts.slice(2).forEach((at, index) => assert.ok(at - attempts[index + 1] > 450, `${attempts}`));
  client.token = await issue(n1, 'alice', 'guest', 600);
  await eventually('return', () => client.opens === 2 && client.stomp.connected);
}

export async function stompHandshakeExpires(n1, n2) {
  const client = new TokenClient([n1, n2], await issue(n1, 'alice', 'guest', SOON), {
    path: '/api/stomp', headers: ({ token }) => ({ authorization: `Bearer ${token}` }),
  });
  await client.connected();
  client.token = await issue(n1, 'alice', 'guest', 600);
  await eventually('return', () => client.opens === 2);
  assert.equal(client.closes[0].code, 3000);
  assert.equal(client.attempts.length, 2);
}
