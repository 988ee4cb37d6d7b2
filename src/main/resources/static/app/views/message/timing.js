import { html } from '../../components/html.js';
import { count, micros } from '../../format.js';

const STEPS = [
    ['resolvedMicros', 'Resolved'],
    ['connectedMicros', 'Connected'],
    ['handshakeMicros', 'TLS handshake'],
    ['sentMicros', 'Sent'],
    ['firstByteMicros', 'First byte received'],
    ['lastByteMicros', 'Last byte received'],
    ['closedMicros', 'Closed'],
];

/** The duration of each step as a bar, starting at the end of the previous step. */
export function Timing({ timing, protocol }) {
    const steps = stepsOf(timing, protocol);
    const total = Math.max(1, ...steps.map(({ at }) => at));
    if (steps.length === 0) {
        return html`<p class="muted">No timing: no message was sent.</p>`;
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
