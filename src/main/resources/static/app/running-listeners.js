import { read } from './api.js';
import { useEffect, useState } from './components/html.js';
import { recoveries } from './connectivity.js';
import { useStore } from './store.js';

/** The running listeners, sorted by name; null while loading. Loaded once, and again after Canyon was unreachable. */
export function useRunningListeners() {
    const [listeners, setListeners] = useState(null);
    const recovered = useStore(recoveries);
    useEffect(() => {
        const controller = new AbortController();
        readRunning(controller.signal).then(setListeners, () => {});
        return () => controller.abort();
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
