import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alerts } from '../../main/resources/io/clusterspring/dashboard/page/js/alerts.js';
import { disagreeing, side } from '../../main/resources/io/clusterspring/dashboard/page/js/side.js';

const NOW = Date.parse('2026-05-06T12:00:00Z');
const at = (seconds) => new Date(NOW - seconds * 1000).toISOString();
const nodes = (names, silent = []) => ({ items: names.map((name) => ({ name })), silent });

test('a node that is in the view and does not answer is silent', () => {
  const { seen } = side(nodes(['a', 'b'], [{ node: 'c', reason: 'no answer in 2 s' }]), [], NOW);
  assert.deepEqual(seen.map(({ name, state }) => [name, state]), [['a', 'here'], ['b', 'here'], ['c', 'silent']]);
  assert.equal(seen[2].reason, 'no answer in 2 s');
});

test('a node that went away without a word is gone, until it is back', () => {
  const views = [{ at: at(60), gone: [{ node: 'c', reason: 'suspected: no answer in 8 s' }], joined: [] }];
  const { gone } = side(nodes(['a', 'b']), views, NOW);
  assert.deepEqual(gone.map(({ name, reason }) => [name, reason]), [['c', 'suspected: no answer in 8 s']]);
  assert.deepEqual(side(nodes(['a', 'b', 'c']), views, NOW).gone, []);
});

test('a node that left in order is not missed, nor one that is gone since long', () => {
  assert.deepEqual(side(nodes(['a']), [{ at: at(60), gone: [{ node: 'c', reason: 'left' }] }], NOW).gone, []);
  assert.deepEqual(side(nodes(['a']), [{ at: at(3601), gone: [{ node: 'c', reason: 'suspected' }] }], NOW).gone, []);
});

test('the last that happened to a node counts', () => {
  const views = [
    { at: at(10), gone: [{ node: 'c', reason: 'left' }] }, { at: at(60), joined: ['c'] }, { at: at(90), gone: [{ node: 'c', reason: 'suspected' }] },
  ];
  assert.deepEqual(side(nodes(['a']), views, NOW).gone, []);
});

test('a node that only this page remembers is missed without a reason, until one is told', () => {
  const remembered = new Map([['a', NOW], ['c', NOW - 30_000]]);
  assert.deepEqual(side(nodes(['a']), [], NOW, remembered).gone.map(({ name, reason, at }) => [name, reason, at]), [['c', '', at(30)]]);
  assert.deepEqual(side(nodes(['a']), [{ at: at(20), gone: [{ node: 'c', reason: 'left' }] }], NOW, remembered).gone, []);
  assert.deepEqual(side(nodes(['a', 'c']), [], NOW, remembered).gone, []);
});

test('without an answer nothing is known', () => {
  assert.deepEqual(side(null, undefined, NOW), { seen: [], gone: [] });
});

const state = (more) => ({ side: { seen: [], gone: [] }, self: 'a@h', cluster: null, failure: null, answeredAt: NOW, ...more });
const texts = (more, now = NOW) => alerts(state(more), now).map(({ tone, text }) => `${tone}: ${text}`);

test('all is well', () => {
  assert.deepEqual(texts({ side: side(nodes(['a@h']), [], NOW) }), []);
});

test('a picture that is old says how old', () => {
  assert.match(texts({ failure: { kind: 'unreachable', message: 'No connection' } }, NOW + 12000)[0], /^bad: a@h does not answer: No connection\. What you see is 12 s old/);
  assert.deepEqual(texts({}, NOW + 5000), []);
  assert.match(texts({}, NOW + 7000)[0], /7 s old/);
});

test('the end of a session is not the end of a node', () => {
  assert.deepEqual(texts({ failure: { kind: 'signed-out', message: 'Sign in.' } }), ['bad: Sign in.']);
  assert.match(texts({ failure: { kind: 'absent', message: '' } })[0], /Expose it beside this page/);
});

test('this side of a partition, and the nodes that are not on it', () => {
  const seen = side(nodes(['a@h', 'b@h']), [{ at: at(60), gone: [{ node: 'c@h', reason: 'suspected: no answer in 8 s' }] }], NOW);
  assert.match(texts({ side: seen })[0], /^warn: a@h sees 2 of 3 nodes: c@h is gone since .* \(suspected: no answer in 8 s\)/);
});

test('silent, evicted and draining nodes are named', () => {
  const found = texts({ side: { gone: [], seen: [{ name: 'b@h', state: 'silent', reason: 'no answer in 2 s' }, { name: 'c@h', state: 'here', evicted: true }, { name: 'd@h', state: 'here', draining: true }] } });
  assert.equal(found.length, 3);
  assert.match(found.join(' '), /c@h is evicted.*b@h is in the view but silent: no answer in 2 s.*d@h is draining/);
});

test('places without a node are only worth a word while the node is alone', () => {
  const unreached = [{ place: '10.0.0.2:7800', cause: 'refused', detail: '' }];
  assert.match(texts({ cluster: { nodes: [{}], unreached } })[0], /No node was found at 10\.0\.0\.2:7800: refused/);
  assert.deepEqual(texts({ cluster: { nodes: [{}, {}], unreached } }), []);
});

test('nodes that see other nodes for longer than a moment are named', () => {
  const items = [{ name: 'a@h', self: true, sees: ['a@h', 'b@h', 'c@h'] }, { name: 'b@h', sees: ['c@h', 'b@h', 'a@h'] }, { name: 'c@h', sees: ['c@h', 'b@h'] }, { name: 'd@h' }];
  const differ = disagreeing(items);
  assert.deepEqual(differ, [{ name: 'c@h', sees: ['b@h', 'c@h'] }]);
  assert.deepEqual(texts({ differ, differSince: NOW - 3000 }), []);
  assert.deepEqual(texts({ differ, differSince: NOW - 7000 }), ['warn: c@h sees other nodes than a@h: b@h, c@h. A link may be cut.']);
  assert.deepEqual(disagreeing([]), []);
});
