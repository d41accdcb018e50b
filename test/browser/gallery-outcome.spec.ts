import { gallery } from '../support/gallery.js';
import { OUTCOMES } from './scenes/outcome.scenes.js';

gallery('outcomes', OUTCOMES);
