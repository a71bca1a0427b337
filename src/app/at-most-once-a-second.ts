/**
 * A check whose answer is good for a second: `/readyz` is open to anybody, and each check is a write to the disk.
 * Callers in between share the last answer, whatever it was, or the check under way.
 */
export function atMostOnceASecond(check: () => Promise<void>, now = () => performance.now()): () => Promise<void> {
  let last: { readonly at: number; readonly answer: Promise<void> } | undefined;
  return () => {
    if (last === undefined || now() - last.at >= 1000) last = { at: now(), answer: check() };
    return last.answer;
  };
}
