import { AdminButton } from '../../components/admin-button.js';
import { html, useState } from '../../components/html.js';
import { call, curl, lastChange, listenerPath } from '../../api.js';
import { DEFAULT_LIFETIME, LIFETIMES } from '../../fault-fields.js';
import { jsonFile } from '../../json-file.js';
import { showError } from '../../components/toast.js';

/** [{name, title, text, faults: {tcp: [...], udp: [...]}}] */
const usePresets = jsonFile('app/fault-presets.json', 'the presets');

/** Buttons that each add a set of faults. One that is in force already is replaced, so that its lifetime starts anew. */
export function FaultPresets({ view, faults, onChange }) {
    const { value: presets, error } = usePresets();
    const [ttlMs, setTtlMs] = useState(DEFAULT_LIFETIME);
    const [busy, setBusy] = useState(false);
    async function apply(preset) {
        setBusy(true);
        try {
            await addAll(view.name, preset.faults[view.protocol].map(fault => ({ ...fault, ttlMs: Number(ttlMs) })), faults);
        } catch (failure) {
            showError(`${preset.title}: ${failure.message}`);
        }
        setBusy(false);
        onChange();
    }
    return html`<div class="fault-presets" role="group" aria-label="Presets"><span class="field-label">Presets</span>
        ${error && html`<span class="muted">${error}</span>`}
        ${presets?.map(preset => html`<${AdminButton} key=${preset.name} class="small" title=${preset.text} aria-disabled=${busy}
            onClick=${() => busy || apply(preset)}>${preset.title}</${AdminButton}>`)}
        <label><span class="muted">for</span> <select aria-label="Lifetime of a preset" value=${ttlMs} onChange=${event => setTtlMs(event.target.value)}>
            ${LIFETIMES.map(([value, label]) => html`<option key=${value} value=${value} selected=${value === ttlMs}>${label}</option>`)}</select></label>
    </div>`;
}

/** Adds all or none of the faults. */
async function addAll(name, wanted, known) {
    const added = [];
    const commands = [];
    try {
        for (const body of wanted) {
            const replaces = known.some(({ id }) => id === body.id);
            const [method, path] = replaces ? ['PUT', listenerPath(name, `/faults/${body.id}`)] : ['POST', listenerPath(name, '/faults')];
            await call(method, path, { body });
            commands.push(curl(method, `api/v1/${path}`, { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }));
            if (!replaces) {
                added.push(body.id);
            }
        }
    } catch (failure) {
        await Promise.allSettled(added.map(id => call('DELETE', listenerPath(name, `/faults/${id}`))));
        throw failure;
    }
    lastChange.set({ summary: `Added ${wanted.map(({ id }) => id).join(', ')} to ${name}`, curl: commands.join('\n') });
}
