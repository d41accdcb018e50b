import { useState } from 'react';
import { cx } from './cx.js';
import { iconAddress } from './provider-icons.js';
import css from './tile.module.css';

interface TileProps {
  readonly name: string;
  /** What the server calls the provider's bundled icon. */
  readonly icon: string | null;
  readonly isSmall?: boolean;
}

/** A provider's icon, or two letters where there is none. Decoration: the name is always beside it. */
export function Tile({ name, icon, isSmall = false }: TileProps) {
  const [isMissing, setMissing] = useState(false);
  const address = isMissing ? null : iconAddress(icon);
  return (
    <span className={cx(css.tile, isSmall && css.small, address !== null && css.withIcon)} aria-hidden="true">
      {address === null ? (
        lettersOf(name)
      ) : (
        <img src={address} alt="" loading="lazy" decoding="async" onError={() => setMissing(true)} />
      )}
    </span>
  );
}

function lettersOf(name: string): string {
  return [...name]
    .filter((character) => /[\p{L}\p{N}]/u.test(character))
    .slice(0, 2)
    .join('');
}
