import { html, useEffect, useRef, useState } from '../../parts/html.js';
import { call, listenerPath, read } from '../../api.js';
import { bytes, clock, count, endpoint, exact, fromBase64 } from '../../format.js';
import { usePolled } from '../../poll.js';
import { Hex } from '../../parts/hex.js';
import { complain } from '../../parts/toast.js';

const KEPT = 200;
const WAIT_MS = 20_000;
const AGAIN_MS = 2000;

/** What goes through it, byte for byte, while somebody wants to see it. */
export function Capture({ name }) {
    const { value: capture, again } = usePolled(listenerPath(name, '/capture'), 2000);
    const { messages, refusal, forget } = useMessages(name, capture?.enabled || capture?.held > 0);
    const change = async (method, body, summary) => {
        try {
            await call(method, listenerPath(name, '/capture'), { body, summary: `${summary} of ${name}` });
        } catch (refused) {
            complain(refused.message);
        }
        again();
    };
    const set = (enabled, summary) => () => change('PUT', { ...settings(capture), enabled }, summary);
    const end = () => change('DELETE', undefined, 'Ended the capture').then(forget);
    const some = capture?.held > 0;
    const [open, setOpen] = useState(null);
    const shown = useRef(messages);
    // What one reads stays where it is.
    if (open === null || messages.length === 0) {
        shown.current = messages;
    }
    const fresh = messages.findIndex(message => message.id === shown.current[0]?.id);
    return html`<section class="card" aria-labelledby="capture">
        <div class="card-head"><h2 id="capture">Capture</h2>
            <span class="muted">${capture && (capture.enabled || some) ? `${capture.enabled ? 'on' : 'paused'}; ${count(capture.held)} held${
                capture.evicted ? `, ${count(capture.evicted)} let go` : ''}` : ''}</span>
            <div class="end">
                ${some && html`<a class="button small" download href=${`api/v1/${listenerPath(name, '/capture.pcapng')}`}>Download pcapng</a>`}
                ${some && html`<button class="small" onClick=${end}>End and forget</button>`}
                ${capture && (capture.enabled
                    ? html`<button class="small" onClick=${set(false, 'Paused the capture')}>Pause</button>`
                    : html`<button class="small" onClick=${set(true, 'Captures the traffic')}>${some ? 'Go on' : 'Start capture'}</button>`)}
            </div></div>
        ${refusal?.status === 403 ? html`<p class="muted">What is captured is for the admin key only.</p>`
            : messages.length > 0 ? html`
                <p class="fresh" role="status">${open !== null && fresh !== 0 && html`<button class="small" onClick=${() => setOpen(null)}>
                    Show ${fresh < 0 ? 'newer messages' : `${count(fresh)} newer`}</button>`}</p>
                <ol class="messages" aria-label="Captured messages, newest first">${shown.current.map(message => html`
                    <${Message} key=${message.id} message=${message} open=${message.id === open}
                        toggle=${() => setOpen(message.id === open ? null : message.id)} />`)}</ol>`
            : html`<p class="muted">${capture?.enabled ? 'Waiting for the next message…'
                : 'Off, and costs nothing. Start it to see each message as text and in hex.'}</p>`}
    </section>`;
}

const settings = ({ maxMessages, maxBytesPerMessage, ttlMs }) => ({ maxMessages, maxBytesPerMessage, ttlMs });

function Message({ message, open, toggle }) {
    const data = open ? fromBase64(message.base64) : null;
    const isIn = message.direction === 'in';
    return html`<li><button class="message-head" aria-expanded=${open} onClick=${toggle}>
            <time datetime=${message.at} title=${exact(message.at)}>${clock(message.at)}</time>
            <span class=${`direction ${message.direction}`}>${isIn ? '→ in' : '← out'}</span>
            <span class="mono peer">${endpoint(message.remoteAddress, message.remotePort)}</span>
            <span class="num size">${bytes(message.bytes)}</span>
            <span class="mono preview">${message.text === null ? html`<span class="muted">no text</span>` : message.text.slice(0, 200).replaceAll('\n', '⏎')}</span>
        </button>
        ${open && html`<div class="message-body">
            ${message.text !== null && html`<pre class="code" tabindex="0" role="region" aria-label="Text">${message.text}</pre>`}
            <${Hex} data=${data} />
            ${message.truncated && html`<p class="muted">The first ${bytes(data.length)} of ${bytes(message.bytes)}.</p>`}
        </div>`}</li>`;
}

/** Waits for the next ones while there may be any. */
function useMessages(name, wanted) {
    const [messages, setMessages] = useState([]);
    const [refusal, setRefusal] = useState(null);
    useEffect(() => {
        if (!wanted) {
            return;
        }
        const stop = new AbortController();
        let timer;
        let cursor = '';
        async function next() {
            try {
                const page = await read(listenerPath(name, `/capture/messages?limit=${KEPT}&waitMs=${cursor ? WAIT_MS : 0}${
                    cursor && `&cursor=${encodeURIComponent(cursor)}`}`), { signal: stop.signal });
                cursor = page.nextCursor;
                setRefusal(null);
                if (page.items.length > 0) {
                    setMessages(old => [...page.items.reverse(), ...old].slice(0, KEPT));
                }
                // Where more come than anybody can read, the list holds still for a moment.
                timer = setTimeout(next, page.items.length === KEPT ? 1000 : 200);
            } catch (refused) {
                if (refused.name !== 'AbortError') {
                    setRefusal(refused);
                    timer = setTimeout(next, AGAIN_MS);
                }
            }
        }
        setMessages([]);
        next();
        return () => {
            stop.abort();
            clearTimeout(timer);
        };
    }, [name, wanted]);
    return { messages, refusal, forget: () => setMessages([]) };
}
