import { html, useEffect, useRef, useState } from '../../parts/html.js';
import { listenerPath, read } from '../../api.js';
import { clock, count, exact } from '../../format.js';
import { useStream } from '../../stream.js';

const KEPT = 200;
const FLUSH_MS = 250;
const TYPES = ['bound', 'listening', 'accepted', 'received', 'sent', 'closed', 'rejected', 'dropped', 'stopped', 'failed'];
const OF_MESSAGES = ['received', 'sent'];
const CHANGES = ['bound', 'stopped', 'failed'];

/** What happens to it, newest first, as it happens. */
export function Events({ name, onChange }) {
    const [all, setAll] = useState(false);
    const { events, paused, setPaused } = useEvents(name, all, onChange);
    return html`<section class="card" aria-labelledby="events">
        <div class="card-head"><h2 id="events">Events</h2><div class="end">
            <button class="small" aria-pressed=${all} onClick=${() => setAll(!all)}
                title="While traffic is captured, each message is two events">${all ? 'Without messages' : 'With messages'}</button>
            <button class="small" aria-pressed=${paused} onClick=${() => setPaused(!paused)}>${paused ? 'Go on' : 'Hold'}</button></div></div>
        ${events.length === 0 ? html`<p class="muted">Nothing has happened yet.</p>` : html`
            <ol class="events" tabindex="0" aria-label="Events, newest first">${events.map(event => html`
                <li key=${event.id}><time datetime=${event.at} title=${exact(event.at)}>${clock(event.at)}</time>
                    <span class=${`event-type ${event.type}`}>${event.type}${event.count > 1 ? ` ×${count(event.count)}` : ''}</span>
                    <span class="event-detail">${event.detail}</span></li>`)}</ol>`}
    </section>`;
}

function useEvents(name, all, onChange) {
    const [events, setEvents] = useState([]);
    const [paused, setPaused] = useState(false);
    const waiting = useRef([]);
    const held = useRef(paused);
    held.current = paused;
    // Many may come at once; the page is drawn for all of them together.
    useEffect(() => {
        const timer = setInterval(() => {
            if (!held.current && waiting.current.length > 0) {
                const fresh = waiting.current.reverse();
                waiting.current = [];
                setEvents(old => merge(fresh, old));
            }
        }, FLUSH_MS);
        return () => clearInterval(timer);
    }, []);
    const take = event => {
        waiting.current.push(event);
        if (waiting.current.length > KEPT) {
            waiting.current.shift();
        }
        if (CHANGES.includes(event.type)) {
            onChange();
        }
    };
    const wanted = event => all || !OF_MESSAGES.includes(event.type);
    const readPast = () => read(listenerPath(name, '/events?limit=50')).then(
        page => setEvents(old => merge(page.items.filter(wanted), old)), () => {});
    const shown = all ? events : events.filter(wanted);
    useStream(listenerPath(name, '/events'), { open: readPast, ...Object.fromEntries(TYPES.filter(type => all || !OF_MESSAGES.includes(type)).map(type => [type, take])) });
    return { events: shown, paused, setPaused };
}

/** Both, each event once, newest first. */
function merge(some, others) {
    const known = new Set(some.map(event => event.id));
    return [...some, ...others.filter(event => !known.has(event.id))].sort((a, b) => newer(b.id, a.id)).slice(0, KEPT);
}

/** Ids are numbers too large for JavaScript's. */
const newer = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
