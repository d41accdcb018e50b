import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOOLS } from '../../test/support/tool-names.js';
import { MARK, toolIcon } from './icons.js';

const drawn = (src: string) => decodeURIComponent(src.slice(src.indexOf(',') + 1));

it('our mark is the page’s, small enough to go with every answer of 2026-07-28', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'web', 'src', 'style', 'mark.svg'), 'utf8');
  for (const part of [/ d=.([^'"]+)/, /stroke=.([^'"]+)/])
    expect(part.exec(drawn(MARK.src))?.[1]).toBe(part.exec(page)?.[1]);
  expect(MARK.src.length).toBeLessThan(300);
});

describe('the icons of the tools', () => {
  const sources = TOOLS.map((name) => toolIcon(name).src);

  it('are eight different ones, each of 200 characters at most', () => {
    expect(new Set([MARK.src, ...sources]).size).toBe(TOOLS.length + 1);
    for (const src of sources) expect(src.length).toBeLessThanOrEqual(200);
  });

  /** MCP, Icons: “Ensure that the icon URI is either a HTTPS or `data:` URI.” RFC 3986 §2: what may stand in a URI as it is. */
  it('are addresses of the form that clients take, and hold lines alone', () => {
    for (const src of [MARK.src, ...sources]) {
      expect(src).toMatch(/^data:image\/svg\+xml,[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/);
      expect(drawn(src)).toMatch(
        /^<svg xmlns='[^']+' viewBox='[\d,]+' fill='none' [^<>]*><path d='[\d.,a-zA-Z\s-]+'\/><\/svg>$/,
      );
    }
  });

  it('WCAG 2.2 §1.4.11: are seen on white and on the dark of an editor', () => {
    const stroke = /stroke='#(\w)(\w)(\w)'/.exec(drawn(toolIcon('whoami').src))?.slice(1) ?? [];
    const color = stroke.map((digit) => Number.parseInt(digit + digit, 16));
    for (const ground of [
      [255, 255, 255],
      [30, 30, 30],
    ])
      expect(contrast(color, ground)).toBeGreaterThanOrEqual(3);
  });

  it('are for our tools: any other shows the mark', () => {
    for (const name of ['acme_open_orders', '__proto__', 'constructor']) expect(toolIcon(name)).toBe(MARK);
  });
});

function contrast(one: readonly number[], other: readonly number[]): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
