import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { catchUp } from '@clusterspring/catch-up';
import { Socket } from 'phoenix';

const ORIGIN = 'AAAAAAAA';
const OTHER = '-_12345z';

/** The official client, and in place of a server the test: it sees what is sent, and sends what it likes. */
class Connection {
  static current;
  readyState = 0;
  sent = [];

  constructor() {
    Connection.current = this;
  }

  static open() {
    this.current.readyState = 1;
    this.current.onopen({});
    return this.current;
  }

  send(text) {
    const [joinRef, ref, topic, event, payload] = JSON.parse(text);
    this.sent.push({ joinRef, ref, topic, event, payload });
  }

  receive(joinRef, ref, topic, event, payload) {
    this.onmessage({ data: JSON.stringify([joinRef, ref, topic, event, payload]) });
  }

  /** Answers the last join. */
  accept(status = 'ok') {
    const { ref, topic } = this.joins().at(-1);
    this.receive(ref, ref, topic, 'phx_reply', { status, response: {} });
  }

  message(ref, payload = {}, topic = 'room:1') {
    this.receive(null, ref, topic, 'said', payload);
  }

  tell(payload) {
    this.receive(null, null, 'room:1', '$history', payload);
  }

  joins() {
    return this.sent.filter(({ event }) => event === 'phx_join');
  }

  asked() {
    return this.joins().at(-1).payload;
  }

  close() {
    this.readyState = 3;
    this.onclose({ code: 1006, wasClean: false });
  }
}

function client(t, params, options) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  t.after(() => mock.timers.reset());
  const socket = new Socket('ws://nowhere', { transport: Connection, reconnectAfterMs: () => 100, rejoinAfterMs: () => 100 });
  socket.connect();
  Connection.open();
  return { socket, ...joined(socket, params, options) };
}

function joined(socket, params, options) {
  const told = [];
  const channel = catchUp(socket, 'room:1', params, { onRecovered: (recovery) => told.push(recovery), ...options });
  channel.join();
  return { channel, told };
}

/** The connection breaks, and phoenix.js makes another one. */
function reconnect(after = 100) {
  Connection.current.close();
  mock.timers.tick(after);
  return Connection.open();
}

function storage(content = {}) {
  return { content, getItem: (key) => content[key] ?? null, setItem: (key, value) => (content[key] = value) };
}

test('the first join asks for the last messages and keeps the parameters', (t) => {
  const { told } = client(t, { user: 'Ann' }, { last: 50 });
  const server = Connection.current;
  assert.deepEqual(server.asked(), { user: 'Ann', $history: { last: 50 } });
  server.accept();
  server.message(`${ORIGIN}:7`);
  server.tell({ recovered: null, position: `${ORIGIN}:7` });
  assert.deepEqual(told, [{ recovered: null, reason: undefined, missed: 1 }]);
});

test('without options the first join only says that it knows positions', (t) => {
  client(t);
  assert.deepEqual(Connection.current.asked(), { $history: {} });
});

test('each rejoin gives the latest number of each origin', (t) => {
  let token = 1;
  const { told } = client(t, () => ({ token: token++ }));
  let server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: `${ORIGIN}:5` });
  server.message(`${ORIGIN}:6`);
  server.message(`${OTHER}:10`);
  server.message(`${ORIGIN}:7`);
  server.message(`${OTHER}:9`);
  server.message(`${ORIGIN}:100`, {}, 'room:2');
  server = reconnect();
  assert.deepEqual(server.asked(), { token: 2, $history: { position: `${ORIGIN}:7,${OTHER}:10`, away: 100 } });
  server.accept();
  server.message(`${ORIGIN}:8`);
  server.message(`${OTHER}:11`);
  server.tell({ recovered: true, position: `${ORIGIN}:8,${OTHER}:11` });
  assert.deepEqual(told.at(-1), { recovered: true, reason: undefined, missed: 2 });
  assert.equal(reconnect().asked().$history.position, `${ORIGIN}:8,${OTHER}:11`);
});

