import { gallery } from '../support/gallery.js';
import { ACCESS } from './scenes/access.scenes.js';

gallery('My access', ACCESS);
