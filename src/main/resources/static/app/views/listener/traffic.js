import { html, useEffect, useRef, useState } from '../../parts/html.js';
import { bytesPerSecond, count, perSecond } from '../../format.js';
import { rates } from '../../live.js';
import { Chart } from '../../parts/chart.js';

const KEPT = 300;

const FACES = {
    messages: { format: perSecond, label: 'Received' },
    bytes: { format: bytesPerSecond, label: 'In and out' },
};

/** What went through it and who was connected, from the time that the page looks at it on. */
export function Traffic({ view }) {
    const points = usePoints(view);
    const [face, setFace] = useState('messages');
    const times = points.map(point => point.at);
    const tcp = view.protocol === 'tcp';
    return html`<section class="card" aria-labelledby="traffic">
        <div class="card-head"><h2 id="traffic">Throughput</h2><div class="end">
            <fieldset class="segments"><legend class="hidden-text">Unit</legend>
            ${Object.keys(FACES).map(each => html`<label><input type="radio" name="unit" checked=${face === each}
                onChange=${() => setFace(each)} />${each === 'messages' ? 'Messages' : 'Bytes'}</label>`)}</fieldset></div></div>
        <${Chart} key=${face} data=${[times, points.map(point => point[face])]} label=${`${face} a second`}
            series=${[{ ...FACES[face], color: '--chart-1', fill: true }]} />
        <div class="card-head second-head"><h2>${tcp ? 'Connections' : 'Dropped'}</h2></div>
        <${Chart} data=${[times, points.map(point => (tcp ? point.connections : point.dropped))]} height=${120}
            label=${tcp ? 'Open connections' : 'Dropped datagrams a second'}
            series=${[{ label: tcp ? 'Open' : 'Dropped', format: tcp ? count : perSecond, color: '--chart-2', fill: true, whole: tcp }]} />
    </section>`;
}

/** One point for each view that comes. */
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
        const dropped = Math.max(0, sum(view) - sum(from.view)) / seconds;
        const point = { at: Date.now() / 1000, ...rates(from.view, view, seconds), dropped, connections: view.status.connections.active };
        setPoints(old => [...old.slice(1 - KEPT), point]);
    }, [view]);
    return points;
}

const sum = view => Object.values(view.status.dropped).reduce((a, b) => a + b, 0);
