import { html, useMemo } from '../../parts/html.js';
import { micros, perSecond } from '../../format.js';
import { Chart } from '../../parts/chart.js';

/**
 * Throughput and p99 over the time of a run.
 *
 * @param series of the result
 * @param seconds how long the run is to be, so that nothing moves while it goes on; null if nobody knows
 */
export function Series({ series, seconds }) {
    const data = useMemo(() => columns(series), [series]);
    const scales = { x: { time: false, range: (_, low, high) => [0, Math.max(seconds ?? 0, high ?? 0, 1)] }, y: { range: fromZero } };
    const x = { label: 'Second', format: value => `${Number(value.toFixed(2))} s` };
    return html`<div class="charts">
        <section class="card" aria-label="Answers a second"><div class="card-head"><h2>Answers a second</h2></div>
            <${Chart} data=${[data.at, data.rates]} x=${x} options=${{ scales }} label="Answers a second over time"
                series=${[{ label: 'Answers', format: perSecond, color: '--chart-1', fill: true }]} /></section>
        <section class="card" aria-label="p99 of each second"><div class="card-head"><h2>p99 of each second</h2></div>
            <${Chart} data=${[data.at, data.p99]} x=${x} options=${{ scales }} label="p99 latency over time"
                series=${[{ label: 'p99', format: micros, color: '--chart-2' }]} /></section>
    </div>`;
}

const fromZero = (_, low, high) => [0, high > 0 ? high * 1.1 : 1];

/** Each second stands at its end; the first one also at its beginning, so that there is a line at once. */
function columns(series) {
    const at = [];
    const rates = [];
    const p99 = [];
    let before = 0;
    for (const { atMs, messages, p99Micros } of series) {
        const rate = (1000 * messages) / Math.max(1, atMs - before);
        if (before === 0) {
            at.push(0);
            rates.push(rate);
            p99.push(p99Micros);
        }
        at.push(atMs / 1000);
        rates.push(rate);
        p99.push(p99Micros);
        before = atMs;
    }
    return { at, rates, p99 };
}
