import { useState } from 'react';
import { callText } from '../text/call-text.js';
import { Code, RawCode } from '../ui/code.js';
import { cx } from '../ui/cx.js';
import layout from '../ui/layout.module.css';
import css from './call.module.css';
import type { ExactCall } from './call-parts.js';
import { ScrollRegion } from './scroll-region.js';

interface BodyProps {
  readonly body: ExactCall['body'];
  readonly endRef: (element: Element | null) => (() => void) | undefined;
  onProgress(share: number): void;
}

type Form = 'formatted' | 'raw';

/** Up to here both forms are in the page, so that both are printed. A longer body brings the chosen one alone. */
const BOTH_FORMS = 64_000;

/** The body: pretty forms from the server and, one press away, the bytes themselves. */
export function BodyPart({ body, endRef, onProgress }: BodyProps) {
  const [form, setForm] = useState<Form>('formatted');
  if (body === null || body.raw === '') {
    return (
      <div className={css.part}>
        <h3>{callText.body}</h3>
        <div className={cx(layout.quiet, layout.small)}>{body === null ? callText.noBody : callText.emptyBody}</div>
      </div>
    );
  }
  const isPretty = body.formatted.length > 0;
  const shown = isPretty ? form : 'raw';
  const hasBoth = body.raw.length <= BOTH_FORMS;
  return (
    <>
      <div className={css.bar}>
        <h3>{callText.body}</h3>
        {isPretty && <FormSwitch form={form} onChoose={setForm} />}
      </div>
      <ScrollRegion name={callText.bodyRegion} endRef={endRef} onProgress={onProgress}>
        {(hasBoth || shown === 'formatted') && (
          <div className={shown === 'formatted' ? undefined : css.off}>
            {body.formatted.map(({ label, language, text }) => [
              body.formatted.length > 1 && <h4 key={`${label} name`}>{label}</h4>,
              <Code key={label} text={text} language={language} />,
            ])}
          </div>
        )}
        {(hasBoth || shown === 'raw') && <RawCode text={body.raw} className={shown === 'raw' ? undefined : css.off} />}
      </ScrollRegion>
    </>
  );
}

function FormSwitch({ form, onChoose }: { readonly form: Form; onChoose(form: Form): void }) {
  const option = (value: Form, label: string) => (
    <label>
      <input type="radio" name="body-form" checked={form === value} onChange={() => onChoose(value)} />
      {label}
    </label>
  );
  return (
    <div className={css.switch} role="radiogroup" aria-label={callText.showBodyAs}>
      {option('formatted', callText.formatted)}
      {option('raw', callText.exactBytes)}
    </div>
  );
}
