import { html, useEffect, useState } from '../components/html.js';
import { call, read } from '../api.js';
import { useRunningListeners } from '../running-listeners.js';
import { focusFirstError } from '../components/fields.js';
import { missingTarget, protocolOf } from '../components/target.js';
import { RunForm } from './run/form.js';
import { blank, targetText, toForm, toRequest } from './run/request.js';
import { runPath } from './run/run-text.js';

/** Starts a run; ?again=id copies the request of an earlier run. */
export default function NewRun({ query }) {
    const listeners = useRunningListeners();
    const again = query.get('again');
    const [form, setForm] = useState(again ? null : { ...blank(), 'target.listener': query.get('listener') ?? '' });
    const [error, setError] = useState(null);
    const [starting, setStarting] = useState(false);

    useEffect(() => {
        if (again) {
            read(runPath(again)).then(run => setForm(toForm(run.request)), failure => {
                setForm(blank());
                fail(failure);
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
            return fail(missing);
        }
        setStarting(true);
        try {
            const request = toRequest(form, protocolOf(form, listeners));
            const { body } = await call('POST', 'runs', { body: request, summary: `Started a run against ${targetText(request.target)}` });
            location.hash = `#/runs/${body.id}`;
        } catch (failure) {
            fail(failure);
            setStarting(false);
        }
    }
    function fail(failure) {
        setError(failure);
        focusFirstError();
    }

    return html`<div class="page-header"><h1>${again ? 'Run again' : 'New run'}</h1></div>
        ${form ? html`<${RunForm} form=${form} setForm=${setForm} listeners=${listeners} error=${error}
            starting=${starting} onStart=${() => starting || start()} />`
        : html`<p class="loading" role="status">Loading the run…</p>`}`;
}
