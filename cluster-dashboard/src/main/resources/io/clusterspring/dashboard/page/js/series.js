/** As many samples as a node keeps. */
export const KEPT = 120;

/** No samples yet. */
export const none = () => ({ run: '', last: 0, interval: 5, times: [], series: {} });

/** Adds an answer about samples to those that are known; the times are those of this browser's clock. */
export function merge(known, answer, now) {
  const before = answer.run === known.run ? known : none();
  const fresh = Math.min(answer.ages.length, Math.max(0, answer.last - before.last));
  const skipped = answer.ages.length - fresh;
  const scale = answer.scale ?? 1;
  const times = [...before.times, ...answer.ages.slice(skipped).map((age) => now - age)].slice(-KEPT);
  const series = {};
  for (const [name, values] of Object.entries(answer.series)) {
    const old = before.series[name] ?? new Array(before.times.length).fill(null);
    series[name] = [...old, ...values.slice(skipped).map((value) => (value === null ? null : value / scale))].slice(-KEPT);
  }
  return { run: answer.run, last: answer.last, interval: answer.interval, times, series };
}

/** The newest value that could be read. */
export function newest(values = []) {
  const value = values[values.length - 1];
  return value === undefined ? null : value;
}
