import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Seen } from '../../main/frontend/js/seen.js';

test('a key is new once', () => {
  const seen = new Seen();
  assert.equal(seen.add('a', 'x'), false);
  assert.equal(seen.add('b', 'x'), true);
  assert.equal(seen.add('b'), true);
  assert.equal(seen.add('c', undefined), false);
});

test('a message without an id is never a duplicate', () => {
  const seen = new Seen();
  assert.equal(seen.add(undefined, null), false);
  assert.equal(seen.add(undefined, null), false);
});

test('the oldest key is forgotten first', () => {
  const seen = new Seen(2);
  seen.add('a');
  seen.add('b');
  seen.add('c');
  assert.equal(seen.add('c'), true);
  assert.equal(seen.add('a'), false);
});
