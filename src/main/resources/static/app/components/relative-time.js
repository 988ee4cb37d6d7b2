import { html } from './html.js';
import { serverTime } from '../clock.js';
import { exact, relative } from '../format.js';
import { store, useStore } from '../store.js';

const now = store(Date.now());
setInterval(() => now.set(Date.now()), 1000);

/** A relative time, such as "5 s ago", with the exact time as tooltip. */
export function RelativeTime({ at }) {
    useStore(now);
    return html`<time datetime=${at} title=${exact(at)}>${relative(at, serverTime())}</time>`;
}
