import type { ButtonHTMLAttributes, ReactNode } from 'react';
import css from './button.module.css';
import { cx } from './cx.js';
import { Icon, type IconName } from './icon.js';

export type ButtonLook = 'plain' | 'small' | 'revoke' | 'smallRevoke' | 'deny' | 'approve' | 'destructive' | 'link';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'type'> {
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  /** Does nothing now, but can be focused and says why by `aria-describedby`. */
  readonly isInert?: boolean;
  /** Sends the form around it. Every other button sends nothing. */
  readonly isSubmit?: boolean;
  readonly children: ReactNode;
}

/** A button that is never disabled: an inert one stays in reach of the keyboard. */
export function Button(props: ButtonProps) {
  const { look = 'plain', icon, isInert = false, isSubmit = false, children, onClick, className, ...rest } = props;
  return (
    <button
      {...rest}
      type={isSubmit ? 'submit' : 'button'}
      className={cx(classOf(look), className)}
      aria-disabled={isInert || undefined}
      onClick={isInert ? undefined : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a button: it only goes somewhere. */
export function ButtonLink({
  href,
  look = 'plain',
  isDownload = false,
  children,
}: {
  readonly href: string;
  readonly look?: ButtonLook;
  readonly isDownload?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <a className={classOf(look)} href={href} download={isDownload || undefined}>
      {children}
    </a>
  );
}

function classOf(look: ButtonLook): string {
  switch (look) {
    case 'plain':
      return cx(css.button);
    case 'small':
      return cx(css.button, css.small);
    case 'revoke':
      return cx(css.button, css.revoke);
    case 'smallRevoke':
      return cx(css.button, css.small, css.revoke);
    case 'deny':
      return cx(css.button, css.deny);
    case 'approve':
      return cx(css.button, css.approve);
    case 'destructive':
      return cx(css.button, css.approve, css.destructive);
    case 'link':
      return cx(css.link);
  }
}
