import { html, useEffect, useRef, useState } from '../../components/html.js';
import { bytesPerSecond, count, perSecond } from '../../format.js';
import { rates } from '../../live.js';
import { Chart } from '../../components/chart.js';

const MAX_POINTS = 300;

const METRICS = {
    messages: { format: perSecond, label: 'Received' },
    bytes: { format: bytesPerSecond, label: 'Received and sent' },
};

/** Charts of the throughput and the connections since this view was opened. */
export function Traffic({ view }) {
    const points = usePoints(view);
    const [metric, setMetric] = useState('messages');
    const times = points.map(point => point.at);
    const tcp = view.protocol === 'tcp';
    return html`<section class="card" aria-labelledby="traffic">
        <div class="card-head"><h2 id="traffic">Throughput</h2><div class="end">
            <fieldset class="segments"><legend class="hidden-text">Unit</legend>
            ${Object.keys(METRICS).map(each => html`<label><input type="radio" name="unit" checked=${metric === each}
                onChange=${() => setMetric(each)} />${each === 'messages' ? 'Messages' : 'Bytes'}</label>`)}</fieldset></div></div>
        <${Chart} key=${metric} data=${[times, points.map(point => point[metric])]} label=${metric === 'messages' ? 'Messages per second' : 'Bytes per second'}
            series=${[{ ...METRICS[metric], color: '--chart-1', fill: true }]} />
        <div class="card-head second-head"><h2>${tcp ? 'Connections' : 'Dropped'}</h2></div>
        <${Chart} data=${[times, points.map(point => (tcp ? point.connections : point.dropped))]} height=${120}
            label=${tcp ? 'Open connections' : 'Dropped datagrams per second'}
            series=${[{ label: tcp ? 'Open' : 'Dropped', format: tcp ? count : perSecond, color: '--chart-2', fill: true, whole: tcp }]} />
    </section>`;
}

/** One point per view, at most two per second. */
function usePoints(view) {
    const last = useRef(null);
    const [points, setPoints] = useState([]);
    useEffect(() => {
        const now = performance.now();
        const from = last.current;
        if (from && now - from.at < 500) {
            return;
        }
        last.current = { view, at: now };
        if (!from) {
            return;
        }
        const seconds = (now - from.at) / 1000;
        const dropped = Math.max(0, droppedBy(view) - droppedBy(from.view)) / seconds;
        const point = { at: Date.now() / 1000, ...rates(from.view, view, seconds), dropped, connections: view.status.connections.active };
        setPoints(old => [...old.slice(1 - MAX_POINTS), point]);
    }, [view]);
    return points;
}

const droppedBy = view => Object.values(view.status.dropped).reduce((a, b) => a + b, 0);
