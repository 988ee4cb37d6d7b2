import { store } from '../../store.js';
import { isDraft } from './draft.js';

const KEY = 'canyon.messages';
const MAX_ENTRIES = 30;
const MAX_CHARACTERS = 200_000;
const MAX_ENTRY_CHARACTERS = 50_000;

/**
 * The messages sent from this browser, newest first: {at, draft, outcome, verdict}. Never fails: without local storage, the history
 * is lost on reload.
 */
export const history = store(load());

export function addToHistory(entry) {
    // A large message must not evict all others.
    if (JSON.stringify(entry).length <= MAX_ENTRY_CHARACTERS) {
        save([entry, ...history.get()].slice(0, MAX_ENTRIES));
    }
}

export function clearHistory() {
    save([]);
}

function save(entries) {
    const saved = [...entries];
    while (JSON.stringify(saved).length > MAX_CHARACTERS) {
        saved.pop();
    }
    history.set(saved);
    try {
        localStorage.setItem(KEY, JSON.stringify(saved));
    } catch {
        // Quota exceeded or storage disabled.
    }
}

function load() {
    try {
        const stored = JSON.parse(localStorage.getItem(KEY));
        return Array.isArray(stored) ? stored.filter(isEntry).slice(0, MAX_ENTRIES) : [];
    } catch {
        return [];
    }
}

function isEntry(entry) {
    return isDraft(entry?.draft) && typeof entry.outcome === 'string' && typeof entry.verdict === 'string'
        && Number.isFinite(entry.at);
}
