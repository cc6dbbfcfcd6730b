const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost):\d{1,5}$/;

/** The page that shows this one beside another node's, or undefined: it says its origin in the query. */
export function frameOf(search) {
  const origin = new URLSearchParams(search).get('frame') ?? '';
  return LOOPBACK.test(origin) ? origin : undefined;
}

/** Tells that page what happens here. No text of a message goes there. */
export function tellFrame(news) {
  const origin = frameOf(location.search);
  if (origin && parent !== window) {
    parent.postMessage(news, origin);
  }
}
