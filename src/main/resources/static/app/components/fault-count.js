import { html } from './html.js';

/** A badge with the number of faults in force; nothing if there are none. */
export const FaultCount = ({ faults }) => faults > 0 && html`<span class="fault-count"
    title="This listener misbehaves on purpose">${faults} ${faults === 1 ? 'fault' : 'faults'}</span>`;
