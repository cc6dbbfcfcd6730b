import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Poll } from '../../main/resources/io/clusterspring/dashboard/page/js/poll.js';

class Surroundings extends EventTarget {
  hidden = false;

  turn(hidden) {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

/** Lets all that is due happen, without a wait. */
async function settle() {
  for (let i = 0; i < 5; i += 1) {
    await Promise.resolve();
  }
}

function polled(t, task, every = 1000) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const surroundings = new Surroundings();
  return { poll: new Poll(task, every, surroundings), surroundings };
}

test('the next question waits for the answer, and then for the pause', async (t) => {
  const answers = [];
  const { poll } = polled(t, () => new Promise((resolve) => { answers.push(resolve); }));
  poll.start();
  await settle();
  t.mock.timers.tick(60_000);
  await settle();
  assert.equal(answers.length, 1);
  answers[0]();
  await settle();
  t.mock.timers.tick(999);
  await settle();
  assert.equal(answers.length, 1);
  t.mock.timers.tick(1);
  await settle();
  assert.equal(answers.length, 2);
});

test('a hidden page asks nothing, and asks at once when it is shown again', async (t) => {
  let asked = 0;
  const { poll, surroundings } = polled(t, async () => { asked += 1; });
  poll.start();
  await settle();
  surroundings.turn(true);
  t.mock.timers.tick(600_000);
  await settle();
  assert.equal(asked, 1);
  surroundings.turn(false);
  await settle();
  assert.equal(asked, 2);
});

test('after failures the pauses grow, up to ten seconds', async (t) => {
  const times = [];
  let now = 0;
  const { poll } = polled(t, async () => {
    times.push(now);
    throw new Error('for the test');
  });
  poll.start();
  for (; now < 40_000; now += 500) {
    await settle();
    t.mock.timers.tick(500);
  }
  const pauses = times.slice(1).map((time, index) => time - times[index]);
  assert.ok(pauses[0] < 3000 && pauses.at(-1) >= 10_000, String(pauses));
});

test('another question ends the one before', async (t) => {
  const signals = [];
  const { poll } = polled(t, (signal) => {
    signals.push(signal);
    return new Promise(() => {});
  });
  poll.start();
  await settle();
  poll.now();
  await settle();
  assert.deepEqual(signals.map((signal) => signal.aborted), [true, false]);
  poll.stop();
  assert.ok(signals[1].aborted);
});

test('after its end it asks nothing', async (t) => {
  let asked = 0;
  const { poll, surroundings } = polled(t, async () => { asked += 1; });
  poll.start();
  await settle();
  poll.stop();
  surroundings.turn(true);
  surroundings.turn(false);
  t.mock.timers.tick(600_000);
  await settle();
  assert.equal(asked, 1);
});
