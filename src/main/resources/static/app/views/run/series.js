import { html, useMemo } from '../../components/html.js';
import { micros, perSecond } from '../../format.js';
import { Chart } from '../../components/chart.js';

/**
 * Throughput and p99 latency over time.
 *
 * @param series of the result
 * @param seconds the configured duration, which fixes the axis while the run is in progress; null if unknown
 */
export function Series({ series, seconds }) {
    const data = useMemo(() => columns(series), [series]);
    const scales = { x: { time: false, range: (_, low, high) => [0, Math.max(seconds ?? 0, high ?? 0, 1)] }, y: { range: fromZero } };
    const x = { label: 'Time', format: value => `${Number(value.toFixed(2))} s` };
    return html`<div class="charts">
        <section class="card" aria-label="Responses/s"><div class="card-head"><h2>Responses/s</h2></div>
            <${Chart} data=${[data.at, data.rates]} x=${x} options=${{ scales }} label="Responses per second over time"
                series=${[{ label: 'Responses', format: perSecond, color: '--chart-1', fill: true }]} /></section>
        <section class="card" aria-label="p99 latency"><div class="card-head"><h2>p99 latency</h2></div>
            <${Chart} data=${[data.at, data.p99]} x=${x} options=${{ scales }} label="p99 latency over time"
                series=${[{ label: 'p99', format: micros, color: '--chart-2' }]} /></section>
    </div>`;
}

const fromZero = (_, low, high) => [0, high > 0 ? high * 1.1 : 1];

/** Plots each interval at its end, and the first one also at its start, so that it is a line. */
function columns(series) {
    const at = [];
    const rates = [];
    const p99 = [];
    let previous = 0;
    for (const { atMs, messages, p99Micros } of series) {
        const rate = (1000 * messages) / Math.max(1, atMs - previous);
        if (previous === 0) {
            at.push(0);
            rates.push(rate);
            p99.push(p99Micros);
        }
        at.push(atMs / 1000);
        rates.push(rate);
        p99.push(p99Micros);
        previous = atMs;
    }
    return { at, rates, p99 };
}
