import { html, useState } from '../../parts/html.js';
import { curl, lastChange, listenerPath } from '../../api.js';
import { useStore } from '../../store.js';
import { toYaml } from '../../yaml.js';
import { Copy } from '../../parts/copy.js';

/** Its definition, to take elsewhere, and what this page last did, for the shell. */
export function Definition({ view }) {
    const [form, setForm] = useState('json');
    const change = useStore(lastChange);
    const { status, ...definition } = view;
    const text = form === 'json' ? JSON.stringify(definition, null, 2) : `${toYaml({ version: 1, listeners: [definition] })}\n`;
    const line = change?.curl ?? curl('GET', `api/v1/${listenerPath(view.name)}`);
    return html`<section class="card" aria-labelledby="definition">
        <div class="card-head"><h2 id="definition">Definition</h2><div class="end">
            <fieldset class="segments"><legend class="hidden-text">Form</legend>${['json', 'yaml'].map(each => html`<label>
                <input type="radio" name="form" checked=${form === each} onChange=${() => setForm(each)} />${each.toUpperCase()}</label>`)}</fieldset>
            <${Copy} text=${text} /></div></div>
        <pre class="code" tabindex="0" role="region" aria-label=${`Definition as ${form.toUpperCase()}`}>${text}</pre>
        ${form === 'yaml' && html`<p class="hint">A document for <code>POST /api/v1/configuration/apply</code></p>`}
        <div class="card-head second-head"><h2>From a shell</h2><div class="end"><${Copy} text=${line} /></div></div>
        <p class="hint">${change ? `${change.summary}:` : 'Reads this listener:'}</p>
        <pre class="code wrap" tabindex="0" role="region" aria-label="As curl">${line}</pre>
    </section>`;
}
