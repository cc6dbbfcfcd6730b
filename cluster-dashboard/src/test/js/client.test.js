import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '../../main/resources/io/clusterspring/dashboard/page/js/client.js';

const roots = { page: 'cluster-dashboard', cluster: 'cluster' };
const json = (body, status = 200) => new Response(JSON.stringify(body), { status });

test('a question names its section and only the parameters that are given', async () => {
  const asked = [];
  const client = new Client(roots, async (url) => {
    asked.push(url);
    return json({ items: [] });
  });
  await client.section('topics', { prefix: 'a&b', after: null, limit: 5, node: '' });
  await client.section('', {});
  await client.samples({ run: 'x', last: 3 });
  await client.samples({ run: '', last: 0 });
  assert.deepEqual(asked, ['cluster/topics?prefix=a%26b&limit=5', 'cluster', 'cluster-dashboard/samples?run=x&after=3', 'cluster-dashboard/samples']);
});

test('questions about one section wait for each other, others do not', async () => {
  const under = { topics: 0, sockets: 0 };
  let most = 0;
  const ends = [];
  const client = new Client(roots, (url) => new Promise((resolve) => {
    const section = url.split('/')[1];
    under[section] += 1;
    most = Math.max(most, under[section]);
    ends.push(() => {
      under[section] -= 1;
      resolve(json({ section }));
    });
  }));
  const all = [client.section('topics'), client.section('topics'), client.section('sockets'), client.section('topics')];
  for (let i = 0; i < 20; i += 1) {
    await new Promise((resolve) => { setImmediate(resolve); });
    ends.shift()?.();
  }
  assert.equal((await Promise.all(all)).length, 4);
  assert.equal(most, 1);
});

test('a question that fails does not hold up the next one', async () => {
  let first = true;
  const client = new Client(roots, async () => {
    if (first) {
      first = false;
      throw new TypeError('fetch failed');
    }
    return json({ ok: true });
  });
  const failed = client.section('topics');
  const next = client.section('topics');
  await assert.rejects(failed, { kind: 'unreachable' });
  assert.deepEqual(await next, { ok: true });
});

test('a question that is of no interest any more is not asked', async () => {
  let asked = 0;
  const client = new Client(roots, async () => {
    asked += 1;
    return json({});
  });
  await assert.rejects(client.section('topics', {}, AbortSignal.abort()), { name: 'AbortError' });
  assert.equal(asked, 0);
});

test('each refusal has its kind', async () => {
  const answers = [[json({}, 401), 'signed-out'], [json({}, 403), 'forbidden'], [json({}, 404), 'absent'], [json({ reason: 'limit must be from 1' }, 400), 'invalid'],
    [json({}, 503), 'failed'], [new Response('<html>', { status: 200 }), 'failed']];
  for (const [answer, kind] of answers) {
    await assert.rejects(new Client(roots, async () => answer).section('topics'), { kind });
  }
  await assert.rejects(new Client(roots, async () => json({ reason: 'limit must be from 1' }, 400)).section('topics'), { message: 'limit must be from 1' });
  await assert.rejects(new Client(roots, async () => ({ ok: false, status: 0, type: 'opaqueredirect' })).section('topics'), { kind: 'signed-out' });
});

const page = () => new Response('<html>', { status: 200, headers: { 'Content-Type': 'text/html;charset=UTF-8' } });

test('a page to sign in instead of an answer is the end of the session', async () => {
  await assert.rejects(new Client(roots, async () => page()).section('topics'), { kind: 'signed-out', message: 'The session has ended. Load the page again to sign in.' });
  await assert.rejects(new Client(roots, async () => page()).act('sockets/disconnect', {}), { kind: 'signed-out' });
});

test('a write that is refused says that it may be for want of a token', async () => {
  for (const status of [401, 403]) {
    await assert.rejects(new Client(roots, async () => json({}, status)).act('sockets/disconnect', {}),
      { kind: 'forbidden', message: `Refused with ${status}: you may not do this, or the CSRF token is missing (docs/dashboard.md).` });
  }
  await assert.rejects(new Client(roots, async () => json({}, 404)).act('sockets/disconnect', {}), { kind: 'absent' });
});

test('after the first answer no challenge is asked for, which would open a dialog of the browser', async () => {
  const headers = [];
  let status = 401;
  const client = new Client(roots, async (url, options) => {
    headers.push(options.headers['X-Requested-With']);
    return json({}, status);
  });
  await assert.rejects(client.section('topics'));
  status = 200;
  await client.section('topics');
  await client.section('topics');
  await client.act('sockets/disconnect', {});
  assert.deepEqual(headers, [undefined, undefined, 'XMLHttpRequest', 'XMLHttpRequest']);
});

test('samples of another node come through this one', async () => {
  const item = { run: 'x', last: 3, ages: [0], scale: 1000, series: { sent: [1500] } };
  const client = new Client(roots, async (url) => json(url.includes('n2') ? { items: [item] } : { items: [], silent: [{ node: 'n3@h', reason: 'does not know this question' }] }));
  assert.deepEqual(await client.samplesOf('n2@h', { run: '', last: 0 }), item);
  await assert.rejects(client.samplesOf('n3@h', { run: '', last: 0 }), { message: 'n3@h is silent: does not know this question.' });
});

test('writes are possible if the node says so, and not if it says nothing', async () => {
  const asking = (response) => new Client(roots, async (url, { method }) => {
    assert.deepEqual([url, method], ['cluster/sockets/disconnect', 'OPTIONS']);
    return response;
  }).mayWrite();
  assert.equal(await asking(new Response(null, { headers: { Allow: 'POST,OPTIONS' } })), true);
  assert.equal(await asking(new Response(null, { headers: { Allow: 'GET,HEAD' } })), false);
  assert.equal(await asking(new Response(null, { status: 404 })), false);
  assert.equal(await asking(new Response(null, { status: 403, headers: { Allow: 'POST' } })), false);
});

test('what is done is sent as JSON, with the token of the session if there is one', async () => {
  const sent = [];
  const client = new Client(roots, async (url, options) => {
    sent.push([url, options.method, options.body, options.headers['X-XSRF-TOKEN']]);
    return new Response(null, { status: 204 });
  });
  await client.act('topics/broadcast', { topic: 'room:1' });
  globalThis.document = { cookie: 'a=b; XSRF-TOKEN=x%2Fy' };
  try {
    await client.act('sockets/disconnect', { id: 's' });
  } finally {
    delete globalThis.document;
  }
  assert.deepEqual(sent, [['cluster/topics/broadcast', 'POST', '{"topic":"room:1"}', undefined], ['cluster/sockets/disconnect', 'POST', '{"id":"s"}', 'x/y']]);
  await assert.rejects(new Client(roots, async () => json({ reason: 'There is no such socket' }, 400)).act('sockets/disconnect', {}), { message: 'There is no such socket' });
});
