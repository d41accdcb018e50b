import { memo, type ReactNode } from 'react';
import { type Chip, type Lines, segments } from '../text/characters.js';
import type { Phrase } from '../text/phrase.js';
import { inOrder } from './children.js';
import css from './drawn.module.css';
import layout from './layout.module.css';

/** Text with its invisible and misleading characters drawn as chips (I30). For code; elsewhere use `Foreign`. */
export const Drawn = memo(function Drawn({ text, lines = 'keep' }: { readonly text: string; readonly lines?: Lines }) {
  return inOrder(segments(text, lines).map(segmentNode));
});

function segmentNode(segment: string | Chip): ReactNode {
  return typeof segment === 'string' ? segment : <ChipMark chip={segment} />;
}

export function ChipMark({ chip }: { readonly chip: Chip }) {
  return (
    <span className={css.chip} title={chip.name}>
      {chip.label}
      <span className={layout.unseen}> {chip.name}</span>
    </span>
  );
}

/** Text that somebody else wrote: isolated from the direction of ours, never markup. */
export function Foreign({ text, lines = 'mark' }: { readonly text: string; readonly lines?: Lines }) {
  return (
    <bdi>
      <Drawn text={text} lines={lines} />
    </bdi>
  );
}

/** A sentence of ours with the words of others in it. */
export function Say({ phrase }: { readonly phrase: Phrase }) {
  const parts = phrase.map((part): ReactNode => {
    if (typeof part === 'string') return part;
    if ('foreign' in part) return <Foreign text={part.foreign} />;
    return (
      <strong>
        <Say phrase={part.strong} />
      </strong>
    );
  });
  return inOrder(parts);
}
