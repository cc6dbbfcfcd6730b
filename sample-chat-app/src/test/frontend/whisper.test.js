import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recipient } from '../../main/frontend/js/whisper.js';

test('a text with a name in front is for that one', () => {
  assert.deepEqual(recipient('@jane hello\nthere'), { to: 'jane', body: 'hello\nthere' });
});

test('any other text is for the room', () => {
  for (const text of ['hello', 'hello @jane', '@jane', '@ jane hello']) {
    assert.deepEqual(recipient(text), { to: undefined, body: text });
  }
});
