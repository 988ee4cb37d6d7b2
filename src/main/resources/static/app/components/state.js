import { html } from './html.js';

/** A state or verdict as a badge: text and a shape, so that it does not depend on colour alone. */
export const State = ({ state }) => html`<span class=${`state ${state}`}>${state}</span>`;
