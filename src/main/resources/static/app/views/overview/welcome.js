import { html, useState } from '../../parts/html.js';
import { call, listenerPath } from '../../api.js';
import { micros } from '../../format.js';
import { Copy } from '../../parts/copy.js';

const DEFAULTS = ['echo-tcp', 'echo-udp'];
const SAID = ['No listener is open. Start one, and talk to it.', 'One listener is open. Talk to it:', 'Two listeners are open. Talk to them:'];
const WILDCARDS = ['0.0.0.0', '::'];

/** Nothing but what is there when nothing is configured. */
export const isFirstVisit = listeners => listeners.length === DEFAULTS.length
    && listeners.every(({ view }) => DEFAULTS.includes(view.name) && view.status.origin === 'configuration');

/** How to talk to the listeners that are there from the start. */
export function Welcome({ listeners }) {
    const running = listeners.filter(({ view }) => view.status.state === 'running');
    return html`<section class="card welcome" aria-labelledby="welcome">
        <h2 id="welcome">${SAID[running.length]}</h2>
        <dl class="lines">${running.flatMap(({ view }) => lines(view))}</dl>
        <${FirstMessage} name=${listeners[0].view.name} />
    </section>`;
}

function lines({ protocol, status }) {
    const host = WILDCARDS.includes(status.address) ? location.hostname : status.address;
    const udp = protocol === 'udp';
    const python = `python3 -c 'import socket; s = socket.socket(type=socket.${udp ? 'SOCK_DGRAM' : 'SOCK_STREAM'}); `
        + `s.connect(("${host}", ${status.port})); s.send(b"Hello karl"); print(s.recv(1024))'`;
    return [[`${protocol.toUpperCase()} with nc`, `nc ${udp ? '-u ' : ''}${host} ${status.port}`], [`${protocol.toUpperCase()} with Python`, python]]
        .map(([label, line]) => html`<div><dt>${label}</dt><dd><code>${line}</code></dd><dd><${Copy} text=${line} /></dd></div>`);
}

function FirstMessage({ name }) {
    const [told, setTold] = useState(null);
    const send = async () => {
        setTold('Sending…');
        try {
            const { body } = await call('POST', listenerPath(name, '/messages'),
                { body: { text: 'Hello karl', expect: { echo: true } }, summary: `Sent “Hello karl” to ${name}` });
            setTold(body.verdict === 'pass'
                ? `“${body.received.text}” came back after ${micros(body.timing.lastByteMicros)}.`
                : `It did not come back: ${body.detail ?? body.outcome}.`);
        } catch (refusal) {
            setTold(refusal.message);
        }
    };
    return html`<p class="first-message"><button onClick=${send}>Send a first test message</button>
        <span role="status">${told ?? `“Hello karl” to ${name}, from here`}</span></p>`;
}
