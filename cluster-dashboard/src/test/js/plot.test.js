import assert from 'node:assert/strict';
import { test } from 'node:test';
import { area, ceiling, ceilingOfBytes, largest, line, pieces } from '../../main/resources/io/clusterspring/dashboard/page/js/plot.js';

test('the top of a plot is a round number', () => {
  assert.deepEqual([0, 0.3, 1, 1.2, 3, 7, 10, 99, 4001].map(ceiling), [1, 0.5, 1, 2, 5, 10, 10, 100, 5000]);
  assert.equal(ceiling(NaN), 1);
  assert.equal(ceilingOfBytes(150 * 1024), 200 * 1024);
  assert.equal(ceilingOfBytes(0), 1);
});

test('the largest of all values that could be read', () => {
  assert.equal(largest([[1, null, 3], [2]]), 3);
  assert.equal(largest([[]]), 0);
});

const box = { from: 0, to: 100, most: 10, width: 200, height: 50 };

test('a line goes from left to right, and a large value is high up', () => {
  assert.deepEqual(pieces([0, 50, 100], [0, 5, 10], box), [[[0, 50], [100, 25], [200, 0]]]);
});

test('a value that could not be read interrupts the line', () => {
  const all = pieces([0, 25, 50, 75, 100], [1, null, 1, 1, null], box);
  assert.equal(all.length, 2);
  assert.equal(line(all), 'M0,45L1,45M100,45L150,45');
  assert.equal(area(all, 50), 'M100,50L100,45L150,45L150,50Z');
});

test('what is too old is not drawn, and nothing is drawn outside', () => {
  assert.deepEqual(pieces([-10, 100, 120], [5, 20, 5], box), [[[200, 0], [200, 25]]]);
});
