const REDACTED = '[redacted]';

/** Shorter pieces would strike words that are not the token. */
const PIECE_MIN = 6;

/**
 * Finds a token in what a provider echoes: as it is, URL-encoded, escaped for JSON, in hexadecimal, and in base64 at each of the
 * three places where it can begin (I21).
 */
export class CredentialFilter {
  readonly #forms: readonly string[];
  readonly #shortest: number;

  constructor(token: string) {
    const json = JSON.stringify(token).slice(1, -1);
    const percent = encodeURIComponent(token);
    const hex = Buffer.from(token).toString('hex');
    const plain = [
      token,
      json,
      json.replaceAll('/', '\\/'),
      percent,
      percent.replace(/%../g, (code) => code.toLowerCase()),
    ];
    const forms = [...plain, hex, hex.toUpperCase(), ...base64Forms(token)];
    this.#forms = [...new Set(forms)].filter((form) => form.length >= PIECE_MIN).sort((a, b) => b.length - a.length);
    this.#shortest = this.#forms.at(-1)?.length ?? Number.POSITIVE_INFINITY;
  }

  /** `text` without the token. */
  clean(text: string): string {
    if (text.length < this.#shortest) return text;
    return this.#forms.reduce((cleaned, form) => cleaned.replaceAll(form, REDACTED), text);
  }

  /** The same for text that was cut: its end may be the beginning of the token. */
  cleanCut(text: string): string {
    const cleaned = this.clean(text);
    const longest = Math.max(...this.#forms.map((form) => overlapAtEnd(cleaned, form)));
    return longest > 0 ? cleaned.slice(0, cleaned.length - longest) + REDACTED : cleaned;
  }

  /** A JSON value without the token in any string or key, however it was escaped on its way. What is clean is not copied. */
  cleanValue(value: unknown): unknown {
    if (typeof value === 'string') return this.clean(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items = value.map((item: unknown) => this.cleanValue(item));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    let isClean = true;
    const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
      const entry = [this.clean(key), this.cleanValue(item)] as const;
      isClean &&= entry[0] === key && entry[1] === item;
      return entry;
    });
    return isClean ? value : Object.fromEntries(entries);
  }
}

/** Of each alignment only the characters that the token alone decides. */
function base64Forms(token: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(token)]);
    const whole = Math.floor((bytes.byteLength * 4) / 3);
    const standard = bytes.toString('base64').slice(Math.ceil((offset * 4) / 3), whole);
    return [standard, standard.replaceAll('+', '-').replaceAll('/', '_'), standard.replaceAll('/', '\\/')];
  });
}

function overlapAtEnd(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}
