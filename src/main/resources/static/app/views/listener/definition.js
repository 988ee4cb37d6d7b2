import { html, useState } from '../../components/html.js';
import { curl, lastChange, listenerPath } from '../../api.js';
import { fieldsFor, useDefinitionFields, valueAt } from '../../definition-fields.js';
import { valueText } from '../../field-text.js';
import { useStore } from '../../store.js';
import { toYaml } from '../../yaml.js';
import { Copy } from '../../components/copy.js';

const FORMATS = { settings: 'Settings', json: 'JSON', yaml: 'YAML' };

/** The definition as a table, as JSON and as YAML, and a curl command: that of the latest change, else the one that reads the listener. */
export function Definition({ view }) {
    const [format, setFormat] = useState('settings');
    const change = useStore(lastChange);
    const { status, ...definition } = view;
    const text = format === 'json' ? JSON.stringify(definition, null, 2) : `${toYaml({ version: 1, listeners: [definition] })}\n`;
    const command = change?.curl ?? curl('GET', `api/v1/${listenerPath(view.name)}`);
    return html`<section class="card" aria-labelledby="definition">
        <div class="card-head"><h2 id="definition">Definition</h2><div class="end">
            <fieldset class="segments"><legend class="hidden-text">Format</legend>${Object.entries(FORMATS).map(([each, label]) => html`<label>
                <input type="radio" name="format" checked=${format === each} onChange=${() => setFormat(each)} />${label}</label>`)}</fieldset>
            ${format !== 'settings' && html`<${Copy} text=${text} />`}</div></div>
        ${format === 'settings' ? html`<${Settings} definition=${definition} />`
            : html`<pre class="code" tabindex="0" role="region" aria-label=${`Definition as ${FORMATS[format]}`}>${text}</pre>`}
        ${format === 'yaml' && html`<p class="hint">Document for <code>POST /api/v1/configuration/apply</code></p>`}
        <div class="card-head second-head"><h2>Command line</h2><div class="end"><${Copy} text=${command} /></div></div>
        <p class="hint">${change ? `${change.summary}:` : 'Reads this listener:'}</p>
        <pre class="code wrap" tabindex="0" role="region" aria-label="As curl">${command}</pre>
    </section>`;
}

/** Objects without default are shown where the definition has them. */
const isShown = (definition, path) => !/^(tls|proxyProtocol)\./.test(path) || definition[path.split('.')[0]];

function Settings({ definition }) {
    const { fields, error } = useDefinitionFields();
    if (!fields) {
        return html`<p class="muted">${error ?? 'Loading the definition fields…'}</p>`;
    }
    return html`<table class="settings"><tbody>${fieldsFor(fields, definition.protocol).filter(({ path }) => isShown(definition, path)).map(field => html`
        <tr key=${field.path}><th scope="row" title=${field.description}>${field.title}</th>
            <td>${valueText(field, valueAt(definition, field.path))}</td></tr>`)}</tbody></table>`;
}
