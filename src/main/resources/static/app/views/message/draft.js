import { listenerPath } from '../../api.js';
import { endpoint } from '../../format.js';
import { NO_TARGET, targetOf } from '../../components/target.js';
import { numberOf } from '../../components/fields.js';
import { NO_PROXY_HEADER, proxyHeaderOf } from '../../components/proxy-header-input.js';
import { NO_TLS, tlsOf } from '../../components/tls-input.js';

/** An empty draft: the form values of a message, text and booleans. */
export const BLANK = {
    ...NO_TARGET,
    kind: 'text', text: 'Hello', charset: 'utf-8', hex: '', base64: '', size: '64',
    expecting: 'echo', 'expect.text': '', 'expect.hex': '', 'expect.contains': '',
    timeoutMs: '', connectTimeoutMs: '', repeat: '', sourcePort: '', halfClose: false,
    ...NO_PROXY_HEADER,
    ...NO_TLS,
};

const NUMBERS = ['timeoutMs', 'connectTimeoutMs', 'repeat', 'sourcePort'];

/** Whether a stored value is a draft of this version of the form. */
export const isDraft = value => value !== null && typeof value === 'object'
    && Object.entries(BLANK).every(([name, like]) => typeof value[name] === typeof like);

/**
 * The API call that sends a message: {path, body}.
 *
 * @param protocol the protocol of the target, or undefined if unknown
 */
export function callOf(draft, protocol) {
    const body = { ...payloadOf(draft), expect: expectOf(draft) };
    for (const name of NUMBERS) {
        body[name] = numberOf(draft[name]);
    }
    // The form hides them for UDP but keeps their values for the next TCP target.
    body.halfClose = (draft.halfClose && protocol !== 'udp') || undefined;
    body.proxyProtocol = protocol === 'udp' ? undefined : proxyHeaderOf(draft);
    body.tls = protocol === 'udp' ? undefined : tlsOf(draft);
    return draft.to === 'listener'
        ? { path: listenerPath(draft['target.listener'], '/messages'), body }
        : { path: 'messages', body: { target: targetOf(draft), ...body } };
}

function payloadOf({ kind, text, charset, hex, base64, size }) {
    switch (kind) {
        case 'hex': return { hex };
        case 'base64': return { base64 };
        case 'size': return { size: numberOf(size) ?? 0 };
        default: return { text, charset: charset.trim() || undefined };
    }
}

const expectOf = ({ expecting, ...draft }) => (expecting === 'echo' ? undefined : { [expecting]: draft[`expect.${expecting}`] });

/** The target of a draft as text. */
export const targetText = draft => (draft.to === 'listener' ? draft['target.listener']
    : `${draft['target.protocol']} ${endpoint(draft['target.host'], draft['target.port'])}`);

/** The payload of a draft, abbreviated. */
export function payloadText({ kind, text, hex, base64, size }) {
    const full = { text, hex: `hex ${hex}`, base64: `base64 ${base64}`, size: `${size || 0} random bytes` }[kind];
    return full.length > 60 ? `${full.slice(0, 59)}…` : full || '(empty)';
}
