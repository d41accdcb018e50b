/** One request as a provider API received it. `authorization` is replaced by whether the token was the right one. */
export interface RecordedRequest {
  readonly at: number;
  readonly slug: string;
  readonly host: string;
  readonly method: string;
  readonly target: string;
  /** In the order and spelling of the wire. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Base64 of the exact bytes. */
  readonly body: string;
  readonly token: 'matches' | 'does not match' | 'absent';
  /** Whose token it was. */
  readonly userId: string | null;
  readonly organizationId: string | null;
}

const KEPT = 10_000;

/** What the provider APIs really received. In memory; the oldest go first. */
export class RequestLog {
  #requests: RecordedRequest[] = [];

  append(request: RecordedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > KEPT) this.#requests.shift();
  }

  list(slug?: string): readonly RecordedRequest[] {
    return slug === undefined ? this.#requests : this.#requests.filter((request) => request.slug === slug);
  }

  clear(): void {
    this.#requests = [];
  }
}
