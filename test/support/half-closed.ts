import { once } from 'node:events';
import { connect } from 'node:net';

/** What a client does once it has said its bytes: ends its half, cuts the connection, or waits for the server to end it. */
export type Ending = 'end' | 'cut' | 'wait';

/**
 * Sends bytes on a socket of its own, ends as it is told as soon as the answer so far is `enough`, and gives what came back until the other
 * half ended.
 */
export async function speak(
  port: number,
  bytes: string,
  ending: Ending,
  enough: (answer: string) => boolean = () => true,
): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  let answer = '';
  let hasEnded = false;
  const endIfEnough = () => {
    if (hasEnded || !enough(answer)) return;
    hasEnded = true;
    if (ending === 'cut') socket.resetAndDestroy();
    if (ending === 'end') socket.end();
  };
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
    endIfEnough();
  });
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  await once(socket, 'connect');
  socket.write(bytes, endIfEnough);
  if (!socket.closed) await once(socket, 'close');
  return answer;
}
