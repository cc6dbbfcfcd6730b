import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wayOf } from '../../main/frontend/js/way.js';

const at = '2025-01-02T03:04:05.000Z';
const after = (millis) => Date.parse(at) + millis;

test('a message of another node shows the way and the time', () => {
  assert.deepEqual(wayOf({ node: 'n1@h', at }, 'n2@h', after(3.4)), { text: '→ n2@h in 3 ms', crossed: true });
});

test('a message of the own node shows the time', () => {
  assert.deepEqual(wayOf({ node: 'n1@h', at }, 'n1@h', after(1)), { text: 'in 1 ms', crossed: false });
});

test('what cannot be known is not shown', () => {
  const none = { text: '', crossed: false };
  assert.deepEqual(wayOf({ node: 'n1@h', at }, undefined, after(1)), none);
  assert.deepEqual(wayOf({ node: 'n1@h', at: 'yesterday' }, 'n1@h', after(1)), none);
  assert.deepEqual(wayOf({ node: 'n1@h', at }, 'n1@h', after(3_600_000)), none);
  assert.equal(wayOf({ node: 'n1@h', at }, 'n1@h', after(-4)).text, 'in 0 ms');
});
