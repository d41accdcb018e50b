/** Waits until `condition` gives something, asking again every few milliseconds, and fails loudly at the deadline. */
export async function eventually<T>(
  what: string,
  condition: () => Promise<T | undefined | false | null> | T | undefined | false | null,
  deadlineMs = 10_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  let last: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  } while (Date.now() < end);
  throw new Error(`not within ${deadlineMs} ms: ${what}`, { cause: last });
}
