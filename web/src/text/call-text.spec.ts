import { withArticle } from './call-text.js';

it.each([
  ['zero width space', 'a zero width space'],
  ['unusual space', 'an unusual space'],
  ['U+0440', 'a U+0440'],
])('%s has its article', (name, spoken) => {
  expect(withArticle(name)).toBe(spoken);
});
