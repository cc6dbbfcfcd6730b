import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countText } from '../../main/frontend/js/count.js';

test('a count is of now while there is a connection, and of the past without', () => {
  assert.equal(countText(2, 'up', false), '2 up');
  assert.equal(countText(2, 'up', true), '2 when last seen');
});

test('a page that has never been told shows no count', () => {
  assert.equal(countText(0, 'up', true), '');
});
