import { html, render } from './components/html.js';
import { Shell } from './shell.js';

render(html`<${Shell} />`, document.getElementById('app'));
