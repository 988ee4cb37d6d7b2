import { html, useMemo } from '../../parts/html.js';
import { micros } from '../../format.js';
import { Chart } from '../../parts/chart.js';
import { latencyAt, percentText, reach } from './percentiles.js';

const STEPS = 300;
const HALF = Math.log10(2);
const HEIGHT = 260;
const COLORS = ['--chart-1', '--chart-2'];

/**
 * How long answers took by percentile, both on logarithmic axes.
 *
 * @param runs [{label, histogram}], one or two
 */
export function Distribution({ runs }) {
    const data = useMemo(() => {
        const end = Math.max(...runs.map(({ histogram }) => reach(histogram)));
        const places = Array.from({ length: STEPS + 1 }, (_, i) => (end * i) / STEPS);
        return [places, ...runs.map(({ histogram }) => latencyAt(histogram, places))];
    }, [runs.map(({ histogram }) => histogram.length).join(), runs[0].histogram]);
    return html`<${Chart} data=${data} height=${HEIGHT} label="Latency by percentile"
        x=${{ label: 'Percentile', format: percentText, splits: marks }} y=${{ splits: steps }} options=${OPTIONS}
        series=${runs.map(({ label }, i) => ({ label, format: micros, color: COLORS[i] }))} />`;
}

const OPTIONS = { scales: { x: { time: false }, y: { distr: 3, range: aroundAll } } };

/** From a step below to a step above. */
function aroundAll(_, low, high) {
    return [below(low ?? 1), below(high ?? 1, true)];
}

/** The next of 1, 2, 5, 10, 20, 50 and so on, down or up. */
function below(value, up = false) {
    const decade = 10 ** Math.floor(Math.log10(value));
    const all = [1, 2, 5, 10, 20].map(step => step * decade);
    return up ? all.find(step => step > value) : all.findLast(step => step <= value);
}

/** 1, 2, 5, 10 and so on; of many decades 1, 10, 100. */
function steps(_, __, least, most) {
    const found = [];
    const factors = most / least > 2000 ? [1] : [1, 2, 5];
    for (let decade = 10 ** Math.floor(Math.log10(least)); decade <= most; decade *= 10) {
        found.push(...factors.map(factor => factor * decade));
    }
    return found.filter(value => value >= least && value <= most);
}

/** 50 %, 90 %, 99 %, 99.9 % and so on, as many as there is room for. */
function marks(plot, _, least, most) {
    const nines = Array.from({ length: Math.floor(most + 1e-9) }, (_, i) => i + 1);
    const room = plot.bbox.width / devicePixelRatio / Math.max(1, most);
    // The more nines, the longer their labels.
    const all = room > 9 * most + 12;
    return [...(all ? [HALF] : []), ...nines.filter(nine => all || nine % 2 === 0)];
}
