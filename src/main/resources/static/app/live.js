import { read } from './api.js';
import { store } from './store.js';

const PAGE = 1000;
const KEPT = 60;

/**
 * All listeners as last read, each with its rates and their history; null before the first answer. Read again and again
 * while somebody follows and the page is seen.
 *
 * @type {{listeners: Array<{view, rates, history}>, at: number} | null}
 */
export const live = { get: () => taken.get(), follow };

/** Why the last reading failed, or null. */
export const trouble = store(null);

const taken = store(null);

let followers = 0;
let timer;
let reading = false;
let readAgain = false;
let before = new Map();
let readAt = 0;

function follow(follower) {
    const end = taken.follow(follower);
    if (followers++ === 0) {
        document.addEventListener('visibilitychange', refresh);
        refresh();
    }
    return () => {
        end();
        if (--followers === 0) {
            document.removeEventListener('visibilitychange', refresh);
            clearTimeout(timer);
        }
    };
}

/** Reads at once, for example after a change. */
export async function refresh() {
    clearTimeout(timer);
    if (reading) {
        readAgain = true;
        return;
    }
    if (document.hidden) {
        return;
    }
    reading = true;
    readAgain = false;
    try {
        take(await readAll());
        trouble.set(null);
    } catch (refusal) {
        trouble.set(refusal);
    } finally {
        reading = false;
    }
    if (followers > 0) {
        timer = setTimeout(refresh, readAgain ? 0 : pause());
    }
}

let due;

/** Reads before long: once for all the calls that come until then. */
export function refreshSoon() {
    due ??= setTimeout(() => {
        due = undefined;
        refresh();
    }, pause() === 1000 ? 200 : 1000);
}

/** The more there are, the longer an answer is. */
function pause() {
    const count = taken.get()?.listeners.length ?? 0;
    return count <= 200 ? 1000 : count <= 1000 ? 2000 : 5000;
}

async function readAll() {
    const views = [];
    let cursor = '';
    do {
        const page = await read(`listeners?limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        views.push(...page.items);
        cursor = page.nextCursor;
    } while (cursor);
    return views;
}

function take(views) {
    const now = performance.now();
    const seconds = (now - readAt) / 1000;
    // Rates over a blink of time would jump about; they are those of the last full reading then.
    const brief = seconds < 0.5;
    const after = new Map();
    const listeners = views.map(view => {
        const known = before.get(view.name);
        if (brief && known) {
            after.set(view.name, known);
            return { ...known, view };
        }
        const entry = { view, rates: rates(known?.view, view, seconds), history: known?.history ?? new History() };
        if (known) {
            entry.history.add(entry.rates.messages);
        }
        after.set(view.name, entry);
        return entry;
    });
    before = after;
    readAt = brief ? readAt : now;
    taken.set({ listeners, at: Date.now() });
}

const NONE = { messages: 0, bytes: 0 };

/** What happened a second between two views of a listener. */
export function rates(from, to, seconds) {
    if (!from || seconds <= 0) {
        return NONE;
    }
    const a = from.status.traffic;
    const b = to.status.traffic;
    return {
        messages: rate(a.receivedMessages, b.receivedMessages, seconds),
        bytes: rate(a.receivedBytes + a.sentBytes, b.receivedBytes + b.sentBytes, seconds),
    };
}

/** Counters that were reset begin at zero again. */
const rate = (from, to, seconds) => (to >= from ? to - from : to) / seconds;

/** The last values, oldest first. */
class History {
    #values = new Float64Array(KEPT);
    #next = 0;

    add(value) {
        this.#values[this.#next++ % KEPT] = value;
    }

    get length() {
        return Math.min(this.#next, KEPT);
    }

    /** @param i 0 is the oldest */
    at(i) {
        return this.#values[(this.#next - this.length + i) % KEPT];
    }
}
