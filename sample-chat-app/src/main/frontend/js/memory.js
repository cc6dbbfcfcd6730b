/** Browser storage. If it is full, forbidden or missing, nothing is remembered. */
function guarded(kind) {
  const storage = () => globalThis[kind];
  return {
    get(key) {
      try {
        return storage().getItem(`chat.${key}`) ?? undefined;
      } catch {
        return undefined;
      }
    },
    set(key, value) {
      try {
        if (value === undefined) {
          storage().removeItem(`chat.${key}`);
        } else {
          storage().setItem(`chat.${key}`, value);
        }
      } catch {
        // the chat works without memory, too
      }
    },
  };
}

/** Shared by all tabs, without an end. */
export const browserMemory = guarded('localStorage');

/** For this tab, across reloads. */
export const tabMemory = guarded('sessionStorage');
