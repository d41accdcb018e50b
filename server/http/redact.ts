const SECRETS: readonly RegExp[] = [
  /\b(?:bearer|basic)\s+[\w\-.~+/]+=*/gi,
  /\beyJ[\w-]*\.[\w-]*\.[\w-]*/g,
  /\bFe26\.2\*[^\s"']*/g,
  /\bsk_[\w-]+/g,
  /(\b(?:code|state|token|access_token|client_secret)=)[^&\s"']*/gi,
];

/** Takes out of a text for the log everything that has the form of a credential. */
export function redact(text: string): string {
  return SECRETS.reduce(
    (rest, pattern) => rest.replace(pattern, (_, name: unknown) => `${typeof name === 'string' ? name : ''}[secret]`),
    text,
  );
}
