const GROUPED = new Intl.NumberFormat('en-US');

export function count(n: number): string {
  return GROUPED.format(n);
}

/** `1 call`, `20 calls`, with a space that does not break. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)}\u00a0${n === 1 ? one : many}`;
}

/** `5 minutes`, `90 seconds`. */
export function duration(ms: number): string {
  return ms % 60_000 === 0 ? counted(ms / 60_000, 'minute') : counted(Math.round(ms / 1000), 'second');
}

/** `412 ms`, `3.2 s`. */
export function took(ms: number): string {
  return ms < 1000 ? `${count(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `4:51`, `1:04:51`; never below zero. */
export function remaining(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${String(Math.floor((seconds % 3600) / 60)).padStart(hours ? 2 : 1, '0')}:${String(seconds % 60).padStart(2, '0')}`;
  return hours ? `${hours}:${rest}` : rest;
}
