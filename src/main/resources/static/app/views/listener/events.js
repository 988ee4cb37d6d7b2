import { html, useEffect, useRef, useState } from '../../components/html.js';
import { listenerPath, read } from '../../api.js';
import { clock, count, endpoint, exact } from '../../format.js';
import { useStream } from '../../stream.js';

// As many as the API holds for a listener.
const MAX_EVENTS = 256;
const FLUSH_MS = 250;
const TYPES = ['bound', 'listening', 'accepted', 'closed', 'rejected', 'dropped', 'stopped', 'failed', 'capture-started', 'capture-paused',
    'capture-stopped', 'fault-added', 'fault-removed', 'fault-expired', 'faulted'];
const STATE_CHANGES = ['bound', 'stopped', 'failed', 'fault-added', 'fault-removed', 'fault-expired'];

/** A live list of events, newest first. */
export function Events({ name, onChange }) {
    const { events, paused, setPaused } = useEvents(name, onChange);
    return html`<section class="card" aria-labelledby="events">
        <div class="card-head"><h2 id="events">Events</h2><div class="end">
            <button class="small" aria-pressed=${paused} onClick=${() => setPaused(!paused)}>${paused ? 'Resume' : 'Pause'}</button></div></div>
        ${events.length === 0 ? html`<p class="muted">No events yet.</p>` : html`
            <ol class="events" tabindex="0" aria-label="Events, newest first">${events.map(event => html`
                <li key=${event.firstId}><time datetime=${event.at} title=${exact(event.at)}>${clock(event.at)}</time>
                    <span class=${`event-type ${event.type}`}>${event.type}${event.count > 1 ? ` ×${count(event.count)}` : ''}</span>
                    <span class="event-detail">${event.detail}<${Source} event=${event} /></span></li>`)}</ol>`}
    </section>`;
}

/** Where an event came from, and since when it is repeated. */
function Source({ event: { remoteAddress, remotePort, count: times, firstAt } }) {
    const from = remoteAddress && `from ${times > 1 ? remoteAddress : endpoint(remoteAddress, remotePort)}`;
    const since = times > 1 && html`since <time datetime=${firstAt} title=${exact(firstAt)}>${clock(firstAt)}</time>`;
    return (from || since) && html` <span class="muted">${from} ${since}</span>`;
}

function useEvents(name, onChange) {
    const [events, setEvents] = useState([]);
    const [paused, setPaused] = useState(false);
    const buffer = useRef([]);
    const pausedRef = useRef(paused);
    pausedRef.current = paused;
    // Events may arrive in bursts: render them in batches.
    useEffect(() => {
        const timer = setInterval(() => {
            if (!pausedRef.current && buffer.current.length > 0) {
                const fresh = buffer.current;
                buffer.current = [];
                setEvents(old => merge(fresh, old));
            }
        }, FLUSH_MS);
        return () => clearInterval(timer);
    }, []);
    const onEvent = event => {
        buffer.current.push(event);
        if (buffer.current.length > 4 * MAX_EVENTS) {
            buffer.current = merge(buffer.current, []);
        }
        if (STATE_CHANGES.includes(event.type)) {
            onChange();
        }
    };
    const loadRecent = () => read(listenerPath(name, `/events?limit=${MAX_EVENTS}`)).then(
        page => setEvents(old => merge(page.items, old)), () => {});
    useStream(listenerPath(name, '/events'), { open: loadRecent, ...Object.fromEntries(TYPES.map(type => [type, onEvent])) });
    return { events, paused, setPaused };
}

/** The union of two lists, newest first. Of a repeated event, only the latest state is kept. */
function merge(a, b) {
    const known = new Set();
    const held = {};
    return [...a, ...b].sort((x, y) => compareIds(y.id, x.id))
        .filter(event => !known.has(event.firstId) && known.add(event.firstId))
        .filter(event => (held[category(event)] = (held[category(event)] ?? 0) + 1) <= MAX_EVENTS);
}

/** Events displace only events of the same category, as in the API. */
const category = ({ type, reason }) => (['rejected', 'dropped', 'faulted'].includes(type) || reason === 'probe' ? 'repeated'
    : ['accepted', 'closed'].includes(type) ? 'connection' : 'listener');

/** Ids are decimal numbers that may exceed Number.MAX_SAFE_INTEGER. */
const compareIds = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
