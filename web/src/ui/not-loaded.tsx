import type { Failure } from '../api/http.js';
import { troubleOf } from '../text/errors.js';
import { words } from '../text/words.js';
import { Button } from './button.js';
import { Lede, Sheet, SheetHead } from './sheet.js';

export function NotLoaded({ failure, onRetry }: { readonly failure: Failure; onRetry(): void }) {
  const { title, body } = troubleOf(failure);
  return (
    <Sheet>
      <SheetHead>
        <h1>{title}</h1>
        <Lede>{body}</Lede>
        <Button onClick={onRetry}>{words.tryAgain}</Button>
      </SheetHead>
    </Sheet>
  );
}
