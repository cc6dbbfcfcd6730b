/** Converts a received message for display: every field becomes text. */
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

export function readable(message) {
  const fields = message !== null && typeof message === 'object' ? message : {};
  const at = new Date(fields.at);
  const dated = typeof fields.at === 'string' && !Number.isNaN(at.getTime());
  return {
    author: text(fields.user) || 'anonymous',
    body: 'body' in fields ? text(fields.body) : JSON.stringify(fields),
    node: text(fields.node) || 'unknown node',
    time: dated ? clock.format(at) : '',
    date: dated ? calendar.format(at) : '',
    instant: dated ? at.toISOString() : '',
  };
}

/** The time of day in the form that messages show. */
export function timeOfDay(date) {
  return clock.format(date);
}

function text(value) {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
