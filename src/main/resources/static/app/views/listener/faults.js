import { AdminButton } from '../../components/admin-button.js';
import { html, useState } from '../../components/html.js';
import { call, listenerPath } from '../../api.js';
import { valueText } from '../../field-text.js';
import { useFaultTypes } from '../../fault-fields.js';
import { count, millis } from '../../format.js';
import { usePolled } from '../../poll.js';
import { RelativeTime } from '../../components/relative-time.js';
import { showError } from '../../components/toast.js';
import { FaultEditor } from './fault-editor.js';
import { FaultPresets } from './fault-presets.js';

/** The faults in force, with the means to add, change and remove temporary ones. */
export function Faults({ view, onChange }) {
    const { name } = view;
    const { value, error, reload } = usePolled(listenerPath(name, '/faults'));
    const { types } = useFaultTypes(view.protocol);
    const [editing, setEditing] = useState(null);
    const items = value?.items ?? [];
    const changed = () => {
        reload();
        onChange();
    };
    const remove = async (path, summary) => {
        try {
            await call('DELETE', listenerPath(name, path), { summary });
        } catch (failure) {
            showError(failure.message);
        }
        changed();
    };
    return html`<section class="card" aria-labelledby="faults">
        <div class="card-head"><h2 id="faults">Faults</h2><div class="end">
            ${items.some(isTemporary) && html`<${AdminButton} class="small" onClick=${() => remove('/faults', `Removed all temporary faults of ${name}`)}>Remove all</${AdminButton}>`}
            <${AdminButton} class="small" onClick=${() => setEditing({ fault: null })}>Add fault</${AdminButton}></div></div>
        ${!value ? html`<p class="muted">${error?.message ?? 'Loading…'}</p>`
            : items.length === 0 ? html`<p class="muted">No faults in force. A fault makes this listener misbehave on purpose, to test clients against it.</p>`
            : html`<ul class="faults" aria-label="Faults in force, in the order of their effect">${items.map(fault => html`
                <${Fault} key=${fault.id} fault=${fault} type=${types?.find(each => each.name === fault.type)}
                    onEdit=${() => setEditing({ fault })}
                    onRemove=${() => remove(`/faults/${fault.id}`, `Removed fault ${fault.id} of ${name}`)} />`)}</ul>`}
        ${items.some(fault => !isTemporary(fault)) && html`<p class="hint">Faults of the definition are changed ${view.status.origin === 'configuration'
            ? 'in the application configuration.' : 'with “Edit”, under “Advanced settings”.'}</p>`}
        ${value && html`<${FaultPresets} view=${view} faults=${items} onChange=${changed} />`}
        ${editing && html`<${FaultEditor} view=${view} fault=${editing.fault} onClose=${() => setEditing(null)} onSaved=${changed} />`}
    </section>`;
}

const isTemporary = ({ origin }) => origin === 'temporary';

function Fault({ fault, type, onEdit, onRemove }) {
    const { id, origin, applied, lastAppliedAt } = fault;
    return html`<li>
        <div><strong>${id}</strong> <span class="muted" title=${type?.text}>${fault.type}</span> <span class="tag">${origin}</span></div>
        <span class="pair-buttons">${isTemporary(fault) && html`
            <${AdminButton} class="small" aria-label=${`Edit fault ${id}`} onClick=${onEdit}>Edit</${AdminButton}>
            <${AdminButton} class="small" aria-label=${`Remove fault ${id}`} onClick=${onRemove}>Remove</${AdminButton}>`}</span>
        <div class="fault-settings">${type && settingsOf(type, fault).map(field => html`<span key=${field.path}>
            <span class="muted">${field.title}</span> ${valueText(field, fault[field.path])}</span>`)}</div>
        <div></div>
        <div class="fault-settings"><span>Applied ${count(applied)} ${applied === 1 ? 'time' : 'times'}${
            lastAppliedAt && html`, last <${RelativeTime} at=${lastAppliedAt} />`}</span>
            <span class="muted">${lifetimeText(fault)}</span></div>
    </li>`;
}

/** The fields worth showing: those with a value that is not the default. */
const settingsOf = (type, fault) => [...type.own, ...type.common]
    .filter(({ path, default: standard }) => path !== 'id' && fault[path] != null && JSON.stringify(fault[path]) !== JSON.stringify(standard));

function lifetimeText({ origin, remainingMs }) {
    if (origin !== 'temporary') {
        return 'Until the definition is changed';
    }
    return remainingMs === null ? 'Until removed' : `Ends in ${millis(Math.ceil(remainingMs / 1000) * 1000)}`;
}
