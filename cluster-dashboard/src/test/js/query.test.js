import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAddress, questions } from '../../main/resources/io/clusterspring/dashboard/page/js/query.js';
import { link, parse } from '../../main/resources/io/clusterspring/dashboard/page/js/route.js';

test('addresses are known by their form', () => {
  for (const address of ['10.0.0.1', '10.0.0.1:8080', '::1', '2001:db8::7', '[2001:db8::7]:443', 'fe80::1%eth0']) {
    assert.ok(isAddress(address), address);
  }
  for (const text of ['room:1', 'alice', '10.0.0', 'a:b', 'room:lobby:1x', 'n1@10.0.0.1', '']) {
    assert.ok(!isAddress(text), text);
  }
});

test('an address is asked for as one only', () => {
  assert.deepEqual(questions(' 10.0.0.1 ').map(({ section, query }) => [section, query]), [['sockets', { address: '10.0.0.1' }]]);
});

test('any other text may be a topic, a user, a socket or a session', () => {
  const asked = questions('alice').map(({ section, query }) => `${section} ${Object.keys(query)}`);
  assert.deepEqual(asked, ['topics prefix', 'sockets user', 'sockets id', 'stomp user', 'stomp session', 'presence prefix', 'sockets address']);
  assert.deepEqual(questions('  '), []);
});

test('an address of the page says what it shows, whatever clients call their topics', () => {
  for (const name of ['room:1', 'a&b=c', '<img src=x onerror="x">', '100%', '#?', 'ünï', ' ']) {
    assert.deepEqual(parse(link('topic', { name })), { page: 'topic', params: { name } });
  }
  assert.deepEqual(parse(''), { page: 'overview', params: {} });
  assert.deepEqual(parse('#/'), { page: 'overview', params: {} });
  assert.equal(link('overview'), '#/');
  assert.equal(link('topics', { prefix: '', node: null }), '#/topics');
});
