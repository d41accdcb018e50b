const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const SECONDS = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const MINUTES = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `14:34:52`, in the time zone of the person who reads. */
export function clock(at: number): string {
  return SECONDS.format(at);
}

/** `Today, 14:34:52`. */
export function moment(at: number, now: number): string {
  return `${day(at, now)}, ${clock(at)}`;
}

/** `Today, 09:14`. */
export function shortMoment(at: number, now: number): string {
  return `${day(at, now)}, ${MINUTES.format(at)}`;
}

/** `Today`, `Yesterday`, `3 November`. */
export function day(at: number, now: number): string {
  if (isSameDay(at, now)) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return isSameDay(at, yesterday.getTime()) ? 'Yesterday' : DAY.format(at);
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
