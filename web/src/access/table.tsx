import type { ReactNode } from 'react';
import css from './table.module.css';

interface PartProps {
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** In a narrow window the lines are blocks, which takes their roles away in some browsers: so the roles are said. */
const role = <Role extends string>(name: Role) => ({ role: name });

export function Table({ caption, children }: { readonly caption: string; readonly children: ReactNode }) {
  return (
    <table {...role('table')} className={css.table}>
      <caption>{caption}</caption>
      {children}
    </table>
  );
}

export function Head({ children }: PartProps) {
  return (
    <thead {...role('rowgroup')}>
      <tr {...role('row')}>{children}</tr>
    </thead>
  );
}

export function HeadCell({ className, children }: PartProps) {
  return (
    <th {...role('columnheader')} scope="col" className={className}>
      {children}
    </th>
  );
}

export function Lines({ children }: PartProps) {
  return <tbody {...role('rowgroup')}>{children}</tbody>;
}

export function Line({ children }: PartProps) {
  return <tr {...role('row')}>{children}</tr>;
}

/** `label` stands before the content where the columns have no heads. */
export function Cell({ className, label, children }: PartProps & { readonly label?: string }) {
  return (
    <td {...role('cell')} className={className} data-label={label}>
      {children}
    </td>
  );
}
