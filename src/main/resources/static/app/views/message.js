import { html, useEffect, useState } from '../components/html.js';
import { call, curl } from '../api.js';
import { serverTime } from '../clock.js';
import { useRunningListeners } from '../running-listeners.js';
import { focusFirstError } from '../components/fields.js';
import { missingTarget, protocolOf } from '../components/target.js';
import { Composer } from './message/composer.js';
import { BLANK, callOf } from './message/draft.js';
import { addToHistory, history } from './message/history.js';
import { explain } from './message/outcomes.js';
import { RecentMessages } from './message/recent-messages.js';
import { Report } from './message/report.js';

/** Sends test messages and shows their outcomes. */
export default function Message({ query }) {
    const listeners = useRunningListeners();
    const [draft, setDraft] = useState(() => initialDraft(query.get('listener')));
    const [error, setError] = useState(null);
    const [result, setResult] = useState(null);
    const [sending, setSending] = useState(false);

    useEffect(() => {
        if (listeners?.length > 0 && draft['target.listener'] === '') {
            setDraft(old => ({ ...old, 'target.listener': listeners[0].name }));
        }
    }, [listeners]);

    useEffect(() => {
        document.getElementById('outcome')?.scrollIntoView({ block: 'nearest' });
    }, [result]);

    async function send() {
        const missing = missingTarget(draft);
        if (missing) {
            return fail(missing);
        }
        setSending(true);
        setError(null);
        try {
            const { path, body } = callOf(draft, protocolOf(draft, listeners));
            const { body: report } = await call('POST', path, { body });
            setResult({ report, draft, curl: curlOf(path, body), at: serverTime() });
            addToHistory({ at: serverTime(), draft, outcome: report.outcome, verdict: report.verdict });
        } catch (failure) {
            fail(failure);
        } finally {
            setSending(false);
        }
    }
    function fail(failure) {
        setError(failure);
        focusFirstError();
    }

    return html`<div class="page-header"><h1>Test message</h1></div>
        <p class="hidden-text" role="status">${result && explain(result.report, result.draft.expecting)}</p>
        <div class="message-layout">
            <${Composer} draft=${draft} setDraft=${setDraft} listeners=${listeners} error=${error} sending=${sending}
                onSend=${() => sending || send()} />
            ${result ? html`<${Report} key=${result.at} ...${result} />`
                : html`<div class="card empty-state report"><h2>No message sent yet</h2>
                    <p>The reply is shown here next to the sent data, with differences highlighted.</p></div>`}
            <${RecentMessages} onSelect=${setDraft} />
        </div>`;
}

/** The last draft, addressed to the given listener if any. */
function initialDraft(listener) {
    const last = history.get()[0]?.draft ?? BLANK;
    return listener ? { ...last, to: 'listener', 'target.listener': listener } : last;
}

const curlOf = (path, body) => curl('POST', `api/v1/${path}`,
    { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
