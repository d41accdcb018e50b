import type { Approval } from '../../../server/approvals/approvals.contract.js';
import { changedBroadWords, changedWords, outcomeText } from '../text/outcome-text.js';
import { Button } from '../ui/button.js';
import { OutcomeHead } from '../ui/outcome-head.js';
import { Facts, Row, Sheet } from '../ui/sheet.js';

/** Between two readings: what would run is not what was on screen. */
export function Changed({
  before,
  after,
  onShow,
}: {
  readonly before: Approval;
  readonly after: Approval;
  onShow(): void;
}) {
  const saw = before.call?.words.join(' ') ?? '';
  const now = after.call?.words.join(' ') ?? '';
  return (
    <Sheet>
      <OutcomeHead words={after.call ? changedWords : changedBroadWords} takesFocus />
      {saw !== now && (
        <Row label={outcomeText.code}>
          <Facts
            of={[
              [outcomeText.youSaw, saw],
              [outcomeText.now, now],
            ]}
          />
        </Row>
      )}
      <Row label={outcomeText.next}>
        <Button onClick={onShow}>{outcomeText.showAgain}</Button>
      </Row>
    </Sheet>
  );
}
