import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEPT, merge, newest, none } from '../../main/resources/io/clusterspring/dashboard/page/js/series.js';

const answer = (last, ages, values, run = 'r') => ({ run, last, interval: 5, ages, series: { sent: values } });

test('the first answer is all that is known', () => {
  const known = merge(none(), answer(3, [10000, 5000, 0], [1, null, 3]), 100000);
  assert.deepEqual(known.times, [90000, 95000, 100000]);
  assert.deepEqual(known.series.sent, [1, null, 3]);
});

test('later answers are added, and what comes twice is known already', () => {
  let known = merge(none(), answer(2, [5000, 0], [1, 2]), 100000);
  known = merge(known, answer(3, [0], [3]), 105000);
  known = merge(known, answer(4, [10000, 5000, 0], [2, 3, 4]), 110000);
  assert.deepEqual(known.series.sent, [1, 2, 3, 4]);
  assert.equal(known.times.length, 4);
  assert.equal(known.last, 4);
});

test('an answer without anything new changes nothing', () => {
  const known = merge(none(), answer(2, [5000, 0], [1, 2]), 100000);
  assert.deepEqual(merge(known, answer(2, [], []), 101000).series.sent, [1, 2]);
});

test('after a gap the numbers go on', () => {
  let known = merge(none(), answer(2, [5000, 0], [1, 2]), 100000);
  known = merge(known, answer(200, [5000, 0], [9, 10]), 900000);
  assert.deepEqual(known.series.sent, [1, 2, 9, 10]);
});

test('another run of the node begins anew', () => {
  let known = merge(none(), answer(50, [0], [1]), 100000);
  known = merge(known, answer(1, [0], [7], 'other'), 105000);
  assert.deepEqual(known.series.sent, [7]);
  assert.deepEqual(known.times, [105000]);
});

test('no more is kept than a node keeps', () => {
  let known = none();
  for (let i = 1; i <= 300; i += 1) {
    known = merge(known, answer(i, [0], [i]), i * 5000);
  }
  assert.equal(known.times.length, KEPT);
  assert.equal(known.series.sent.length, KEPT);
  assert.equal(known.series.sent[0], 300 - KEPT + 1);
});

test('a figure that appears later has nothing before', () => {
  let known = merge(none(), answer(2, [5000, 0], [1, 2]), 100000);
  known = merge(known, { run: 'r', last: 3, interval: 5, ages: [0], series: { sent: [3], sockets: [8] } }, 105000);
  assert.deepEqual(known.series.sockets, [null, null, 8]);
});

test('the newest value is the last one, if there is one', () => {
  assert.equal(newest([1, 2]), 2);
  assert.equal(newest([1, null]), null);
  assert.equal(newest([]), null);
  assert.equal(newest(undefined), null);
});

test('values that come in thousandths are shown as they are', () => {
  const known = merge(none(), { ...answer(2, [5000, 0], [1500, null]), scale: 1000 }, 100000);
  assert.deepEqual(known.series.sent, [1.5, null]);
});
