import { useEffect, useRef, useState } from './parts/html.js';
import { read } from './api.js';

/**
 * Reads path again and again while the component is there and the page is seen.
 *
 * @returns {{value, refusal, again}} what was last read, why the last reading failed, and what reads at once
 */
export function usePolled(path, everyMs = 1000) {
    const [state, setState] = useState({ value: null, refusal: null });
    const again = useRef(() => {});
    useEffect(() => {
        let timer;
        let over = false;
        const stop = new AbortController();
        async function next() {
            clearTimeout(timer);
            if (document.hidden) {
                return;
            }
            try {
                const value = await read(path, { signal: stop.signal });
                if (!over) {
                    setState({ value, refusal: null });
                }
            } catch (refusal) {
                if (!over) {
                    setState(old => ({ ...old, refusal }));
                }
            }
            if (!over) {
                clearTimeout(timer);
                timer = setTimeout(next, everyMs);
            }
        }
        again.current = next;
        document.addEventListener('visibilitychange', next);
        next();
        return () => {
            over = true;
            stop.abort();
            clearTimeout(timer);
            document.removeEventListener('visibilitychange', next);
        };
    }, [path, everyMs]);
    return { ...state, again: () => again.current() };
}