test('an answer replaces the position, so that origins that are gone go', (t) => {
  const { told } = client(t);
  let server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: `${ORIGIN}:5` });
  server = reconnect();
  server.accept();
  server.tell({ recovered: false, reason: 'unknown-origin', position: `${OTHER}:3` });
  server.message(`${OTHER}:4`);
  assert.deepEqual(told.at(-1), { recovered: false, reason: 'unknown-origin', missed: 0 });
  server.tell({ recovered: false, reason: 'gap', position: `${OTHER}:2` });
  assert.deepEqual(told.at(-1), { recovered: false, reason: 'gap', missed: 0 });
  assert.equal(reconnect().asked().$history.position, `${OTHER}:2`);
});

test('a topic without messages has a position, too', (t) => {
  client(t);
  Connection.current.accept();
  Connection.current.tell({ recovered: null, position: '' });
  assert.deepEqual(reconnect().asked(), { $history: { position: '', away: 100 } });
});

test('the event after a binary broadcast moves the position and tells nobody', (t) => {
  const { told } = client(t);
  const server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: '' });
  server.tell({ position: `${ORIGIN}:1` });
  assert.equal(told.length, 1);
  assert.equal(reconnect().asked().$history.position, `${ORIGIN}:1`);
});

test('refs of replies, and refs that are no positions, change nothing', (t) => {
  const { channel } = client(t);
  const server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: `${ORIGIN}:1` });
  let reply;
  channel.push('ask', {}).receive('ok', (response) => (reply = response));
  const { ref, joinRef } = server.sent.at(-1);
  server.receive(joinRef, ref, 'room:1', 'phx_reply', { status: 'ok', response: { n: 1 } });
  assert.deepEqual(reply, { n: 1 });
  for (const strange of ['9', `${ORIGIN}:`, `${ORIGIN}:-1`, `short:1`, `${ORIGIN}:1,x`, 17, null]) {
    server.message(strange);
  }
  assert.equal(reconnect().asked().$history.position, `${ORIGIN}:1`);
});

test('onMessage of the application is left alone', (t) => {
  const { channel } = client(t);
  const heard = [];
  channel.onMessage = (event, payload, ref) => {
    if (event === 'said') {
      heard.push([payload, ref]);
    }
    return { ...payload, seen: true };
  };
  channel.on('said', (payload) => heard.push(payload));
  Connection.current.accept();
  Connection.current.message(`${ORIGIN}:1`, { n: 1 });
  assert.deepEqual(heard, [[{ n: 1 }, `${ORIGIN}:1`], { n: 1, seen: true }]);
  assert.equal(reconnect().asked().$history.position, `${ORIGIN}:1`);
});

test('a message whose handler fails is asked for again', (t) => {
  const { channel } = client(t);
  const server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: `${ORIGIN}:1` });
  channel.on('said', () => {
    throw new Error('not now');
  });
  assert.throws(() => server.message(`${ORIGIN}:2`), /not now/);
  assert.equal(reconnect().asked().$history.position, `${ORIGIN}:1`);
});

test('any frame is contact with the server, while the channel is joined', (t) => {
  client(t);
  let server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: '' });
  mock.timers.tick(20_000);
  server.receive(null, null, 'phoenix', 'phx_reply', {});
  mock.timers.tick(3_000);
  server = reconnect();
  assert.equal(server.asked().$history.away, 3_100);
  server.accept('error');
  mock.timers.tick(50);
  server.receive(null, null, 'phoenix', 'phx_reply', {});
  mock.timers.tick(50);
  assert.equal(server.joins().length, 2);
  assert.equal(server.asked().$history.away, 3_200);
});

test('contact counts again when the answer has come, not when the join is accepted', (t) => {
  client(t);
  let server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: '' });
  server = reconnect();
  server.accept();
  server.message(`${ORIGIN}:1`);
  server = reconnect();
  assert.deepEqual(server.asked().$history, { position: `${ORIGIN}:1`, away: 200 });
  server.accept();
  server.tell({ recovered: true, position: `${ORIGIN}:1` });
  assert.equal(reconnect().asked().$history.away, 100);
});

