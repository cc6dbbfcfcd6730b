import assert from 'node:assert/strict';
import { RealtimeClient } from '@supabase/realtime-js';
import { WebSocket } from 'ws';
import { eventually, within } from './client.mjs';
import { Way } from './follower.mjs';

async function subscribe(url, options) {
  const client = new RealtimeClient(`${url.replace(/^http/, 'ws')}/socket`, {
    transport: WebSocket, params: { apikey: 'none' }, ...options,
  });
  const channel = client.channel('supabase', { config: { broadcast: { self: false } } });
  const heard = [];
  channel.on('broadcast', { event: 'cursor' }, ({ payload }) => heard.push(payload));
  await within('subscription', (resolve, reject) => channel.subscribe((status, error) => {
    if (status === 'SUBSCRIBED') {
      resolve();
    } else if (error) {
      reject(error);
    }
  }));
  return { channel, heard };
}

async function send({ channel }, from, to) {
  for (let x = from; x < to; x++) {
    assert.equal(await channel.send({ type: 'broadcast', event: 'cursor', payload: { x } }), 'ok');
  }
}

async function talks(n1, n2, options) {
  const one = await subscribe(n1, options);
  const other = await subscribe(n2, options);
  await send(one, 0, 100);
  await within('broadcasts', (resolve) => {
    const timer = setInterval(() => other.heard.length >= 100 && resolve(clearInterval(timer)), 20);
  });
  assert.deepEqual(other.heard.map(({ x }) => x), Array.from({ length: 100 }, (_, x) => x));
  assert.equal(await one.channel.unsubscribe(), 'ok');
}

export const supabaseVersion1 = (n1, n2) => talks(n1, n2, { vsn: '1.0.0' });

/** By default, version 2 has broadcasts in a binary form that Phoenix does not know either. */
const encode = ({ join_ref, ref, topic, event, payload }, callback) =>
  callback(JSON.stringify([join_ref ?? null, ref, topic, event, payload]));

export const supabaseVersion2 = (n1, n2) => talks(n1, n2, { vsn: '2.0.0', encode });

/** The options of a client that catches up on one topic: the client hands them each frame. */
function catchingUp(topic, answers) {
  const seen = new Map();
  let contact;
  const merge = (text) => text.split(',').filter(Boolean).map((part) => part.split(':')).forEach(([origin, number]) =>
    seen.set(origin, Math.max(Number(number), seen.get(origin) ?? 0)));
  return {
    vsn: '2.0.0',
    reconnectAfterMs: () => 50,
    encode: (message, callback) => {
      const position = [...seen].map((part) => part.join(':')).join(',');
      const $history = contact === undefined ? {} : { position, away: Date.now() - contact };
      const joins = message.topic === topic && message.event === 'phx_join';
      encode(joins ? { ...message, payload: { ...message.payload, $history } } : message, callback);
    },
    decode: (text, callback) => {
      const [join_ref, ref, of, event, payload] = JSON.parse(text);
      if (of === topic && event === '$history') {
        if (payload.recovered !== undefined) {
          answers.push(payload.recovered);
          seen.clear();
        }
        merge(payload.position);
        contact = Date.now();
      } else if (of === topic && ref?.includes(':')) {
        merge(ref);
        contact = Date.now();
      }
      callback({ join_ref, ref, topic: of, event, payload });
    },
  };
}

/** The client is away while another one sends, and comes back at the other node. */
export async function supabaseCatchesUp(n1, n2) {
  const way = await Way.over([n1, n2]);
  const answers = [];
  const one = await subscribe(way.url, catchingUp('realtime:supabase', answers));
  await eventually('answer', () => answers.length === 1);
  const other = await subscribe(n2, { vsn: '2.0.0', encode });
  const all = (count) => eventually(`${count} broadcasts`, () => one.heard.length >= count);
  await send(other, 0, 10);
  await all(10);
  way.close(true);
  await send(other, 10, 60);
  way.turn++;
  way.close(false);
  await eventually('answer', () => answers.length === 2);
  await send(other, 60, 70);
  await all(70);
  assert.deepEqual(one.heard.map(({ x }) => x), Array.from({ length: 70 }, (_, x) => x));
  assert.deepEqual(answers, [null, true]);
}
