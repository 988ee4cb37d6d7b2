import { html, useEffect, useState } from '../parts/html.js';
import { call, read } from '../api.js';
import { useRunningListeners } from '../listeners.js';
import { focusFault } from '../parts/fields.js';
import { missingTarget } from '../parts/target.js';
import { RunForm } from './run/form.js';
import { blank, targetText, toForm, toRequest } from './run/request.js';
import { runPath } from './run/words.js';

/** Starts a run: a new one, or with ?again=id one like that. */
export default function NewRun({ query }) {
    const listeners = useRunningListeners();
    const again = query.get('again');
    const [form, setForm] = useState(again ? null : { ...blank(), 'target.listener': query.get('listener') ?? '' });
    const [refusal, setRefusal] = useState(null);
    const [starting, setStarting] = useState(false);

    useEffect(() => {
        if (again) {
            read(runPath(again)).then(run => setForm(toForm(run.request)), refused => {
                setForm(blank());
                refuse(refused);
            });
        }
    }, []);
    useEffect(() => {
        if (form?.['target.listener'] === '' && listeners?.length > 0) {
            setForm({ ...form, 'target.listener': listeners[0].name });
        }
    }, [listeners]);

    async function start() {
        const missing = missingTarget(form);
        if (missing) {
            return refuse(missing);
        }
        setStarting(true);
        try {
            const request = toRequest(form);
            const { body } = await call('POST', 'runs', { body: request, summary: `Started a run to ${targetText(request.target)}` });
            location.hash = `#/runs/${body.id}`;
        } catch (refused) {
            refuse(refused);
            setStarting(false);
        }
    }
    function refuse(refused) {
        setRefusal(refused);
        focusFault();
    }

    return html`<div class="page-head"><h1>${again ? 'Run again' : 'New run'}</h1></div>
        ${form ? html`<${RunForm} form=${form} setForm=${setForm} listeners=${listeners} refusal=${refusal}
            starting=${starting} onStart=${() => starting || start()} />`
        : html`<p class="loading" role="status">Reading what the run was asked to do…</p>`}`;
}
