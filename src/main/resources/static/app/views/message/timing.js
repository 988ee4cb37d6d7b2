import { html } from '../../parts/html.js';
import { count, micros } from '../../format.js';

const STEPS = [
    ['resolvedMicros', 'Address found'],
    ['connectedMicros', 'Connected'],
    ['sentMicros', 'Sent'],
    ['firstByteMicros', 'First byte back'],
    ['lastByteMicros', 'Last byte back'],
    ['closedMicros', 'Closed'],
];

/** How long each step took, as a bar from when the one before was done to when it was. */
export function Timing({ timing, protocol }) {
    const steps = stepsOf(timing, protocol);
    const total = Math.max(1, ...steps.map(({ at }) => at));
    if (steps.length === 0) {
        return html`<p class="muted">Nothing was sent, so no time was taken.</p>`;
    }
    return html`<ol class="timing">${steps.map(({ name, label, from, at }) => html`
        <li key=${name}><span>${label}</span>
            <span class="timing-track" aria-hidden="true"><span class="timing-bar"
                style=${{ left: `${(100 * from) / total}%`, width: `${(100 * (at - from)) / total}%` }}></span></span>
            <span class="num" title=${`${count(at)} µs after the start of the call`}>+${micros(at - from)}</span>
            <span class="num muted">${count(at)} µs</span></li>`)}</ol>`;
}

function stepsOf(timing, protocol) {
    let from = 0;
    return STEPS.filter(([name]) => timing[name] != null && !(protocol === 'udp' && name === 'connectedMicros')).map(([name, label]) => {
        const at = Math.max(timing[name], from);
        const step = { name, label, from, at };
        from = at;
        return step;
    });
}
