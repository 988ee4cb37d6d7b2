import { html, render } from './parts/html.js';
import { Shell } from './shell.js';

render(html`<${Shell} />`, document.getElementById('app'));
