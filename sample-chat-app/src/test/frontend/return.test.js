import assert from 'node:assert/strict';
import { test } from 'node:test';
import { returnOf } from '../../main/frontend/js/return.js';

for (const [recovery, text] of [
  [{}, 'Connected again at 12:00.'],
  [{ recovered: true, missed: 0 }, 'Connected again at 12:00, nothing missed.'],
  [{ recovered: true, missed: 1 }, 'Connected again at 12:00, caught up: 1 message.'],
  [{ recovered: true, missed: 3 }, 'Connected again at 12:00, caught up: 3 messages.'],
  [{ recovered: false, missed: 0 }, 'Connected again at 12:00. Messages sent in between are not shown.'],
]) {
  test(`after ${JSON.stringify(recovery)} the page says ${text}`, () => {
    assert.equal(returnOf(recovery, '12:00'), text);
  });
}
