import { html, useState } from '../../components/html.js';
import { call, listenerPath } from '../../api.js';
import { micros } from '../../format.js';
import { AdminButton } from '../../components/admin-button.js';
import { Copy } from '../../components/copy.js';

const DEFAULTS = ['echo-tcp', 'echo-udp'];
const HEADINGS = ['No listener is running', 'One listener is running', 'Two listeners are running'];
const HINTS = ['Start a listener to send messages to it.', 'Connect to it from a shell:', 'Connect to them from a shell:'];
const WILDCARDS = ['0.0.0.0', '::'];

/** Whether the only listeners are the built-in ones. */
export const isUnconfigured = listeners => listeners.length === DEFAULTS.length
    && listeners.every(({ view }) => DEFAULTS.includes(view.name) && view.status.origin === 'configuration');

/** Commands that send a message to the built-in listeners. */
export function GettingStarted({ listeners }) {
    const running = listeners.filter(({ view }) => view.status.state === 'running');
    return html`<section class="card getting-started" aria-labelledby="getting-started">
        <h2 id="getting-started">${HEADINGS[running.length]}</h2>
        <p class="muted">${HINTS[running.length]}</p>
        <dl class="commands">${running.flatMap(({ view }) => commands(view))}</dl>
        <${FirstMessage} name=${listeners[0].view.name} />
    </section>`;
}

function commands({ protocol, status }) {
    const host = WILDCARDS.includes(status.address) ? location.hostname : status.address;
    const udp = protocol === 'udp';
    const python = `python3 -c 'import socket; s = socket.socket(type=socket.${udp ? 'SOCK_DGRAM' : 'SOCK_STREAM'}); `
        + `s.connect(("${host}", ${status.port})); s.send(b"Hello karl"); print(s.recv(1024))'`;
    return [[`${protocol.toUpperCase()} with nc`, `nc ${udp ? '-u ' : ''}${host} ${status.port}`], [`${protocol.toUpperCase()} with Python`, python]]
        .map(([label, command]) => html`<div><dt>${label}</dt><dd><code>${command}</code></dd><dd><${Copy} text=${command} /></dd></div>`);
}

function FirstMessage({ name }) {
    const [result, setResult] = useState(null);
    const send = async () => {
        setResult('Sending…');
        try {
            const { body } = await call('POST', listenerPath(name, '/messages'),
                { body: { text: 'Hello karl', expect: { echo: true } }, summary: `Sent “Hello karl” to ${name}` });
            setResult(body.verdict === 'pass'
                ? `Received “${body.received.text}” after ${micros(body.timing.lastByteMicros)}.`
                : `Failed: ${body.detail ?? body.outcome}.`);
        } catch (error) {
            setResult(error.message);
        }
    };
    return html`<p class="first-message"><${AdminButton} onClick=${send}>Send test message</${AdminButton}>
        <span role="status">${result ?? `Sends “Hello karl” to ${name}`}</span></p>`;
}
