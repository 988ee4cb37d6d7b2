import { read } from './api.js';
import { store } from './store.js';

const PAGE_SIZE = 1000;
const HISTORY_LENGTH = 60;

/**
 * All listeners as of the latest poll, each with its rates and their history; null before the first response. Polled while
 * there are subscribers and the page is visible.
 *
 * @type {{listeners: Array<{view, rates, history}>, at: number} | null}
 */
export const live = { get: () => latest.get(), subscribe };

/** The error of the latest poll, or null. */
export const pollError = store(null);

const latest = store(null);

let subscribers = 0;
let timer;
let polling = false;
let pollAgain = false;
let previous = new Map();
let previousAt = 0;

function subscribe(subscriber) {
    const unsubscribe = latest.subscribe(subscriber);
    if (subscribers++ === 0) {
        document.addEventListener('visibilitychange', refresh);
        refresh();
    }
    return () => {
        unsubscribe();
        if (--subscribers === 0) {
            document.removeEventListener('visibilitychange', refresh);
            clearTimeout(timer);
        }
    };
}

/** Polls immediately, for example after a change. */
export async function refresh() {
    clearTimeout(timer);
    if (polling) {
        pollAgain = true;
        return;
    }
    if (document.hidden) {
        return;
    }
    polling = true;
    pollAgain = false;
    try {
        update(await readAll());
        pollError.set(null);
    } catch (error) {
        pollError.set(error);
    } finally {
        polling = false;
    }
    if (subscribers > 0) {
        timer = setTimeout(refresh, pollAgain ? 0 : interval());
    }
}

let scheduled;

/** Polls soon; calls until then are combined into one poll. */
export function refreshSoon() {
    scheduled ??= setTimeout(() => {
        scheduled = undefined;
        refresh();
    }, interval() === 1000 ? 200 : 1000);
}

/** Larger responses are polled less often. */
function interval() {
    const count = latest.get()?.listeners.length ?? 0;
    return count <= 200 ? 1000 : count <= 1000 ? 2000 : 5000;
}

async function readAll() {
    const views = [];
    let cursor = '';
    do {
        const page = await read(`listeners?limit=${PAGE_SIZE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        views.push(...page.items);
        cursor = page.nextCursor;
    } while (cursor);
    return views;
}

function update(views) {
    const now = performance.now();
    const seconds = (now - previousAt) / 1000;
    // Rates over a very short interval are noisy: keep the rates and the baseline of the previous poll.
    const tooSoon = seconds < 0.5;
    const current = new Map();
    const listeners = views.map(view => {
        const known = previous.get(view.name);
        if (tooSoon && known) {
            current.set(view.name, known);
            return { ...known, view };
        }
        const entry = { view, rates: rates(known?.view, view, seconds), history: known?.history ?? new History() };
        if (known) {
            entry.history.add(entry.rates.messages);
        }
        current.set(view.name, entry);
        return entry;
    });
    previous = current;
    previousAt = tooSoon ? previousAt : now;
    latest.set({ listeners, at: Date.now() });
}

const ZERO = { messages: 0, bytes: 0 };

/** Rates per second between two views of a listener. */
export function rates(from, to, seconds) {
    if (!from || seconds <= 0) {
        return ZERO;
    }
    const a = from.status.traffic;
    const b = to.status.traffic;
    return {
        messages: rate(a.receivedMessages, b.receivedMessages, seconds),
        bytes: rate(a.receivedBytes + a.sentBytes, b.receivedBytes + b.sentBytes, seconds),
    };
}

/** A counter that decreased was reset to zero in between. */
const rate = (from, to, seconds) => (to >= from ? to - from : to) / seconds;

/** A ring buffer of the latest values. */
class History {
    #values = new Float64Array(HISTORY_LENGTH);
    #next = 0;

    add(value) {
        this.#values[this.#next++ % HISTORY_LENGTH] = value;
    }

    get length() {
        return Math.min(this.#next, HISTORY_LENGTH);
    }

    /** @param i 0 is the oldest value */
    at(i) {
        return this.#values[(this.#next - this.length + i) % HISTORY_LENGTH];
    }
}
