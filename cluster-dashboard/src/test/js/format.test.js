import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, bytes, clock, count, figure, micros, nodeParts, plural, since } from '../../main/resources/io/clusterspring/dashboard/page/js/format.js';

test('numbers have their thousands apart', () => {
  assert.equal(count(1234567), '1,234,567');
  assert.equal(count(0), '0');
  assert.equal(count(null), '–');
  assert.equal(count(undefined), '–');
});

test('a figure has the digits that matter', () => {
  assert.deepEqual([0, 0.04, 0.25, 3.44, 34.4, 344.4, 12345.6].map(figure), ['0', '0.04', '0.3', '3.4', '34', '344', '12,346']);
  assert.equal(figure(NaN), '–');
});

test('sizes have a unit', () => {
  assert.deepEqual([0, 999, 1000, 1024, 1048576, 5 * 1024 ** 3].map(bytes), ['0 B', '999 B', '1 kB', '1 kB', '1 MB', '5 GB']);
  assert.equal(bytes(null), '–');
});

test('round trips have a unit', () => {
  assert.deepEqual([180, 1500, 250000, 2500000].map(micros), ['180 µs', '1.5 ms', '250 ms', '2.5 s']);
  assert.equal(micros(null), '–');
});

test('ages are in the largest unit that says enough', () => {
  assert.deepEqual([0, 500, 12000, 89000, 90000, 3600e3, 5400e3 + 60e3, 49 * 3600e3].map(age), ['0 s', '1 s', '12 s', '89 s', '1 min', '60 min', '1 h 31 min', '2 d 1 h']);
  assert.equal(age(-5000), '0 s');
});

test('a time of another day has its date', () => {
  const now = new Date(2026, 4, 6, 12, 0, 0);
  assert.equal(clock(new Date(2026, 4, 6, 9, 5, 3), now), '09:05:03');
  assert.equal(clock(new Date(2026, 4, 5, 9, 5, 3), now), '2026-05-05 09:05:03');
  assert.equal(clock('nonsense', now), '–');
  assert.equal(clock(null, now), '–');
  assert.equal(since('2026-05-06T11:59:00Z', new Date('2026-05-06T12:00:00Z')), '60 s');
  assert.equal(since(null), '–');
});

test('a node has a name and a host', () => {
  assert.deepEqual(nodeParts('n1@10.0.0.1'), { name: 'n1', host: '10.0.0.1' });
  assert.deepEqual(nodeParts('n1'), { name: 'n1', host: '' });
});

test('a number has the word for what it counts', () => {
  assert.equal(plural(1, 'socket'), '1 socket');
  assert.equal(plural(2000, 'socket'), '2,000 sockets');
  assert.equal(plural(0, 'entry', 'entries'), '0 entries');
});
