import { html, useEffect, useRef, useState } from '../../components/html.js';
import { useIsAdmin } from '../../access.js';
import { call, listenerPath, read } from '../../api.js';
import { bytes, clock, count, endpoint, exact, fromBase64 } from '../../format.js';
import { usePolled } from '../../poll.js';
import { AdminButton } from '../../components/admin-button.js';
import { Hex } from '../../components/hex.js';
import { showError } from '../../components/toast.js';

const MAX_MESSAGES = 200;
const WAIT_MS = 20_000;
const RETRY_MS = 2000;

/** Captures the traffic and shows the captured messages. */
export function Capture({ name }) {
    const { value: capture, reload } = usePolled(listenerPath(name, '/capture'), 2000);
    const isAdmin = useIsAdmin();
    const active = capture?.enabled || capture?.held > 0;
    const { messages, error, clear } = useMessages(name, active && isAdmin);
    const change = async (method, body, summary) => {
        try {
            await call(method, listenerPath(name, '/capture'), { body, summary: `${summary} of ${name}` });
        } catch (failure) {
            showError(failure.message);
        }
        reload();
    };
    const setEnabled = (enabled, summary) => () => change('PUT', { ...settings(capture), enabled }, summary);
    const stop = () => change('DELETE', undefined, 'Stopped the capture').then(clear);
    const hasMessages = capture?.held > 0;
    const [open, setOpen] = useState(null);
    const shown = useRef(messages);
    // The list does not change while a message is open.
    if (open === null || messages.length === 0) {
        shown.current = messages;
    }
    const newer = messages.findIndex(message => message.id === shown.current[0]?.id);
    return html`<section class="card" aria-labelledby="capture">
        <div class="card-head"><h2 id="capture">Capture</h2>
            <span class="muted">${capture && (capture.enabled || hasMessages) ? `${capture.enabled ? 'Capturing' : 'Paused'}: ${count(capture.held)} captured${
                capture.evicted ? `, ${count(capture.evicted)} evicted` : ''}` : ''}</span>
            <div class="end">
                ${hasMessages && isAdmin && html`<a class="button small" download href=${`api/v1/${listenerPath(name, '/capture.pcapng')}`}>Download pcapng</a>`}
                ${hasMessages && html`<${AdminButton} class="small" onClick=${stop}>Stop capture and discard</${AdminButton}>`}
                ${capture && (capture.enabled
                    ? html`<${AdminButton} class="small" onClick=${setEnabled(false, 'Paused the capture')}>Pause</${AdminButton}>`
                    : html`<${AdminButton} class="small" onClick=${setEnabled(true, 'Started the capture')}>${hasMessages ? 'Resume' : 'Start capture'}</${AdminButton}>`)}
            </div></div>
        ${active && !isAdmin || error?.status === 403 ? html`<p class="muted">Viewing captured messages requires the admin key.</p>`
            : messages.length > 0 ? html`
                <p class="newer-messages" role="status">${open !== null && newer !== 0 && html`<button class="small" onClick=${() => setOpen(null)}>
                    Show ${newer < 0 ? 'newer messages' : `${count(newer)} newer`}</button>`}</p>
                <ol class="messages" aria-label="Captured messages, newest first">${shown.current.map(message => html`
                    <${Message} key=${message.id} message=${message} open=${message.id === open}
                        toggle=${() => setOpen(message.id === open ? null : message.id)} />`)}</ol>`
            : html`<p class="muted">${capture?.enabled ? 'Waiting for the next message…'
                : 'Capture is off. Start a capture to view each message as text and in hex.'}</p>`}
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
            <span class="mono preview">${message.text === null ? html`<span class="muted">binary</span>` : message.text.slice(0, 200).replaceAll('\n', '⏎')}</span>
        </button>
        ${open && html`<div class="message-body">
            ${message.text !== null && html`<pre class="code" tabindex="0" role="region" aria-label="Text">${message.text}</pre>`}
            <${Hex} data=${data} />
            ${message.truncated && html`<p class="muted">Truncated: first ${bytes(data.length)} of ${bytes(message.bytes)}.</p>`}
        </div>`}</li>`;
}

/** Waits for new messages (long polling) while active. */
function useMessages(name, active) {
    const [messages, setMessages] = useState([]);
    const [error, setError] = useState(null);
    useEffect(() => {
        if (!active) {
            return;
        }
        const controller = new AbortController();
        let timer;
        let cursor = '';
        async function next() {
            try {
                const page = await read(listenerPath(name, `/capture/messages?limit=${MAX_MESSAGES}&waitMs=${cursor ? WAIT_MS : 0}${
                    cursor && `&cursor=${encodeURIComponent(cursor)}`}`), { signal: controller.signal });
                cursor = page.nextCursor;
                setError(null);
                if (page.items.length > 0) {
                    setMessages(old => [...page.items.reverse(), ...old].slice(0, MAX_MESSAGES));
                }
                // At high message rates, update the list less often.
                timer = setTimeout(next, page.items.length === MAX_MESSAGES ? 1000 : 200);
            } catch (failure) {
                if (failure.name !== 'AbortError') {
                    setError(failure);
                    timer = setTimeout(next, RETRY_MS);
                }
            }
        }
        setMessages([]);
        next();
        return () => {
            controller.abort();
            clearTimeout(timer);
        };
    }, [name, active]);
    return { messages, error, clear: () => setMessages([]) };
}
