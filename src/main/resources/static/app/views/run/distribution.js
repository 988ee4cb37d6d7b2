import { html, useMemo } from '../../components/html.js';
import { micros } from '../../format.js';
import { Chart } from '../../components/chart.js';
import { axisLength, latencyAt, percentText } from './percentiles.js';

const STEPS = 300;
const HALF = Math.log10(2);
const HEIGHT = 260;
const COLORS = ['--chart-1', '--chart-2'];

/**
 * The latency by percentile, with logarithmic axes.
 *
 * @param runs [{label, histogram}], one or two
 */
export function Distribution({ runs }) {
    const data = useMemo(() => {
        const end = Math.max(...runs.map(({ histogram }) => axisLength(histogram)));
        const positions = Array.from({ length: STEPS + 1 }, (_, i) => (end * i) / STEPS);
        return [positions, ...runs.map(({ histogram }) => latencyAt(histogram, positions))];
    }, [runs.map(({ histogram }) => histogram.length).join(), runs[0].histogram]);
    return html`<${Chart} data=${data} height=${HEIGHT} label="Latency by percentile"
        x=${{ label: 'Percentile', format: percentText, splits: percentileTicks }} y=${{ splits: latencyTicks }} options=${OPTIONS}
        series=${runs.map(({ label }, i) => ({ label, format: micros, color: COLORS[i] }))} />`;
}

const OPTIONS = { scales: { x: { time: false }, y: { distr: 3, range: stepRange } } };

/** Extends the range to the next steps. */
function stepRange(_, low, high) {
    return [nextStep(low ?? 1, false), nextStep(high ?? 1, true)];
}

/** The closest of 1, 2, 5, 10, 20, 50 and so on: above the value if up, else at most the value. */
function nextStep(value, up) {
    const decade = 10 ** Math.floor(Math.log10(value));
    const all = [1, 2, 5, 10, 20].map(step => step * decade);
    return up ? all.find(step => step > value) : all.findLast(step => step <= value);
}

/** Axis ticks: 1, 2, 5, 10 and so on, or 1, 10, 100 over many decades. */
function latencyTicks(_, __, min, max) {
    const ticks = [];
    const factors = max / min > 2000 ? [1] : [1, 2, 5];
    for (let decade = 10 ** Math.floor(Math.log10(min)); decade <= max; decade *= 10) {
        ticks.push(...factors.map(factor => factor * decade));
    }
    return ticks.filter(value => value >= min && value <= max);
}

/** Axis ticks: 50 %, 90 %, 99 %, 99.9 % and so on, as far as the labels fit. */
function percentileTicks(plot, _, min, max) {
    const nines = Array.from({ length: Math.floor(max + 1e-9) }, (_, i) => i + 1);
    const space = plot.bbox.width / devicePixelRatio / Math.max(1, max);
    // The labels get longer with each nine.
    const all = space > 9 * max + 12;
    return [...(all ? [HALF] : []), ...nines.filter(nine => all || nine % 2 === 0)];
}