test('a server without the history is told of, ten seconds after the join', (t) => {
  const { told } = client(t);
  let server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: '' });
  server = reconnect();
  server.accept();
  mock.timers.tick(9_999);
  assert.equal(told.length, 1);
  mock.timers.tick(1);
  assert.deepEqual(told.at(-1), { recovered: false, reason: 'no-history', missed: 0 });
  assert.deepEqual(reconnect().asked().$history, {});
});

test('an answer that cannot come any more is not waited for', (t) => {
  const { channel, told } = client(t);
  let server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: '' });
  server = reconnect();
  server.accept();
  Connection.current.close();
  mock.timers.tick(100);
  mock.timers.tick(20_000);
  assert.equal(told.length, 1);
  server = Connection.open();
  server.accept();
  channel.leave();
  server.receive(null, server.sent.at(-1).ref, 'room:1', 'phx_reply', { status: 'ok', response: {} });
  mock.timers.tick(20_000);
  assert.equal(told.length, 1);
});

test('on a topic without history nobody is told anything', (t) => {
  const { told } = client(t, {}, { last: 5 });
  Connection.current.accept();
  Connection.current.message(null);
  mock.timers.tick(60_000);
  assert.deepEqual(told, []);
  assert.deepEqual(reconnect().asked(), { $history: { last: 5 } });
});

test('a page that is loaded again goes on where it was', (t) => {
  const remembered = storage();
  const { socket } = client(t, {}, { storage: remembered, last: 5 });
  let server = Connection.current;
  server.accept();
  server.tell({ recovered: null, position: '' });
  server.message(`${ORIGIN}:1`);
  socket.disconnect();
  mock.timers.tick(7_000);
  const reloaded = new Socket('ws://nowhere', { transport: Connection });
  reloaded.connect();
  server = Connection.open();
  joined(reloaded, {}, { storage: remembered, last: 5 });
  assert.deepEqual(server.asked().$history, { position: `${ORIGIN}:1`, away: 7_000 });
});

test('a page whose topic has lost its history begins anew when it is loaded again', (t) => {
  const remembered = storage({ 'catch-up:room:1': JSON.stringify({ position: `${ORIGIN}:1`, contact: 999_000 }) });
  const { told } = client(t, {}, { storage: remembered });
  Connection.current.accept();
  mock.timers.tick(10_000);
  assert.equal(told[0].reason, 'no-history');
  const { channel } = joined(new Socket('ws://nowhere', { transport: Connection }), {}, { storage: remembered });
  assert.deepEqual(channel.joinPush.payload().$history, { last: undefined });
});

test('what a storage holds may be anything, and it may fail', (t) => {
  const broken = { getItem: () => assert.fail('forbidden'), setItem: () => assert.fail('full') };
  for (const text of ['', 'null', '{', '[]', '7', '{"position":7}', '{"position":"x:1","contact":5}']) {
    const { channel } = joined(new Socket('ws://nowhere', { transport: Connection }), {},
      { storage: storage({ 'catch-up:room:1': text }) });
    assert.deepEqual(channel.joinPush.payload().$history, { last: undefined }, text);
  }
  client(t, {}, { storage: broken });
  Connection.current.accept();
  Connection.current.message(`${ORIGIN}:1`);
  assert.equal(reconnect().asked().$history.position, `${ORIGIN}:1`);
});

test('a clock that is set back does not make the time negative', (t) => {
  const remembered = storage({ 'catch-up:room:1': JSON.stringify({ position: '', contact: 2_000_000 }) });
  client(t, {}, { storage: remembered });
  assert.equal(Connection.current.asked().$history.away, 0);
});

test('a channel that was left listens no more', (t) => {
  const { socket, channel } = client(t);
  const before = socket.stateChangeCallbacks.message.length;
  channel.leave();
  const { ref, joinRef } = Connection.current.sent.at(-1);
  Connection.current.receive(joinRef, ref, 'room:1', 'phx_reply', { status: 'ok', response: {} });
  assert.equal(socket.stateChangeCallbacks.message.length, before - 1);
});
