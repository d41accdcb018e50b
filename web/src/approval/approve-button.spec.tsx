import { act, fireEvent, render, screen } from '@testing-library/react';
import { HoldButton } from './approve-button.js';
import { HOLD_MS } from './use-hold.js';

describe('hold to approve', () => {
  const onApprove = jest.fn();
  beforeEach(() => {
    jest.useFakeTimers();
    onApprove.mockClear();
  });
  afterEach(() => jest.useRealTimers());

  const show = (isInert = false) => {
    render(<HoldButton isInert={isInert} isSending={false} reasonId={undefined} onApprove={onApprove} />);
    return screen.getByRole('button', { name: 'Hold to approve' });
  };
  const wait = (ms: number) => act(() => jest.advanceTimersByTime(ms));

  it('approves after the whole time by pointer, once', () => {
    fireEvent.pointerDown(show());
    wait(HOLD_MS - 1);
    expect(onApprove).not.toHaveBeenCalled();
    wait(1);
    wait(HOLD_MS * 2);
    expect(onApprove).toHaveBeenCalledTimes(1);
  });

  it.each([' ', 'Enter'])('approves by the key %j held, whose repeats do not begin again', (key) => {
    const button = show();
    fireEvent.keyDown(button, { key });
    wait(HOLD_MS / 2);
    fireEvent.keyDown(button, { key, repeat: true });
    wait(HOLD_MS / 2);
    expect(onApprove).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['letting go', (button: HTMLElement) => fireEvent.pointerUp(button)],
    ['leaving the button', (button: HTMLElement) => fireEvent.pointerLeave(button)],
    ['a gesture of the system', (button: HTMLElement) => fireEvent.pointerCancel(button)],
    ['losing the focus', (button: HTMLElement) => fireEvent.blur(button)],
  ])('%s cancels and says so', (_, cancel) => {
    const button = show();
    fireEvent.pointerDown(button);
    wait(HOLD_MS - 10);
    cancel(button);
    wait(HOLD_MS);
    expect(onApprove).not.toHaveBeenCalled();
    expect(screen.getByRole('status').textContent).toMatch(/^Not approved/);
  });

  it('a press, a click and an inert button approve nothing', () => {
    const button = show();
    fireEvent.click(button);
    fireEvent.pointerDown(button);
    fireEvent.pointerUp(button);
    wait(HOLD_MS);
    expect(onApprove).not.toHaveBeenCalled();
  });

  it('does nothing while it is inert', () => {
    const button = show(true);
    fireEvent.pointerDown(button);
    fireEvent.keyDown(button, { key: 'Enter' });
    wait(HOLD_MS);
    expect(onApprove).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-disabled')).toBe('true');
  });
});
