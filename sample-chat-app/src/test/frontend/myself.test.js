import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Myself } from '../../main/frontend/js/myself.js';

function page() {
  return Object.assign(new EventTarget(), {
    hidden: false,
    turn(hidden) {
      this.hidden = hidden;
      this.dispatchEvent(new Event('visibilitychange'));
    },
  });
}

test('only what is new is told, and typing ends with a pause', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const told = [];
  const shown = page();
  const myself = new Myself((state) => told.push(`${state.status} ${state.typing}`), shown);
  myself.joined();
  myself.typing(true);
  mock.timers.tick(2000);
  myself.typing(true);
  mock.timers.tick(2000);
  assert.deepEqual(told, ['online true']);
  mock.timers.tick(1000);
  assert.deepEqual(told, ['online true', 'online false']);
  shown.turn(true);
  shown.turn(true);
  shown.turn(false);
  assert.deepEqual(told.slice(2), ['away false', 'online false']);
});

test('who joins unseen or while typing says so', () => {
  const told = [];
  const shown = page();
  const myself = new Myself((state) => told.push(state), shown);
  shown.hidden = true;
  myself.joined();
  myself.joined();
  assert.deepEqual(told, [{ status: 'away', typing: false }, { status: 'away', typing: false }]);
});
