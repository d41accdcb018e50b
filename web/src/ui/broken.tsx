import { Component, type ReactNode } from 'react';
import { brokenText } from '../text/shell-text.js';
import { Button } from './button.js';
import { Lede, Sheet, SheetHead } from './sheet.js';

/** Stands in for a page of which a part did not arrive, or that failed while it was drawn. */
export class Broken extends Component<{ readonly children: ReactNode }, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    if (!this.state.isBroken) return this.props.children;
    return (
      <Sheet>
        <SheetHead>
          <h1>{brokenText.title}</h1>
          <Lede>{brokenText.lede}</Lede>
          <Button onClick={() => window.location.reload()}>{brokenText.reload}</Button>
        </SheetHead>
      </Sheet>
    );
  }
}
