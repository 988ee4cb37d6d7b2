import { count, millis } from '../../format.js';

/** The path of a run, or of something of it. */
export const runPath = (id, rest = '') => `runs/${encodeURIComponent(id)}${rest}`;

/** The address of its view. */
export const runHref = id => `#/runs/${encodeURIComponent(id)}`;

/** What tells how a run went: the verdict once there is one, else the state. */
export const standing = ({ state, verdict }) => (state === 'completed' ? verdict : state);

/** What a run was asked to do, in short. */
export function loadText({ connections, messageBytes, pipeline, ratePerSecond, durationMs, messages, warmupMs }) {
    return [
        `${count(connections)} ${connections === 1 ? 'connection' : 'connections'}`,
        `${count(messageBytes)} B`,
        ratePerSecond === null ? 'as fast as it goes' : `${count(ratePerSecond)}/s`,
        pipeline > 1 ? `pipeline ${pipeline}` : null,
        messages === null ? millis(durationMs) : `${count(messages)} messages`,
        warmupMs > 0 ? `after ${millis(warmupMs)} of warm-up` : null,
    ].filter(Boolean).join(' · ');
}
