import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Throws when the answer is no JSON. */
  json(): Record<string, unknown>;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** A list sends the header that many times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** One request whose every header is the test's own, Host, Origin and repeated ones too, which fetch would not send. */
export function send(port: number, { method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const flat = Object.entries(headers).flatMap(([name, value]) => [value].flat().flatMap((one) => [name, one]));
  return new Promise((resolve, reject) => {
    // As browsers do: without it Node would announce a body in chunks.
    const length = method === 'GET' ? [] : ['Content-Length', String(Buffer.byteLength(body ?? ''))];
    const request = httpRequest({ host: '127.0.0.1', port, method, path, agent: false, headers: [...flat, ...length] });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: () => JSON.parse(text) as Record<string, unknown>,
        });
      });
    });
    request.end(body);
  });
}
