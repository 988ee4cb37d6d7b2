import { call, curl, lastChange, listenerPath } from './api.js';
import { refresh } from './live.js';
import { store } from './store.js';
import { complain } from './parts/toast.js';

const AT_ONCE = 6;

/** The names of the listeners that something is being done to. */
export const busy = store(new Set());

const DONE = { start: 'Started', stop: 'Stopped', restart: 'Restarted', 'reset-counters': 'Reset the counters of' };

/** Starts, stops or restarts a listener, or resets its counters; complains if that is refused. */
export const act = (name, what) => during(name, () =>
    call('POST', listenerPath(name, `/${what}`), { summary: `${DONE[what]} ${name}` }));

/** Gives whether it is gone. */
export const remove = name => during(name, () => call('DELETE', listenerPath(name), { summary: `Deleted ${name}` }));

/** Starts or stops many, a few at a time, and tells how that went. */
export async function actOnAll(names, what) {
    const done = [];
    const refusals = [];
    const waiting = [...names];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        while (waiting.length > 0) {
            const name = waiting.shift();
            try {
                await marked(name, () => call('POST', listenerPath(name, `/${what}`)));
                done.push(name);
            } catch (refusal) {
                refusals.push(`${name}: ${refusal.message}`);
            }
        }
    }));
    refresh();
    if (done.length > 0) {
        lastChange.set({
            summary: `${DONE[what]} ${done.length} ${done.length === 1 ? 'listener' : 'listeners'}`,
            curl: done.map(name => curl('POST', `api/v1/${listenerPath(name, `/${what}`)}`)).join('\n'),
        });
    }
    if (refusals.length > 0) {
        const rest = refusals.length > 3 ? ` … and ${refusals.length - 3} more` : '';
        complain(`${DONE[what]} ${done.length} of ${names.length}. ${refusals.slice(0, 3).join('. ')}${rest}`);
    }
}

async function during(name, change) {
    try {
        await marked(name, change);
        return true;
    } catch (refusal) {
        complain(`${name}: ${refusal.message}`);
        return false;
    } finally {
        refresh();
    }
}

async function marked(name, change) {
    busy.set(new Set(busy.get()).add(name));
    try {
        return await change();
    } finally {
        const rest = new Set(busy.get());
        rest.delete(name);
        busy.set(rest);
    }
}
