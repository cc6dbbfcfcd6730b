import assert from 'node:assert/strict';
import { test } from 'node:test';
import { between, links, place, slower } from '../../main/resources/io/clusterspring/dashboard/page/js/layout.js';

test('one node is in the middle, two are beside each other', () => {
  assert.deepEqual(place(['a'], 400, 200).get('a'), { x: 200, y: 100 });
  const two = place(['b', 'a'], 400, 200);
  assert.equal(two.get('a').y, two.get('b').y);
  assert.ok(two.get('a').x < two.get('b').x);
});

test('nodes are inside, apart, and where they were whatever the order of the answer', () => {
  for (const width of [320, 400, 1000]) {
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
    const places = place(names, width, 300);
    const seen = new Set();
    for (const { x, y } of places.values()) {
      assert.ok(x >= 0 && x <= width && y >= 0 && y <= 300);
      seen.add(`${x} ${y}`);
    }
    assert.equal(seen.size, 20);
    assert.deepEqual([...place([...names].reverse(), width, 300)], [...places]);
  }
});

test('each pair has one link with the round trips of both ends', () => {
  const nodes = [
    { name: 'b', roundTrips: { a: 300, c: null } }, { name: 'a', roundTrips: { b: 200, c: 100 } }, { name: 'c', roundTrips: { b: null } },
  ];
  assert.deepEqual(links(nodes), [
    { from: 'a', to: 'b', there: 200, back: 300, cut: false }, { from: 'a', to: 'c', there: 100, back: null, cut: false },
    { from: 'b', to: 'c', there: null, back: null, cut: true },
  ]);
});

test('nodes that measure nothing have no links', () => {
  assert.deepEqual(links([{ name: 'a' }, { name: 'b' }]), []);
});

test('the slower of two round trips is shown', () => {
  assert.equal(slower({ there: 1, back: 2 }), 2);
  assert.equal(slower({ there: 1, back: null }), 1);
  assert.equal(slower({ there: null, back: 2 }), 2);
});

test('a text is on its link', () => {
  assert.deepEqual(between({ x: 0, y: 0 }, { x: 100, y: 50 }, 0.5), { x: 50, y: 25 });
});
