/** A round number that is not below a value: 1, 2 or 5 times a power of ten. */
export function ceiling(value) {
  if (!(value > 0)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((each) => each * power >= value * (1 - 1e-9));
  return factor * power;
}

/** The same for bytes: a round number of the unit that it is shown in. */
export function ceilingOfBytes(value) {
  let unit = 1;
  while (value / unit >= 1000) {
    unit *= 1024;
  }
  return unit * ceiling(value / unit);
}

/** The largest value of some series, 0 if there is none. */
export function largest(lists) {
  return lists.flat().reduce((most, value) => (value !== null && value > most ? value : most), 0);
}

const round = (value) => Math.round(value * 10) / 10;

/**
 * The points of a line, in pieces: a value that could not be read ends a piece. A time is as far to the right as it
 * is late between `from` and `to`.
 */
export function pieces(times, values, { from, to, most, width, height }) {
  const all = [];
  let piece = null;
  values.forEach((value, index) => {
    const time = times[index];
    if (value === null || time < from) {
      piece = null;
      return;
    }
    if (piece === null) {
      piece = [];
      all.push(piece);
    }
    const x = (width * (Math.min(time, to) - from)) / (to - from);
    piece.push([round(x), round(height - (height * Math.min(value, most)) / most)]);
  });
  return all;
}

/** The path of a line; a single point is a short dash. */
export function line(all) {
  return all.map((piece) => {
    const points = piece.length === 1 ? [piece[0], [piece[0][0] + 1, piece[0][1]]] : piece;
    return `M${points.map((point) => point.join(',')).join('L')}`;
  }).join('');
}

/** The path of the area below a line. */
export function area(all, height) {
  return all.filter((piece) => piece.length > 1).map((piece) =>
    `M${piece[0][0]},${height}L${piece.map((point) => point.join(',')).join('L')}L${piece[piece.length - 1][0]},${height}Z`).join('');
}
