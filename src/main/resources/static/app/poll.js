import { useEffect, useRef, useState } from './components/html.js';
import { read } from './api.js';

/**
 * Polls path while the component is mounted and the page is visible.
 *
 * @returns {{value, error, reload}} the latest value, the error of the latest attempt or null, and a function that polls immediately
 */
export function usePolled(path, intervalMs = 1000) {
    const [state, setState] = useState({ value: null, error: null });
    const reload = useRef(() => {});
    useEffect(() => {
        let timer;
        let unmounted = false;
        const controller = new AbortController();
        async function poll() {
            clearTimeout(timer);
            if (document.hidden) {
                return;
            }
            try {
                const value = await read(path, { signal: controller.signal });
                if (!unmounted) {
                    setState({ value, error: null });
                }
            } catch (error) {
                if (!unmounted) {
                    setState(old => ({ ...old, error }));
                }
            }
            if (!unmounted) {
                clearTimeout(timer);
                timer = setTimeout(poll, intervalMs);
            }
        }
        reload.current = poll;
        document.addEventListener('visibilitychange', poll);
        poll();
        return () => {
            unmounted = true;
            controller.abort();
            clearTimeout(timer);
            document.removeEventListener('visibilitychange', poll);
        };
    }, [path, intervalMs]);
    return { ...state, reload: () => reload.current() };
}
