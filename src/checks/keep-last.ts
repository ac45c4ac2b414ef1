const kept = new WeakMap<object, { readonly check: object; readonly read: unknown }>();

/**
 * What a check read last is kept until the next one reads something, so that whoever observes the check (for its
 * picture) need not read it again.
 *
 * @param context of the assessment; nothing is kept longer than that
 */
export function keepLast<Read>(context: object, check: object, read: () => Promise<Read>): Promise<Read> {
  const last = kept.get(context);
  // Under this context and check nothing but the same reading is ever kept.
  if (last?.check === check) return last.read as Promise<Read>;
  const reading = read();
  kept.set(context, { check, read: reading });
  return reading;
}
