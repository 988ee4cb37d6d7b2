import { store } from './store.js';

const PATIENCE_MS = 1500;
const AGAIN_MS = 2000;
const LONGEST_MS = 5000;

/** Whether Canyon can be reached: true, or false from the time that a call or a stream has been failing for a moment. */
export const reachable = store(true);

/** Counts up each time that it can be reached again, so that views read anew what they have missed. */
export const recoveries = store(0);

let doubt;

export function answered() {
    clearTimeout(doubt);
    doubt = undefined;
    if (!reachable.get()) {
        reachable.set(true);
        recoveries.set(recoveries.get() + 1);
    }
}

export function silent() {
    doubt ??= setTimeout(ask, PATIENCE_MS);
}

/** Watches over a call that has been made: one that is never answered fails no more than it succeeds. Gives what ends that. */
export function watch() {
    const timer = setTimeout(silent, LONGEST_MS);
    return () => clearTimeout(timer);
}

/** A stream also breaks off when there is nothing more to tell, and a view need not read anything again: so this asks. */
async function ask() {
    try {
        await fetch('api/v1/summary', { cache: 'no-store', signal: AbortSignal.timeout(LONGEST_MS) });
        answered();
    } catch {
        reachable.set(false);
        doubt = setTimeout(ask, AGAIN_MS);
    }
}
