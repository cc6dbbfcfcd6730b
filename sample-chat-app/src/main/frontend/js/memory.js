/** Browser storage that may be full, forbidden or missing: then nothing is remembered. */
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
        // a chat without memory is still a chat
      }
    },
  };
}

/** For all tabs and for good. */
export const browserMemory = guarded('localStorage');

/** For this tab, across reloads. */
export const tabMemory = guarded('sessionStorage');
