import { html, useEffect, useState } from '../parts/html.js';
import { call, curl } from '../api.js';
import { serverTime } from '../clock.js';
import { useRunningListeners } from '../listeners.js';
import { focusFault } from '../parts/fields.js';
import { missingTarget, protocolOf } from '../parts/target.js';
import { Composer } from './message/composer.js';
import { BLANK, callOf } from './message/draft.js';
import { history, remember } from './message/history.js';
import { explain } from './message/outcomes.js';
import { Past } from './message/past.js';
import { Report } from './message/report.js';

/** Sends test messages and shows what became of them. */
export default function Message({ query }) {
    const listeners = useRunningListeners();
    const [draft, setDraft] = useState(() => first(query.get('listener')));
    const [refusal, setRefusal] = useState(null);
    const [done, setDone] = useState(null);
    const [sending, setSending] = useState(false);

    useEffect(() => {
        if (listeners?.length > 0 && draft['target.listener'] === '') {
            setDraft(now => ({ ...now, 'target.listener': listeners[0].name }));
        }
    }, [listeners]);

    useEffect(() => {
        document.getElementById('outcome')?.scrollIntoView({ block: 'nearest' });
    }, [done]);

    async function send() {
        const missing = missingTarget(draft);
        if (missing) {
            return refuse(missing);
        }
        setSending(true);
        setRefusal(null);
        try {
            const { path, body } = callOf(draft, protocolOf(draft, listeners));
            const { body: report } = await call('POST', path, { body });
            setDone({ report, draft, curl: curlOf(path, body), at: serverTime() });
            remember({ at: serverTime(), draft, outcome: report.outcome, verdict: report.verdict });
        } catch (refused) {
            refuse(refused);
        } finally {
            setSending(false);
        }
    }
    function refuse(refused) {
        setRefusal(refused);
        focusFault();
    }

    return html`<div class="page-head"><h1>Test message</h1></div>
        <p class="hidden-text" role="status">${done && explain(done.report, done.draft.expecting)}</p>
        <div class="bench">
            <${Composer} draft=${draft} setDraft=${setDraft} listeners=${listeners} refusal=${refusal} sending=${sending}
                onSend=${() => sending || send()} />
            ${done ? html`<${Report} key=${done.at} ...${done} />`
                : html`<div class="card blank answer"><h2>Nothing sent yet</h2>
                    <p>The answer stands here, beside what was sent, with every difference marked.</p></div>`}
            <${Past} onTake=${setDraft} />
        </div>`;
}

/** As the last time, to the listener that was asked for. */
function first(listener) {
    const last = history.get()[0]?.draft ?? BLANK;
    return listener ? { ...last, to: 'listener', 'target.listener': listener } : last;
}

const curlOf = (path, body) => curl('POST', `api/v1/${path}`,
    { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
