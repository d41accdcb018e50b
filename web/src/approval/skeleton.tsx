import { askText } from '../text/approval-text.js';
import { shellText } from '../text/shell-text.js';
import { cx } from '../ui/cx.js';
import layout from '../ui/layout.module.css';
import { Row, Sheet, SheetHead } from '../ui/sheet.js';
import { Late } from '../ui/shells.js';
import css from './skeleton.module.css';

/** The shape of the sheet with the labels that are certain, without movement. */
export function Skeleton() {
  return (
    <Late>
      <Sheet isBusy>
        <h1 className={layout.unseen}>{shellText.loading}</h1>
        <SheetHead>
          <span className={cx(css.bar, css.short)} />
          <span className={cx(css.bar, css.title, css.long)} />
          <span className={css.bar} />
        </SheetHead>
        {[askText.askedBy, askText.actsAs, askText.reason, askText.answer].map((label) => (
          <Row key={label} label={label}>
            <span className={css.bar} />
            <span className={cx(css.bar, css.long)} />
          </Row>
        ))}
      </Sheet>
    </Late>
  );
}
