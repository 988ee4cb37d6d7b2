import { store } from '../../store.js';
import { isDraft } from './draft.js';

const KEY = 'canyon.messages';
const MOST = 30;
const MOST_CHARACTERS = 200_000;
const MOST_CHARACTERS_EACH = 50_000;

/**
 * The messages sent from this browser, newest first: {at, draft, outcome, verdict}. It never fails: without a place to keep
 * them they live as long as the page.
 */
export const history = store(load());

export function remember(entry) {
    // One large message shall not cost all the others.
    if (JSON.stringify(entry).length <= MOST_CHARACTERS_EACH) {
        keep([entry, ...history.get()].slice(0, MOST));
    }
}

export function forgetAll() {
    keep([]);
}

function keep(entries) {
    const kept = [...entries];
    while (JSON.stringify(kept).length > MOST_CHARACTERS) {
        kept.pop();
    }
    history.set(kept);
    try {
        localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
        // Full, or switched off.
    }
}

function load() {
    try {
        const kept = JSON.parse(localStorage.getItem(KEY));
        return Array.isArray(kept) ? kept.filter(isEntry).slice(0, MOST) : [];
    } catch {
        return [];
    }
}

function isEntry(entry) {
    return isDraft(entry?.draft) && typeof entry.outcome === 'string' && typeof entry.verdict === 'string'
        && Number.isFinite(entry.at);
}
