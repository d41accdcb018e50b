import { cx } from './cx.js';
import css from './tile.module.css';

/** Two letters that stand for a provider. Decoration: the name is always beside it. */
export function Tile({ name, isSmall = false }: { readonly name: string; readonly isSmall?: boolean }) {
  return (
    <span className={cx(css.tile, isSmall && css.small)} aria-hidden="true">
      {[...name]
        .filter((character) => /[\p{L}\p{N}]/u.test(character))
        .slice(0, 2)
        .join('')}
    </span>
  );
}
