const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const PLACEHOLDER = /^\{[a-z]+\}$/;
/** What anybody can register below is no tenant's: the fixed end is a domain, not a top-level domain. */
const FIXED_LABELS_MIN = 2;

/** Whether a host is one of a form such as `{tenant}.zendesk.com`, in which each placeholder is exactly one DNS label. */
export function isOfForm(host: string, form: string): boolean {
  const [labels, parts] = [host.split('.'), form.split('.')];
  return (
    labels.length === parts.length &&
    parts.every((part, index) => {
      const label = labels[index] ?? '';
      return PLACEHOLDER.test(part) ? LABEL.test(label) && !label.startsWith('xn--') : part === label;
    })
  );
}

/** What is wrong with a form, as a clause; `null` when nothing is. */
export function problemOfForm(form: string): string | null {
  const parts = form.split('.');
  const last = parts.findLastIndex((part) => PLACEHOLDER.test(part));
  if (last < 0) return 'has no placeholder';
  const fixed = parts.slice(last + 1);
  if (fixed.length < FIXED_LABELS_MIN) return `needs at least ${FIXED_LABELS_MIN} labels after its placeholder`;
  const isWhole = parts.every((part) => PLACEHOLDER.test(part) || LABEL.test(part));
  return isWhole ? null : 'has a label that is neither a placeholder nor a lower-case name';
}
