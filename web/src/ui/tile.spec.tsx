import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fireEvent, render } from '@testing-library/react';
import { svgOf } from '../../provider-icons.js';
import { ICON_FOLDER, ICON_NAMES } from './provider-icons.js';
import { Tile } from './tile.js';

const show = (name: string, icon: string | null) => render(<Tile name={name} icon={icon} />).container;

describe('a provider’s tile', () => {
  it('shows the bundled icon, from this server', () => {
    const image = show('Slack', 'slack').querySelector('img');
    expect(image?.getAttribute('src')).toBe(`/assets/${ICON_FOLDER}/slack.svg`);
    expect(image?.alt).toBe('');
  });

  it.each([
    ['Acme', null],
    ['Acme', 'acme'],
    ['Acme', 'constructor'],
    ['Acme', '../../evil'],
  ])('%s with the icon %j: two letters', (name, icon) => {
    const tile = show(name, icon);
    expect(tile.querySelector('img')).toBeNull();
    expect(tile.textContent).toBe('Ac');
  });

  it('falls back to the letters when the file does not come', () => {
    const tile = show('Slack', 'slack');
    fireEvent.error(tile.querySelector('img')!);
    expect(tile.textContent).toBe('Sl');
  });
});

describe('the bundled icons', () => {
  it.each(ICON_NAMES)('%s is an image without script, style or address', (name) => {
    const svg = svgOf(name);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 [\d.]+ [\d.]+"/);
    expect(svg).not.toMatch(/<script|<style|\son\w+=|href="(?!#)|<foreignObject|<image/i);
  });

  it('lie in a folder named after the versions that they come from', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
    const versions = ['logos', 'simple-icons'].map((set) => devDependencies[`@iconify-json/${set}`]);
    expect(ICON_FOLDER).toBe(`provider-icons-${versions.join('-')}`);
  });
});
