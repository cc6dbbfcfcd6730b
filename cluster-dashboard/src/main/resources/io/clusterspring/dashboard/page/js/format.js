const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const DASH = '–';

const missing = (value) => value === null || value === undefined || Number.isNaN(value);

/** A whole number with its thousands apart. */
export const count = (value) => (missing(value) ? DASH : NUMBERS.format(value));

/** Three digits that matter, such as 0.25, 3.4 or 1,250. */
export function figure(value) {
  if (missing(value)) {
    return DASH;
  }
  const size = Math.abs(value);
  return size === 0 || size >= 100 ? NUMBERS.format(value) : String(Number(value.toPrecision(size < 1 ? 1 : 2)));
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in bytes, 1 kB being 1,024. */
export function bytes(value) {
  if (missing(value)) {
    return DASH;
  }
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < SIZES.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(size) : figure(size)} ${SIZES[unit]}`;
}

/** A time in microseconds. */
export function micros(value) {
  if (missing(value)) {
    return DASH;
  }
  if (value < 1000) {
    return `${Math.round(value)} µs`;
  }
  return value < 1e6 ? `${figure(value / 1000)} ms` : `${figure(value / 1e6)} s`;
}

/** How long ago, in milliseconds. */
export function age(millis) {
  if (missing(millis)) {
    return DASH;
  }
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 90) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const two = (value) => String(value).padStart(2, '0');

/** A time of day, with the date if that is not the day of `now`. */
export function clock(instant, now = new Date()) {
  const time = instant instanceof Date ? instant : new Date(instant ?? NaN);
  if (Number.isNaN(time.getTime())) {
    return DASH;
  }
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const text = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return time.toDateString() === now.toDateString() ? text : `${day} ${text}`;
}

/** How long ago an instant was. */
export function since(instant, now = new Date()) {
  return missing(instant) ? DASH : age(now - new Date(instant));
}

/** The name of a node and the place it runs on. */
export function nodeParts(node) {
  const at = String(node).indexOf('@');
  return at < 0 ? { name: String(node), host: '' } : { name: node.slice(0, at), host: node.slice(at + 1) };
}

/** A number with the word for what it counts. */
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
