import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readable } from '../../main/frontend/js/message.js';

test('a message is shown as it was sent', () => {
  const shown = readable({ user: 'Ada', body: '<b>hi</b>', node: 'n1@h', at: '2025-01-02T03:04:05.678Z' });
  assert.equal(shown.author, 'Ada');
  assert.equal(shown.body, '<b>hi</b>');
  assert.equal(shown.node, 'n1@h');
  assert.equal(shown.instant, '2025-01-02T03:04:05.678Z');
  assert.notEqual(shown.time, '');
});

test('whatever comes is text', () => {
  const odd = readable({ user: { toString: 1 }, body: ['a'], node: null, at: 'yesterday' });
  assert.deepEqual(odd, {
    author: '{"toString":1}', body: '["a"]', node: 'unknown node', time: '', date: '', instant: '',
  });
  assert.equal(readable(null).author, 'anonymous');
});

test('a message without a body shows what it has', () => {
  assert.equal(readable({ n: 1, pad: 'x' }).body, '{"n":1,"pad":"x"}');
});
