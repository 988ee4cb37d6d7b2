import { store } from './store.js';

const GRACE_MS = 1500;
const RETRY_MS = 2000;
const TIMEOUT_MS = 5000;

/** Whether Canyon responds: false once requests or streams have been failing for a short time. */
export const reachable = store(true);

/** Incremented each time Canyon becomes reachable again, so that views reload what they missed. */
export const recoveries = store(0);

let pendingCheck;

export function reportSuccess() {
    clearTimeout(pendingCheck);
    pendingCheck = undefined;
    if (!reachable.get()) {
        reachable.set(true);
        recoveries.set(recoveries.get() + 1);
    }
}

export function reportFailure() {
    pendingCheck ??= setTimeout(check, GRACE_MS);
}

/** Reports a failure if a request gets no response in time. Returns a function that stops watching the request. */
export function watchRequest() {
    const timer = setTimeout(reportFailure, TIMEOUT_MS);
    return () => clearTimeout(timer);
}

/** An event stream also ends when it is complete, and no other request may be due: so send one to find out. */
async function check() {
    try {
        await fetch('api/v1/summary', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
        reportSuccess();
    } catch {
        reachable.set(false);
        pendingCheck = setTimeout(check, RETRY_MS);
    }
}
