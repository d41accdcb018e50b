import { gallery } from '../support/gallery.js';
import { SHELLS } from './scenes/shell.scenes.js';

gallery('shells, home and connecting', SHELLS);
