import { count, millis } from '../../format.js';

/** The path of a run or of one of its subresources. */
export const runPath = (id, rest = '') => `runs/${encodeURIComponent(id)}${rest}`;

/** The link to its view. */
export const runHref = id => `#/runs/${encodeURIComponent(id)}`;

/** The verdict of a completed run, else its state. */
export const statusOf = ({ state, verdict }) => (state === 'completed' ? verdict : state);

/** A summary of the request. */
export function loadText({ connections, messageBytes, pipeline, ratePerSecond, durationMs, messages, warmupMs }) {
    return [
        `${count(connections)} ${connections === 1 ? 'connection' : 'connections'}`,
        `${count(messageBytes)} B`,
        ratePerSecond === null ? 'unlimited rate' : `${count(ratePerSecond)}/s`,
        pipeline > 1 ? `pipeline ${pipeline}` : null,
        messages === null ? millis(durationMs) : `${count(messages)} messages`,
        warmupMs > 0 ? `${millis(warmupMs)} warm-up` : null,
    ].filter(Boolean).join(' · ');
}
