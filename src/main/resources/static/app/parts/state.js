import { html } from './html.js';

/** The state of a listener: a word and a mark, so that colour is not all there is. */
export const State = ({ state }) => html`<span class=${`state ${state}`}>${state}</span>`;
