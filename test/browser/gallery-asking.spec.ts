import { gallery } from '../support/gallery.js';
import { ASKING } from './scenes/asking.scenes.js';

gallery('what is asked', ASKING);
