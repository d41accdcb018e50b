import { askText } from '../text/approval-text.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import buttonCss from '../ui/button.module.css';
import { cx } from '../ui/cx.js';
import layout from '../ui/layout.module.css';
import { useHold } from './use-hold.js';

interface ApproveProps {
  readonly isInert: boolean;
  readonly isSending: boolean;
  /** Where it says why the button is inert. */
  readonly reasonId: string | undefined;
  onApprove(): void;
}

export function ApproveButton({ isInert, isSending, reasonId, onApprove }: ApproveProps) {
  return (
    <Button look="approve" icon="check" isInert={isInert} aria-describedby={reasonId} onClick={onApprove}>
      {isSending ? words.sending : askText.approve}
    </Button>
  );
}

/** For what deletes or archives: a press is not enough. */
export function HoldButton({ isInert, isSending, reasonId, onApprove }: ApproveProps) {
  const { isHolding, wasCut, handlers } = useHold(!isInert, onApprove);
  return (
    <>
      <Button
        {...handlers}
        look="destructive"
        icon="check"
        className={cx(buttonCss.hold, isHolding && buttonCss.holding)}
        isInert={isInert}
        aria-describedby={reasonId}
      >
        {isSending ? words.sending : askText.hold}
      </Button>
      <output className={layout.unseen}>{wasCut && !isHolding ? askText.notHeld : ''}</output>
    </>
  );
}
