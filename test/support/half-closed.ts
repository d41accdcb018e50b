import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends bytes on a socket of its own, ends its half or cuts the connection, and gives what came back until the other half ended. */
export async function speak(port: number, bytes: string, ending: 'end' | 'cut'): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  let answer = '';
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  await once(socket, 'connect');
  socket.write(bytes, () => {
    if (ending === 'cut') socket.resetAndDestroy();
    else socket.end();
  });
  if (!socket.closed) await once(socket, 'close');
  return answer;
}
