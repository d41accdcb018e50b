import type { Failure } from '../api/http.js';
import { troubleOf } from '../text/errors.js';
import { words } from '../text/words.js';
import { Button } from '../ui/button.js';
import { Card, CardHead } from '../ui/card.js';
import layout from '../ui/layout.module.css';
import { State } from '../ui/state.js';

/** In the place of a list that could not be read. */
export function ListNotLoaded({ failure, onRetry }: { readonly failure: Failure; onRetry(): void }) {
  const { title, body } = troubleOf(failure);
  return (
    <Card>
      <CardHead>
        <div className={layout.stackSmall}>
          <h2>
            <State tone="danger" icon="danger">
              {title}
            </State>
          </h2>
          <p>{body}</p>
        </div>
        <Button onClick={onRetry}>{words.tryAgain}</Button>
      </CardHead>
    </Card>
  );
}
