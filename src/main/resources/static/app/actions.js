import { call, curl, lastChange, listenerPath } from './api.js';
import { refresh } from './live.js';
import { store } from './store.js';
import { showError } from './components/toast.js';

const CONCURRENCY = 6;

/** The names of the listeners with an action in progress. */
export const busy = store(new Set());

const DONE = { start: 'Started', stop: 'Stopped', restart: 'Restarted', 'reset-counters': 'Reset the counters of' };

/** Starts, stops or restarts a listener or resets its counters; shows the error if that fails. */
export const act = (name, action) => runAction(name, () =>
    call('POST', listenerPath(name, `/${action}`), { summary: `${DONE[action]} ${name}` }));

/** Returns whether the listener was deleted. */
export const remove = name => runAction(name, () => call('DELETE', listenerPath(name), { summary: `Deleted ${name}` }));

/** Starts or stops several listeners, a few at a time, and shows the result. */
export async function actOnAll(names, action) {
    const done = [];
    const failures = [];
    const remaining = [...names];
    await Promise.all(Array.from({ length: CONCURRENCY }, async () => {
        while (remaining.length > 0) {
            const name = remaining.shift();
            try {
                await whileBusy(name, () => call('POST', listenerPath(name, `/${action}`)));
                done.push(name);
            } catch (error) {
                failures.push(`${name}: ${error.message}`);
            }
        }
    }));
    refresh();
    if (done.length > 0) {
        lastChange.set({
            summary: `${DONE[action]} ${done.length} ${done.length === 1 ? 'listener' : 'listeners'}`,
            curl: done.map(name => curl('POST', `api/v1/${listenerPath(name, `/${action}`)}`)).join('\n'),
        });
    }
    if (failures.length > 0) {
        const more = failures.length > 3 ? ` … and ${failures.length - 3} more` : '';
        showError(`${DONE[action]} ${done.length} of ${names.length}. ${failures.slice(0, 3).join('. ')}${more}`);
    }
}

async function runAction(name, action) {
    try {
        await whileBusy(name, action);
        return true;
    } catch (error) {
        showError(`${name}: ${error.message}`);
        return false;
    } finally {
        refresh();
    }
}

async function whileBusy(name, action) {
    busy.set(new Set(busy.get()).add(name));
    try {
        return await action();
    } finally {
        const rest = new Set(busy.get());
        rest.delete(name);
        busy.set(rest);
    }
}
