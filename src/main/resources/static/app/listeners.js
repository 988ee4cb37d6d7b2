import { read } from './api.js';
import { useEffect, useState } from './parts/html.js';
import { recoveries } from './link.js';
import { useStore } from './store.js';

/** The running listeners, sorted by name; null before the first answer. Read once, and again after a loss of contact. */
export function useRunningListeners() {
    const [listeners, setListeners] = useState(null);
    const recovered = useStore(recoveries);
    useEffect(() => {
        const reading = new AbortController();
        readRunning(reading.signal).then(setListeners, () => {});
        return () => reading.abort();
    }, [recovered]);
    return listeners;
}

async function readRunning(signal) {
    const views = [];
    let cursor = '';
    do {
        const page = await read(`listeners?state=running&limit=1000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { signal });
        views.push(...page.items);
        cursor = page.nextCursor;
    } while (cursor);
    return views;
}
