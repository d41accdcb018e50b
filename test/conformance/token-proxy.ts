import { createServer, request, type Server } from 'node:http';

/**
 * Adds the access token that the suite cannot send. Everything else goes through as it is, Host and Origin too, and streams as it comes.
 * @returns how to stop it
 */
export async function startTokenProxy(port: number, target: number, token: () => string): Promise<() => void> {
  const proxy: Server = createServer((asked, answer) => {
    const { method, url: path, rawHeaders } = asked;
    const isSignedIn = asked.headers.authorization !== undefined || token() === '';
    const headers = isSignedIn ? rawHeaders : [...rawHeaders, 'Authorization', `Bearer ${token()}`];
    const passed = request({ host: '127.0.0.1', port: target, method, path, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
      given.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve, reject) => proxy.once('error', reject).listen(port, '127.0.0.1', resolve));
  return () => {
    proxy.close();
    proxy.closeAllConnections();
  };
}
