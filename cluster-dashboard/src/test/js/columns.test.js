import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as columns from '../../main/resources/io/clusterspring/dashboard/page/js/columns.js';

const row = (list, item) => Object.fromEntries(list.map(({ title, cell }) => [title, cell(item)]));
const text = (cell) => (Array.isArray(cell) ? cell.map(text).join(' | ') : cell.text ?? cell);

test('what a node is, is said in words', () => {
  const words = (node) => columns.stateCell({ state: 'here', ...node }).text;
  assert.equal(words({}), 'in the view');
  assert.equal(words({ self: true, coordinator: true, draining: true }), 'draining, this node, coordinator');
  assert.equal(words({ state: 'silent', reason: 'no answer in 2 s' }), 'silent: no answer in 2 s');
});

test('nodes are not compared by a number that each counts for itself', () => {
  assert.ok(!columns.NODES.some(({ title }) => title === 'View'));
});

test('a topic shows its subscriptions on each node', () => {
  const cells = row(columns.TOPICS, { topic: 'room:1', subscriptions: { 'n2@h': 4, 'n1@h': 3 } });
  assert.equal(text(cells.Subscriptions), '7');
  assert.equal(text(cells.On), 'n1@h: 3 | n2@h: 4');
});

test('a socket shows the first of its topics', () => {
  const cells = row(columns.SOCKETS, { id: 's', node: 'n1@h', user: null, topics: ['a', 'b', 'c', 'd'], topicCount: 25, pendingBytes: 70_000 });
  assert.equal(text(cells.Topics), 'a | b | c | and 22 more');
  assert.equal(cells.Waiting.tone, 'warn');
  assert.equal(text(cells.User), 'no user');
});

test('a change of the view says who came and who went, and why', () => {
  const cells = row(columns.VIEWS, { view: 4, at: '2026-05-06T12:00:00Z', nodes: ['n1@h'], joined: ['n1@h'], gone: [{ node: 'n2@h', reason: 'suspected: no answer in 8 s' }, { node: 'n3@h', reason: 'left' }] });
  assert.equal(text(cells.Change), '+ n1@h | − n2@h: suspected: no answer in 8 s | − n3@h: left');
});

test('an item that lacks everything is shown nevertheless', () => {
  for (const list of [columns.NODES, columns.TOPICS, columns.SOCKETS, columns.STOMP, columns.PRESENCE, columns.PRESENT, columns.DISTRIBUTED, columns.HISTORY, columns.VIEWS]) {
    for (const { cell } of list) {
      assert.doesNotThrow(() => JSON.stringify(cell({})));
    }
  }
});
