import { useEffect, useState } from 'react';

/** Milliseconds by which the server's clock is ahead, known from an answer at the moment it came. */
export function skewOf(serverNow: number): number {
  return serverNow - Date.now();
}

/** The server's time, told every second while `isRunning`. */
export function useClock(skewMs: number, isRunning = true): number {
  const [now, setNow] = useState(() => Date.now() + skewMs);
  useEffect(() => {
    setNow(Date.now() + skewMs);
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now() + skewMs), 1000);
    return () => clearInterval(timer);
  }, [skewMs, isRunning]);
  return now;
}
