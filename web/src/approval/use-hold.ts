import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export const HOLD_MS = 1500;

export interface Hold {
  readonly isHolding: boolean;
  /** The person let go too early, and has not tried again since. */
  readonly wasCut: boolean;
  readonly handlers: {
    onPointerDown(): void;
    onPointerUp(): void;
    onPointerLeave(): void;
    onPointerCancel(): void;
    onBlur(): void;
    onContextMenu(event: { preventDefault(): void }): void;
    onKeyDown(event: KeyboardEvent): void;
    onKeyUp(event: KeyboardEvent): void;
  };
}

/** Press and hold by pointer, or by Space or Enter. Letting go cancels. */
export function useHold(isEnabled: boolean, onHeld: () => void): Hold {
  const [isHolding, setHolding] = useState(false);
  const [wasCut, setCut] = useState(false);
  const held = useRef(onHeld);
  held.current = onHeld;

  useEffect(() => {
    if (!isHolding) return;
    const timer = setTimeout(() => {
      setHolding(false);
      held.current();
    }, HOLD_MS);
    return () => clearTimeout(timer);
  }, [isHolding]);

  useEffect(() => {
    if (!isEnabled) setHolding(false);
  }, [isEnabled]);

  const begin = () => {
    if (!isEnabled) return;
    setCut(false);
    setHolding(true);
  };
  const cut = () => {
    if (isHolding) setCut(true);
    setHolding(false);
  };
  return {
    isHolding,
    wasCut,
    handlers: {
      onPointerDown: begin,
      onPointerUp: cut,
      onPointerLeave: cut,
      onPointerCancel: cut,
      onBlur: cut,
      onContextMenu: (event) => event.preventDefault(),
      onKeyDown: (event) => {
        if (!isHoldKey(event)) return;
        event.preventDefault();
        if (!event.repeat) begin();
      },
      onKeyUp: (event) => {
        if (isHoldKey(event)) cut();
      },
    },
  };
}

function isHoldKey({ key }: KeyboardEvent): boolean {
  return key === ' ' || key === 'Enter';
}
