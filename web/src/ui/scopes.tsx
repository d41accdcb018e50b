import { Foreign } from './drawn.js';
import layout from './layout.module.css';
import css from './scopes.module.css';

export function Scopes({ label, scopes }: { readonly label: string; readonly scopes: readonly string[] }) {
  if (scopes.length === 0) return null;
  return (
    <p className={css.scopes}>
      <span className={layout.quiet}>{label}</span>
      {scopes.map((scope) => (
        <code key={scope}>
          <Foreign text={scope} />
        </code>
      ))}
    </p>
  );
}
